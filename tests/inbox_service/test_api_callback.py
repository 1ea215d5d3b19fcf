"""An API inbox's own program is told of the answers: signed, and once."""

import base64
import hashlib
import hmac
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest

from desk.clock import FixedClock
from desk.store.desk import Desk
from ingest.channels.api.callback import signed
from tests.builders.accounts import SmallDesk
from tests.inbox_service.partners import make_inbox, sent, simulators
from tests.inbox_service.test_public_api import Client
from tests.settle import settle


@pytest.fixture
async def program() -> AsyncIterator[httpx.AsyncClient]:
    async with simulators() as http:
        yield http


@pytest.fixture
async def client(
    maya: httpx.AsyncClient,
    anybody: httpx.AsyncClient,
    halden: SmallDesk,
    program: httpx.AsyncClient,
) -> Client:
    callback = f"{program.base_url}".rstrip("/") + "/api/callback"
    inbox = await make_inbox(maya, type="api", webhook_url=callback)
    members = {"inbox_id": inbox["id"], "user_ids": [halden.agent]}
    (await maya.post("/inbox_members", json=members)).raise_for_status()
    return Client(anybody, inbox)


async def asked(client: Client) -> tuple[dict[str, Any], str]:
    """A customer who waits for an answer, and where it is written."""
    contact = await client.contact(name="Amara Okonkwo")
    conversation = await client.conversation(contact)
    await client.say(contact, conversation, content="Is the pool heated?")
    return contact, f"/conversations/{conversation['id']}/messages"


async def test_the_reply_is_told_with_all_that_stands_around_it(
    client: Client,
    program: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    desk: Desk,
    halden: SmallDesk,
) -> None:
    contact, path = await asked(client)
    reply = (await jonas.post(path, json={"content": "From May on."})).json()
    assert reply["queued"] is True
    await settle(desk, halden.account_id)
    (told,) = await sent(program, "api")
    assert told["to"] == contact["source_id"]
    event = told["request"]
    assert (event["event"], event["message_type"]) == ("message_created", "outgoing")
    assert (event["id"], event["content"], event["private"]) == (reply["id"], "From May on.", False)
    assert event["account"] == {"id": halden.account_id, "name": "Halden Air"}
    assert event["inbox"] == {"id": client.inbox["id"], "name": "Workshop"}
    assert event["sender"]["name"] == "Jonas"
    assert event["conversation"]["contact_inbox"]["source_id"] == contact["source_id"]
    after = (await jonas.get(path)).json()["payload"][-1]
    assert (after["status"], after["queued"]) == ("sent", False)
    assert after["source_id"] == told["headers"]["webhook-id"]


async def test_the_event_is_signed_in_both_manners(
    client: Client,
    program: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    desk: Desk,
    halden: SmallDesk,
) -> None:
    _, path = await asked(client)
    await jonas.post(path, json={"content": "From May on."})
    await settle(desk, halden.account_id)
    headers = (await sent(program, "api"))[0]["headers"]
    secret, at = client.inbox["secret"], headers["webhook-timestamp"]
    assert secret.startswith("whsec_")
    assert headers["x-chatwoot-delivery"] == headers["webhook-id"]
    assert headers["x-chatwoot-timestamp"] == at == str(int(desk.clock.now().timestamp()))
    body, name = b'{"event":"message_created"}', headers["webhook-id"]
    made = signed(secret, name, body, desk.clock.now())
    key = base64.b64decode(secret.removeprefix("whsec_"))
    standard = hmac.digest(key, f"{name}.{at}.".encode() + body, hashlib.sha256)
    assert made["webhook-signature"] == f"v1,{base64.b64encode(standard).decode()}"
    chatwoot = hmac.digest(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hex()
    assert made["X-Chatwoot-Signature"] == f"sha256={chatwoot}"
    assert msgspec.json.decode(body)["event"] == "message_created"


async def test_a_note_is_nobodys_business(
    client: Client,
    program: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    desk: Desk,
    halden: SmallDesk,
) -> None:
    _, path = await asked(client)
    await jonas.post(path, json={"content": "He asks every year", "private": True})
    await settle(desk, halden.account_id)
    assert await sent(program, "api") == []


async def test_a_lost_answer_is_told_again_under_the_same_id(
    client: Client,
    program: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    desk: Desk,
    halden: SmallDesk,
    clock: FixedClock,
) -> None:
    _, path = await asked(client)
    (await program.post("/api/faults", json={"kind": "error", "status": 502})).raise_for_status()
    await jonas.post(path, json={"content": "From May on."})
    await settle(desk, halden.account_id)
    assert await sent(program, "api") == []
    clock.set(clock.now() + timedelta(seconds=3))
    await settle(desk, halden.account_id)
    assert len(await sent(program, "api")) == 1


async def test_a_program_that_refuses_leaves_the_message_failed(
    client: Client,
    program: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    desk: Desk,
    halden: SmallDesk,
) -> None:
    _, path = await asked(client)
    (await program.post("/api/faults", json={"kind": "error", "status": 410})).raise_for_status()
    await jonas.post(path, json={"content": "From May on."})
    await settle(desk, halden.account_id)
    reply = (await jonas.get(path)).json()["payload"][-1]
    assert reply["status"] == "failed"
    assert "410" in reply["content_attributes"]["external_error"]
