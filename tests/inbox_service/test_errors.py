"""How the service says no."""

import httpx
import msgspec
import pytest

from desk.store.desk import Desk
from inbox_service.app import build_app
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said


async def test_a_wrong_token_is_401_with_a_machines_word_and_a_request_id(
    halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    path = f"/api/v1/accounts/{halden.account_id}/conversations"
    for headers in ({}, {"api_access_token": "guessed"}, {"Api-Access-Token": "guessed"}):
        answer = await anybody.get(path, headers=headers)
        body = answer.json()
        assert (answer.status_code, body["error"]) == (401, "not_signed_in")
        assert body["request_id"] == answer.headers["x-request-id"]
        assert body["message"]


async def test_what_is_not_json_is_400_and_what_is_malformed_422(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    for path in ("/conversations/1/messages", "/conversations/1/labels"):
        answer = await jonas.post(path, content=b"{nope")
        assert (answer.status_code, answer.json()["error"]) == (400, "not_json"), path
        for body in (b"[]", b"5", b'"x"'):
            assert (await jonas.post(path, content=body)).status_code == 422, path
    assert (await jonas.post("/conversations/1/labels")).status_code in (400, 422)


async def test_unknown_fields_are_passed_over_and_numbers_may_be_strings(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    body = {"assignee_id": str(halden.agent), "assignee_type": "User", "nonsense": [1]}
    answer = await jonas.post("/conversations/1/assignments", json=body)
    assert (answer.status_code, answer.json()["id"]) == (200, halden.agent)


async def test_an_id_no_database_can_hold_is_404(jonas: httpx.AsyncClient) -> None:
    for number in (0, 2**63, 10**30, "abc", "-1"):
        answer = await jonas.get(f"/conversations/{number}")
        assert answer.status_code == 404
        assert answer.json()["error"] in ("not_found", "conversation_not_found")


async def test_unstorable_numbers_and_texts_are_422(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    big = await jonas.post("/conversations/1/assignments", json={"assignee_id": 10**30})
    assert big.status_code == 422
    nul = await jonas.post("/contacts", json={"name": "a\x00b"})
    assert nul.status_code == 422
    word = await jonas.get("/conversations", params={"q": "a\x00b"})
    assert word.status_code == 422


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"page": "two"}, "page"),
        ({"inbox_id": "x"}, "inbox_id"),
        ({"status": "asleep"}, "status"),
        ({"assignee_type": "theirs"}, "assignee_type"),
        ({"sort_by": "mood"}, "sort_by"),
        ({"before": "garbage"}, "before"),
    ],
)
async def test_a_malformed_query_is_refused_naming_the_parameter(
    jonas: httpx.AsyncClient, query: dict[str, str], field: str
) -> None:
    answer = await jonas.get("/conversations", params=query)
    assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text


async def test_nothing_there_and_nothing_to_do_there_are_told_apart(
    anybody: httpx.AsyncClient,
) -> None:
    missing = await anybody.get("/api/v2/nothing")
    assert (missing.status_code, missing.json()["error"]) == (404, "not_found")
    plain = await anybody.get("/cable")
    assert (plain.status_code, plain.json()["error"]) == (404, "not_found")
    wrong = await anybody.delete("/api")
    assert (wrong.status_code, wrong.json()["error"]) == (405, "method_not_allowed")


async def test_a_body_larger_than_we_read_is_413(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    answer = await jonas.post("/macros", content=b'{"name": "' + b"x" * 5_000_000 + b'"}')
    assert (answer.status_code, answer.json()["error"]) == (413, "body_too_large")


async def test_addresses_answer_with_and_without_a_slash_at_the_end(
    jonas: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    for path in ("/inboxes/", "/inboxes", "/agents/", "/conversations/"):
        answer = await jonas.get(path)
        assert answer.status_code == 200, path
    assert (await anybody.get("/api/")).status_code == 200
    assert (await anybody.get("/api")).status_code == 200


async def test_without_redis_the_inbox_still_lists_and_the_rest_says_try_again(
    desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Hello"))
    storage = msgspec.structs.replace(desk.settings.storage, redis_url="redis://127.0.0.1:1")
    cut_off = Desk.open(msgspec.structs.replace(desk.settings, storage=storage), clock=desk.clock)
    headers = {"api_access_token": halden.tokens[halden.agent]}
    url = f"http://desk/api/v1/accounts/{halden.account_id}"
    transport = httpx.ASGITransport(app=build_app(cut_off))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=url, headers=headers) as client:
        assert (await client.get("/conversations")).status_code == 200
        away = await client.get("/agents")
        assert (away.status_code, away.json()["error"]) == (503, "temporarily_unavailable")
        assert int(away.headers["retry-after"]) > 0
    await cut_off.close()


async def test_without_postgres_everything_says_try_again(desk: Desk, halden: SmallDesk) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    storage = msgspec.structs.replace(desk.settings.storage, database_url=nowhere)
    cut_off = Desk.open(msgspec.structs.replace(desk.settings, storage=storage), clock=desk.clock)
    headers = {"api_access_token": halden.tokens[halden.agent]}
    transport = httpx.ASGITransport(app=build_app(cut_off))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        answer = await client.get("/api/v1/profile", headers=headers)
        assert (answer.status_code, "retry-after" in answer.headers) == (503, True)
    await cut_off.close()
