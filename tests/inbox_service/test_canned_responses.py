"""Canned responses through the API."""

import httpx
import pytest

from tests.builders.accounts import SmallDesk
from tests.inbox_service.conftest import ClientOf


@pytest.fixture
async def kept(maya: httpx.AsyncClient) -> dict[str, int]:
    """Four canned responses of Halden Air."""
    texts = {
        "claim": "Fill in the form for your bag",
        "courier": "Your claim is with the courier",
        "reclaim": "Belt 4",
        "thanks": "You are welcome",
    }
    return {
        code: (
            await maya.post("/canned_responses", json={"short_code": code, "content": text})
        ).json()["id"]
        for code, text in texts.items()
    }


async def test_short_codes_that_begin_with_the_words_come_first(
    maya: httpx.AsyncClient, kept: dict[str, int]
) -> None:
    found = (await maya.get("/canned_responses", params={"search": "cla"})).json()
    assert [one["short_code"] for one in found] == ["claim", "reclaim", "courier"]


async def test_a_percent_sign_is_searched_as_a_percent_sign(
    maya: httpx.AsyncClient, kept: dict[str, int]
) -> None:
    assert (await maya.get("/canned_responses", params={"search": "%"})).json() == []


async def test_a_short_code_is_the_accounts_only_one_whatever_its_case(
    maya: httpx.AsyncClient, kept: dict[str, int]
) -> None:
    answer = await maya.post("/canned_responses", json={"short_code": "/Claim", "content": "x"})
    assert answer.status_code == 422
    assert answer.json()["field"] == "short_code"
    renamed = await maya.patch(
        f"/canned_responses/{kept['thanks']}", json={"short_code": "COURIER"}
    )
    assert (renamed.status_code, renamed.json()["field"]) == (422, "short_code")


async def test_an_agent_corrects_and_removes_canned_responses(
    jonas: httpx.AsyncClient, kept: dict[str, int]
) -> None:
    path = f"/canned_responses/{kept['claim']}"
    changed = (await jonas.patch(path, json={"content": "Belt 5"})).json()
    assert (changed["short_code"], changed["content"]) == ("claim", "Belt 5")
    assert (await jonas.delete(path)).status_code == 200
    assert (await jonas.delete(path)).status_code == 404
    left = (await jonas.get("/canned_responses")).json()
    assert [one["short_code"] for one in left] == ["courier", "reclaim", "thanks"]


@pytest.mark.parametrize("missing", ["short_code", "content"])
async def test_a_canned_response_without_a_part_is_refused_by_its_name(
    maya: httpx.AsyncClient, missing: str
) -> None:
    whole = {"short_code": "a", "content": "b"}
    answer = await maya.post("/canned_responses", json={**whole, missing: "  "})
    assert (answer.status_code, answer.json()["field"]) == (422, missing)


async def test_another_accounts_canned_responses_are_not_there(
    as_user: ClientOf, northgate: SmallDesk, kept: dict[str, int]
) -> None:
    stranger = as_user(northgate, northgate.administrator)
    assert (await stranger.get("/canned_responses")).json() == []
    path = f"/canned_responses/{kept['claim']}"
    assert (await stranger.patch(path, json={"content": "x"})).status_code == 404
