"""The door: what is journalled, and what is answered to whatever else knocks."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import httpx
import psycopg
import pytest
from litestar import Litestar

from desk.settings import Settings
from desk.store.desk import Desk
from desk.words.ids import AccountId
from ingest.channel_contract import LARGEST_HOOK
from ingest.receiver.intake import Intake
from ingest.receiver.webhooks import webhooks
from tests.ingest.inboxes import WhatsAppInbox


@pytest.fixture
async def door(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    app: Any = Litestar([webhooks(intake)], openapi_config=None, logging_config=None)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        yield client


def url(inbox: WhatsAppInbox) -> str:
    return f"/webhooks/whatsapp/{inbox.phone_number}"


def journal(owner: psycopg.Connection[Any], inbox: WhatsAppInbox) -> list[tuple[Any, ...]]:
    return owner.execute(
        "select body, sender, headers, channel, done_at from inbound "
        "where account_id = %s and inbox_id = %s order by id",
        [inbox.account_id, inbox.id],
    ).fetchall()


async def test_a_signed_hook_is_journalled_as_it_came(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, owner: psycopg.Connection[Any]
) -> None:
    body = inbox.text("Grüße 👋")
    headers = inbox.signed(body)
    answer = await door.post(url(inbox), content=body, headers=headers)
    assert answer.status_code == 200
    signature = {"x-hub-signature-256": headers["X-Hub-Signature-256"]}
    assert journal(owner, inbox) == [(body, "16505551234", signature, "whatsapp", None)]


@pytest.mark.parametrize("form", ["{}", "+{}", "%2B{}"])
async def test_a_number_is_found_with_and_without_its_plus(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, form: str
) -> None:
    body = inbox.text()
    path = "/webhooks/whatsapp/" + form.format(inbox.phone_number.lstrip("+"))
    answer = await door.post(path, content=body, headers=inbox.signed(body))
    assert answer.status_code == 200


async def test_a_trailing_slash_is_the_same_address(
    door: httpx.AsyncClient, inbox: WhatsAppInbox
) -> None:
    body = inbox.text()
    answer = await door.post(url(inbox) + "/", content=body, headers=inbox.signed(body))
    assert answer.status_code == 200


async def test_a_tampered_body_is_refused_and_not_journalled(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, owner: psycopg.Connection[Any]
) -> None:
    body = inbox.text("please pay 10")
    forged = body.replace(b"10", b"99")
    answer = await door.post(url(inbox), content=forged, headers=inbox.signed(body))
    assert answer.status_code == 401
    assert answer.json()["error"] == "bad_signature"
    assert journal(owner, inbox) == []


@pytest.mark.parametrize("signature", [None, "", "sha256=", "sha1=abc", "sha256=\u00ff"])
async def test_a_missing_or_foreign_signature_is_refused(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, signature: str | None
) -> None:
    headers = {} if signature is None else {"X-Hub-Signature-256": signature.encode("latin-1")}
    answer = await door.post(url(inbox), content=inbox.text(), headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 401


async def test_another_inboxs_secret_does_not_open_this_one(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, foreign_inbox: WhatsAppInbox
) -> None:
    foreign_inbox.app_secret = "another"
    body = inbox.text()
    answer = await door.post(url(inbox), content=body, headers=foreign_inbox.signed(body))
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "path",
    ["whatsapp/+19999999999", "whatsapp/", "whatsapp", "telegraph/1", "", "whatsapp/%00", "a/b/c"],
)
async def test_an_unknown_inbox_is_not_found(door: httpx.AsyncClient, path: str) -> None:
    answer = await door.post(f"/webhooks/{path}", content=b"{}")
    assert answer.status_code == 404
    assert set(answer.json()) == {"error", "message"}


@pytest.mark.parametrize(
    "body",
    [b"", b"hello", b"{", b'{"a": "\xff\xfe"}', b"\x00\x01\x02", b"[" * 100_000, b'{"a":1} x'],
)
async def test_what_is_not_json_is_a_bad_request(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, body: bytes, owner: psycopg.Connection[Any]
) -> None:
    answer = await door.post(url(inbox), content=body, headers=inbox.signed(body))
    assert answer.status_code == 400
    assert answer.json()["error"] == "not_readable"
    assert journal(owner, inbox) == []


@pytest.mark.parametrize("body", [b"{}", b"null", b"[1, 2]", b'{"a": "\\ud800"}', b'{"a": 1e999}'])
async def test_json_that_says_nothing_we_know_is_journalled_for_the_parking(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, body: bytes, owner: psycopg.Connection[Any]
) -> None:
    answer = await door.post(url(inbox), content=body, headers=inbox.signed(body))
    assert answer.status_code == 200
    assert [row[:2] for row in journal(owner, inbox)] == [(body, "")]


async def test_five_megabytes_pass_and_one_byte_more_does_not(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, owner: psycopg.Connection[Any]
) -> None:
    body = inbox.text()
    body += b" " * (LARGEST_HOOK - len(body))
    answer = await door.post(url(inbox), content=body, headers=inbox.signed(body))
    assert answer.status_code == 200
    body += b" "
    answer = await door.post(url(inbox), content=body, headers=inbox.signed(body))
    assert answer.status_code == 413
    assert len(journal(owner, inbox)) == 1


async def test_a_body_without_a_length_is_cut_off_while_it_streams(
    door: httpx.AsyncClient, inbox: WhatsAppInbox
) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 65_536
            yield b" " * 65_536

    answer = await door.post(url(inbox), content=endless())
    assert answer.status_code == 413
    assert read <= LARGEST_HOOK + 2 * 65_536


async def test_the_right_verify_token_is_answered_with_the_challenge(
    door: httpx.AsyncClient, inbox: WhatsAppInbox
) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "verify-token", "hub.challenge": "11582"}
    answer = await door.get(url(inbox), params=query)
    assert (answer.status_code, answer.text) == (200, "11582")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"hub.mode": "subscribe", "hub.challenge": "1"},
        {"hub.mode": "subscribe", "hub.verify_token": "wrong", "hub.challenge": "1"},
        {"hub.mode": "unsubscribe", "hub.verify_token": "verify-token", "hub.challenge": "1"},
    ],
)
async def test_a_wrong_verify_token_is_forbidden(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, query: dict[str, str]
) -> None:
    assert (await door.get(url(inbox), params=query)).status_code == 403


async def test_other_methods_are_refused(door: httpx.AsyncClient, inbox: WhatsAppInbox) -> None:
    assert (await door.put(url(inbox), content=b"{}")).status_code == 405


async def test_an_unreachable_database_asks_the_provider_to_come_again(
    door: httpx.AsyncClient,
    inbox: WhatsAppInbox,
    settings: Settings,
    owner: psycopg.Connection[Any],
) -> None:
    body = inbox.text()
    database = owner.info.dbname
    elsewhere = urlunsplit(urlsplit(settings.storage.database_url)._replace(path="/postgres"))
    await door.post(url(inbox), content=body, headers=inbox.signed(body))
    with psycopg.connect(elsewhere, autocommit=True) as admin:
        admin.execute(f"alter database {database} with allow_connections false".encode())
        admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = %s and pid <> %s",
            [database, owner.info.backend_pid],
        )
        try:
            answer = await door.post(url(inbox), content=body, headers=inbox.signed(body))
        finally:
            admin.execute(f"alter database {database} with allow_connections true".encode())
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["error"] == "database_unreachable"
    answer = await door.post(url(inbox), content=body, headers=inbox.signed(body))
    assert answer.status_code == 200
    assert len(journal(owner, inbox)) == 2


async def test_a_journal_connection_that_died_meanwhile_costs_nobody_a_refusal(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, owner: psycopg.Connection[Any]
) -> None:
    body = inbox.text()
    await door.post(url(inbox), content=body, headers=inbox.signed(body))
    owner.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where application_name = 'streamdesk journal' and datname = current_database()"
    )
    answer = await door.post(url(inbox), content=body, headers=inbox.signed(body))
    assert answer.status_code == 200


async def test_hooks_that_wait_together_are_committed_together_and_in_order(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, intake: Intake, owner: psycopg.Connection[Any]
) -> None:
    bodies = [inbox.text(f"number {n}", number=n) for n in range(200)]
    answers = await asyncio.gather(
        *(door.post(url(inbox), content=body, headers=inbox.signed(body)) for body in bodies)
    )
    assert {answer.status_code for answer in answers} == {200}
    assert [row[0] for row in journal(owner, inbox)] == bodies
    transactions = owner.execute(
        "select count(distinct xmin::text) from inbound where inbox_id = %s", [inbox.id]
    ).fetchone()
    assert transactions is not None
    assert transactions[0] < 20


async def test_an_inbox_that_vanished_does_not_take_its_neighbours_along(
    door: httpx.AsyncClient,
    inbox: WhatsAppInbox,
    foreign_inbox: WhatsAppInbox,
    owner: psycopg.Connection[Any],
) -> None:
    both = (inbox, foreign_inbox)
    for one in both:
        body = one.text()
        await door.post(url(one), content=body, headers=one.signed(body))
    owner.execute("delete from inbound where inbox_id = %s", [foreign_inbox.id])
    owner.execute("delete from inbox_members where inbox_id = %s", [foreign_inbox.id])
    owner.execute("delete from inboxes where id = %s", [foreign_inbox.id])
    requests = [(one, one.text(number=n)) for n in range(2, 5) for one in both]
    answers = await asyncio.gather(
        *(door.post(url(one), content=body, headers=one.signed(body)) for one, body in requests)
    )
    assert [answer.status_code for answer in answers] == [200, 404] * 3
    assert len(journal(owner, inbox)) == 4


async def test_another_account_cannot_read_the_journal(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, foreign_inbox: WhatsAppInbox, desk: Desk
) -> None:
    body = inbox.text("for our eyes only")
    await door.post(url(inbox), content=body, headers=inbox.signed(body))
    count = "select count(*) as n from inbound"
    async with desk.transaction(AccountId(inbox.account_id)) as tx:
        assert (await tx.one(count))["n"] == 1
    async with desk.transaction(AccountId(foreign_inbox.account_id)) as tx:
        assert (await tx.one(count))["n"] == 0
        everything = f"select count(*) as n from inbound where account_id = {inbox.account_id}"
        assert (await tx.one(everything))["n"] == 0


async def test_answers_are_counted_by_channel_and_status(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, intake: Intake
) -> None:
    body = inbox.text()
    await door.post(url(inbox), content=body, headers=inbox.signed(body))
    await door.post(url(inbox), content=body, headers={})
    await door.post("/webhooks/whatsapp/1", content=body)
    counted = {
        tuple(sample.labels.values()): sample.value
        for metric in intake.metrics.answers.collect()
        for sample in metric.samples
        if sample.name == "streamdesk_webhooks_total"
    }
    assert counted == {("whatsapp", "200"): 1, ("whatsapp", "401"): 1, ("unknown", "404"): 1}


async def test_the_relay_is_woken(
    door: httpx.AsyncClient, inbox: WhatsAppInbox, owner: psycopg.Connection[Any]
) -> None:
    owner.execute("listen inbound")
    body = inbox.text()
    await door.post(url(inbox), content=body, headers=inbox.signed(body))
    woken = await asyncio.to_thread(lambda: list(owner.notifies(timeout=2, stop_after=1)))
    assert [notice.channel for notice in woken] == ["inbound"]


async def test_an_ampersand_or_a_space_in_an_address_is_an_address_like_any_other(
    door: httpx.AsyncClient,
) -> None:
    answer = await door.post("/webhooks/whatsapp/" + quote("a b&c?d"), content=json.dumps({}))
    assert answer.status_code == 404
