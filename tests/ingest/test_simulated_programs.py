"""The simulated Twilio, ticket system and Zapier speak as the real ones do."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from desk.clock import FixedClock
from ingest.simulators.app import build_app
from tests.ingest.servers import serving

SID = "AC" + "0" * 32
MESSAGES = f"/sms/2010-04-01/Accounts/{SID}/Messages.json"
LOGIN = (SID, "token")
TEXT = {"To": "+15550123", "From": "+15550100", "Body": "Hello"}


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    clock = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    async with (
        serving(build_app(tmp_path, clock)) as url,
        httpx.AsyncClient(base_url=url) as client,
    ):
        yield client


async def test_a_text_is_taken_with_twilios_answer_and_can_be_found_again(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.post(MESSAGES, auth=LOGIN, data=TEXT)
    assert answer.status_code == 201
    message = answer.json()
    assert message["sid"].startswith("SM")
    assert len(message["sid"]) == 34
    assert message["date_created"] == "Mon, 23 Nov 2026 09:00:00 +0000"
    assert (message["status"], message["direction"]) == ("queued", "outbound-api")
    listed = await http.get(MESSAGES, auth=LOGIN, params={"To": TEXT["To"], "From": TEXT["From"]})
    assert listed.json()["messages"] == [message]
    other = await http.get(MESSAGES, auth=LOGIN, params={"To": "+15550124"})
    assert other.json()["messages"] == []
    sent = (await http.get("/sms/sent", params={"since": 0})).json()
    assert [(item["to"], item["request"]) for item in sent["items"]] == [(TEXT["To"], TEXT)]
    assert (await http.get("/sms/sent", params={"since": sent["next"]})).json()["items"] == []


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"To": ""}, 400, 21604),
        ({"From": ""}, 400, 21603),
        ({"Body": ""}, 400, 21602),
        ({"To": "12"}, 400, 21211),
        ({"From": "+1"}, 400, 21212),
        ({"To": "+15550100"}, 400, 21266),
        ({"To": "+15005550001"}, 400, 21211),
        ({"To": "+15005550004"}, 400, 21610),
        ({"To": "+15005550009"}, 400, 21614),
        ({"From": "+15005550007"}, 400, 21606),
        ({"Body": "x" * 1601}, 400, 21617),
    ],
)
async def test_a_text_is_refused_with_twilios_code(
    http: httpx.AsyncClient, changes: dict[str, str], status: int, code: int
) -> None:
    answer = await http.post(MESSAGES, auth=LOGIN, data=TEXT | changes)
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["status"]) == (status, code, status)
    assert problem["more_info"] == f"https://www.twilio.com/docs/errors/{code}"


async def test_a_stranger_is_not_let_in(http: httpx.AsyncClient) -> None:
    logins = [httpx.BasicAuth(SID, "wrong"), httpx.BasicAuth("AC" + "1" * 32, "token")]
    for login in (httpx.Auth(), *logins):
        answer = await http.post(MESSAGES, auth=login, data=TEXT)
        assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    answer = await http.post("/tickets/api/tickets", json={"title": "x"})
    assert answer.status_code == 401


async def test_a_ticket_is_made_once_for_each_key(http: httpx.AsyncClient) -> None:
    headers = {"authorization": "Bearer t", "idempotency-key": "one"}
    made = [
        (await http.post("/tickets/api/tickets", json={"title": "x"}, headers=headers)).json()
        for _ in range(2)
    ]
    assert made[0] == made[1]
    other = await http.post(
        "/tickets/api/tickets",
        json={"title": "y"},
        headers=headers | {"idempotency-key": "two"},
    )
    assert other.json()["id"] != made[0]["id"]
    assert (await http.get(made[0]["url"])).status_code == 200
    assert len((await http.get("/tickets/sent?since=0")).json()["items"]) == 2


async def test_a_hook_catches_json_and_nothing_else(http: httpx.AsyncClient) -> None:
    answer = await http.post("/zapier/hooks/catch/1/abc", json={"a": 1})
    assert (answer.status_code, answer.json()["status"]) == (200, "success")
    assert (await http.post("/zapier/hooks/catch/1/abc", content=b"no")).status_code == 400
    (item,) = (await http.get("/zapier/sent?since=0")).json()["items"]
    assert (item["to"], item["request"]) == ("1/abc", {"a": 1})
