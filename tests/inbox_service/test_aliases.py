"""Chatwoot's clients find what they look for, however they write it."""

import re
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar

from desk.settings import Limiting, Settings
from desk.store.desk import Desk
from inbox_service.app import build_app
from inbox_service.edge import Edge
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.serving import serving

V1 = "/api/v1/accounts/{account_id:int}"


@pytest.fixture
def application(settings: Settings) -> Litestar:
    edge = build_app(Desk.open(settings))
    assert isinstance(edge, Edge)
    assert isinstance(edge.inner, Litestar)
    return edge.inner


def paths_of(application: Litestar) -> dict[str, set[str]]:
    """Every path of the API, with its methods."""
    found: dict[str, set[str]] = {}
    for route in application.routes:
        for handler in getattr(route, "route_handlers", ()):
            if route.path.startswith(("/api/v1/accounts", "/api/v2/accounts", "/platform")):
                found.setdefault(route.path, set()).update(handler.http_methods - {"OPTIONS"})
    return found


async def test_every_route_answers_with_and_without_a_slash_at_its_end(
    application: Litestar, halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    walked = 0
    for path, methods in paths_of(application).items():
        address = path.replace("{account_id:int}", str(halden.account_id))
        address = re.sub(r"\{\w+:\w+\}", "1", address)
        for method in methods - {"HEAD"}:
            # Nobody is signed in: 401 says that the route was found, 3xx would say "over there".
            spellings = [address, f"{address}/"]
            if path.startswith(V1):
                spellings.append(address.removeprefix("/api/v1"))
            for spelling in spellings:
                answer = await anybody.request(method, spelling)
                assert answer.status_code == 401, (method, spelling, answer.status_code)
                assert answer.headers["content-type"].startswith("application/json")
                walked += 1
    assert walked > 300
    missing = await anybody.get("/api/v1/nowhere/")
    assert (missing.status_code, missing.json()["error"]) == (404, "not_found")


def test_contacts_and_portals_are_changed_by_put_and_by_patch(application: Litestar) -> None:
    single = re.compile(rf"{re.escape(V1)}/(contacts|portals)/\{{\w+:\w+\}}")
    found = {path: methods for path, methods in paths_of(application).items() if single.match(path)}
    whole = {path: methods for path, methods in found.items() if path.endswith("}")}
    changed = [path for path, methods in whole.items() if {"PUT", "PATCH"} <= methods]
    assert len({path.split("/")[5] for path in changed}) == 2, whole


async def test_the_token_is_found_under_both_spellings_and_a_bearer_beside_it_does_no_harm(
    desk: Desk, halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    token = halden.tokens[halden.agent]
    where = f"/api/v1/accounts/{halden.account_id}/labels"
    bearer = {"Authorization": "Bearer something-else"}
    for headers in (
        {"api_access_token": token},
        {"Api-Access-Token": token},
        {"api_access_token": token} | bearer,
    ):
        assert (await anybody.get(where, headers=headers)).status_code == 200, headers
    assert (await anybody.get(where, headers=bearer)).status_code == 401
    assert (await anybody.get("/api")).status_code == 200
    assert (await anybody.get("/api/")).json()["queue_services"] == "ok"


async def test_a_message_is_written_as_a_form_with_objects_in_it(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    first = (await jonas.get("/conversations/1/messages")).json()["payload"][0]["id"]
    form: dict[str, Any] = {
        "content": (None, "Hi Amara"),
        "private": (None, "true"),
        "message_type": (None, "outgoing"),
        "content_type": (None, "text"),
        "content_attributes": (None, f'{{"in_reply_to": "{first}"}}'),
        "anything_else": (None, "ignored"),
    }
    sent = await anybody.post(
        f"/accounts/{halden.account_id}/conversations/1/messages/",
        files=form,
        headers={"api_access_token": halden.tokens[halden.agent]},
    )
    assert sent.status_code == 200, sent.text
    shown = sent.json()
    assert (shown["private"], shown["content_attributes"]["in_reply_to"]) == (True, first)
    wrong = await jonas.post(
        "/conversations/1/messages", files={**form, "content_attributes": (None, "{")}
    )
    assert (wrong.status_code, wrong.json()["field"]) == (422, "content_attributes")
    deep = (None, "[" * 100_000)
    wrong = await jonas.post("/conversations/1/messages", files={**form, "template_params": deep})
    assert (wrong.status_code, wrong.json()["error"]) == (422, "too_deep")
    for no_file in ({"data": {"attachments[]": "signed-id"}}, {"json": {"attachments": ["x"]}}):
        wrong = await jonas.post("/conversations/1/messages", **no_file)
        assert (wrong.status_code, wrong.json()["field"]) == (422, "attachments")


async def test_numbers_written_as_text_are_numbers_and_unknown_fields_are_ignored(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    assigned = await jonas.post(
        "/conversations/1/assignments", json={"assignee_id": str(halden.agent), "colour": "red"}
    )
    assert assigned.json()["id"] == halden.agent
    shown = (await jonas.get("/conversations/1")).json()
    for key in ("custom_attributes", "additional_attributes"):
        assert shown[key] == {}, key
        assert shown["meta"]["sender"][key] == {}, key
    assert shown["messages"][0]["content_attributes"] == {}
    assert shown["meta"]["assignee"]["availability_status"] in ("online", "offline", "busy")


async def test_too_many_requests_from_one_address_are_answered_429(
    settings: Settings, halden: SmallDesk, clock: Any
) -> None:
    few = msgspec.structs.replace(settings, limiting=Limiting(5, frozenset({"203.0.113.99"})))
    token = {"api_access_token": halden.tokens[halden.administrator]}
    labels = f"/api/v1/accounts/{halden.account_id}/labels"
    with serving(few, clock) as url:
        async with httpx.AsyncClient(base_url=url, timeout=20) as client:

            async def ask(path: str, address: str | None) -> httpx.Response:
                # The proxy before us says for whom it asks.
                whom = {} if address is None else {"x-forwarded-for": address}
                return await client.get(path, headers=token | whom)

            for _ in range(5):
                assert (await ask(labels, "203.0.113.7")).status_code == 200
            for path in (labels, "/public/api/v1/inboxes/nowhere", "/sign_in"):
                refused = await ask(path, "203.0.113.7")
                assert refused.status_code == 429, path
                assert refused.json()["error"] == "too_many_requests"
                assert 1 <= int(refused.headers["retry-after"]) <= 121
            assert (await ask("/health", "203.0.113.7")).status_code in (200, 503)
            assert (await ask(labels, "203.0.113.8")).status_code == 200
            # One household's longer addresses are one.
            for n in range(5):
                assert (await ask(labels, f"2001:db8::{n}")).status_code == 200
            assert (await ask(labels, "2001:db8::ffff")).status_code == 429
            for address in (None, "203.0.113.99", "10.1.2.3"):
                for _ in range(7):
                    assert (await ask(labels, address)).status_code == 200


async def test_dear_requests_have_limits_of_their_own(
    desk: Desk, halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    where = f"/api/v1/accounts/{halden.account_id}/contacts/search"
    headers = {
        "api_access_token": halden.tokens[halden.agent],
        "x-forwarded-for": "203.0.113.10",
    }
    number = str(halden.account_id)
    ways = (
        where,
        where.replace(f"/{number}/", f"/%2B{number}/"),
        where.replace(f"/{number}/", f"/0{number}/"),
        where.replace("/contacts/", "//contacts//"),
        f"{where}/",
    )
    statuses = [
        (await anybody.get(ways[n % 5], params={"q": "amara"}, headers=headers)).status_code
        for n in range(105)
    ]
    assert statuses == [200] * 100 + [429] * 5, "however the address is written"
