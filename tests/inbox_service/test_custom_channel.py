"""The custom channel as its contract has it: in, out, and what goes wrong."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.errors import Invalid
from ingest.channels.custom.partner import check_connection
from ingest.outgoing import outgoing_client
from tests.builders.accounts import SmallDesk
from tests.inbox_service.partners import make_inbox, path_of, sent, simulators
from tests.settle import settle

SENDER = {
    "id": "cust-42",
    "name": "Ines Calado",
    "email": "ines@mail.example",
    "phone_number": "+351912345678",
}


class Door:
    """A custom inbox with its partner."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        partner: httpx.AsyncClient,
        inbox: dict[str, Any],
        desk: Desk,
        account: SmallDesk,
    ) -> None:
        self.http = http
        self.partner = partner
        self.inbox = inbox
        self._desk = desk
        self._account = account

    async def knock(self, body: object, key: str | None = None) -> httpx.Response:
        return await self.http.post(
            path_of(self.inbox["inbound_webhook_url"]),
            json=body,
            headers={"Authorization": f"Bearer {key or self.inbox['api_key']}"},
        )

    async def say(self, content: str, message_id: str) -> None:
        body = {
            "message_id": message_id,
            "sender": SENDER,
            "message": {"type": "text", "content": content},
        }
        answer = await self.knock(body)
        assert answer.status_code == 200, answer.text

    async def settle(self) -> None:
        files = FileStore(self._desk.settings.storage.files_url)
        await settle(self._desk, self._account.account_id, files=files)


@pytest.fixture
async def door(
    maya: httpx.AsyncClient, anybody: httpx.AsyncClient, desk: Desk, halden: SmallDesk
) -> AsyncIterator[Door]:
    async with simulators() as partner:
        inbox = await make_inbox(
            maya,
            type="custom",
            api_key=f"key-{halden.account_id}",
            webhook_url=f"{partner.base_url}".rstrip("/") + "/custom",
        )
        members = {"inbox_id": inbox["id"], "user_ids": [halden.agent]}
        (await maya.post("/inbox_members", json=members)).raise_for_status()
        yield Door(anybody, partner, inbox, desk, halden)


async def test_a_message_goes_in_and_the_reply_comes_out(
    door: Door, jonas: httpx.AsyncClient
) -> None:
    await door.say("Is the workshop open on Saturday?", "pm-1")
    await door.settle()
    (said,) = (await jonas.get("/conversations/1/messages")).json()["payload"]
    assert (said["content"], said["source_id"]) == ("Is the workshop open on Saturday?", "pm-1")
    sender = said["sender"]
    assert (sender["name"], sender["email"]) == ("Ines Calado", "ines@mail.example")
    assert sender["phone_number"] == "+351912345678"
    await jonas.post("/conversations/1/messages", json={"content": "Until two o'clock."})
    await door.settle()
    (out,) = await sent(door.partner, "custom")
    assert out["to"] == "cust-42"
    assert out["request"] == {
        "recipient_id": "cust-42",
        "message": {"type": "text", "content": "Until two o'clock."},
    }
    reply = (await jonas.get("/conversations/1/messages")).json()["payload"][-1]
    assert (reply["status"], reply["queued"]) == ("sent", False)
    assert reply["source_id"].startswith("cm_")


async def test_a_message_that_comes_twice_is_one(door: Door, jonas: httpx.AsyncClient) -> None:
    await door.say("Hello", "pm-1")
    await door.say("Hello", "pm-1")
    await door.settle()
    assert len((await jonas.get("/conversations/1/messages")).json()["payload"]) == 1


async def test_a_picture_comes_in_and_is_kept(door: Door, jonas: httpx.AsyncClient) -> None:
    await door.partner.put(
        "/custom/files/scratch.png", content=b"\x89PNG", headers={"Content-Type": "image/png"}
    )
    url = f"{door.partner.base_url}".rstrip("/") + "/custom/files/scratch.png"
    body = {
        "message_id": "pm-2",
        "sender": SENDER,
        "message": {
            "type": "text",
            "content": "This one",
            "attachments": [{"url": url, "type": "image"}],
        },
    }
    assert (await door.knock(body)).status_code == 200
    await door.settle()
    (said,) = (await jonas.get("/conversations/1/messages")).json()["payload"]
    (file,) = said["attachments"]
    assert (file["file_type"], file["file_name"]) == ("image", "scratch.png")
    fetched = await jonas.get(f"{door.http.base_url}".rstrip("/") + file["data_url"])
    assert fetched.content == b"\x89PNG"


async def test_a_file_goes_out_as_an_address_the_partner_can_fetch(
    door: Door, jonas: httpx.AsyncClient, settings: Settings
) -> None:
    await door.say("Send me the invoice", "pm-3")
    await door.settle()
    await jonas.post(
        "/conversations/1/messages",
        data={"content": "Here it is"},
        files=[
            ("attachments[]", ("invoice.pdf", b"%PDF-1", "application/pdf")),
            ("attachments[]", ("stamp.png", b"\x89PNG", "image/png")),
        ],
    )
    await door.settle()
    first, second = [item["request"]["message"] for item in await sent(door.partner, "custom")]
    assert (first["type"], first["content"], first["attachment_type"]) == (
        "attachment",
        "Here it is",
        "file",
    )
    assert (second["content"], second["attachment_type"]) == ("", "image")
    assert first["attachment_url"].startswith(settings.addresses.public_url)
    assert first["attachment_url"].endswith("/invoice.pdf")
    path = path_of(first["attachment_url"])
    fetched = await door.http.get(path)
    assert (fetched.status_code, fetched.content) == (200, b"%PDF-1")
    other = path.replace("/invoice.pdf", "x/invoice.pdf")
    assert (await door.http.get(other)).status_code == 404


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "error", "status": 422, "error": "no such recipient"}, "no such recipient"),
        ({"kind": "error", "status": 500, "error": "it broke"}, "it broke"),
        ({"kind": "error", "status": 404, "error": ""}, "the answer was 404 without an error"),
        ({"kind": "no_id"}, "the answer has no message_id"),
    ],
)
async def test_a_refusal_stands_on_the_message_in_the_partners_words(
    door: Door, jonas: httpx.AsyncClient, fault: dict[str, Any], error: str
) -> None:
    await door.say("Hello", "pm-1")
    await door.settle()
    (await door.partner.post("/custom/faults", json=fault)).raise_for_status()
    await jonas.post("/conversations/1/messages", json={"content": "Hi"})
    await door.settle()
    reply = (await jonas.get("/conversations/1/messages")).json()["payload"][-1]
    assert reply["status"] == "failed"
    assert reply["content_attributes"]["external_error"] == error


async def test_a_partner_that_knows_repeats_is_asked_again_and_takes_it_once(
    door: Door, jonas: httpx.AsyncClient, clock: FixedClock
) -> None:
    await door.say("Hello", "pm-1")
    await door.settle()
    gateway = {"kind": "error", "status": 502, "error": "", "times": 2}
    (await door.partner.post("/custom/faults", json=gateway)).raise_for_status()
    await jonas.post("/conversations/1/messages", json={"content": "Hi"})
    for pause in (0, 3, 11):
        clock.set(clock.now() + timedelta(seconds=pause))
        await door.settle()
    assert len(await sent(door.partner, "custom")) == 1
    reply = (await jonas.get("/conversations/1/messages")).json()["payload"][-1]
    assert (reply["status"], reply["queued"]) == ("sent", False)


async def test_another_partner_is_never_asked_twice_when_nobody_knows(
    door: Door, jonas: httpx.AsyncClient, desk: Desk, halden: SmallDesk
) -> None:
    await door.say("Hello", "pm-1")
    await door.settle()
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute(
            "update inboxes set config = config || '{\"repeats_harmless\": false}' where id = %s",
            [door.inbox["id"]],
        )
    gateway = {"kind": "error", "status": 502, "error": ""}
    (await door.partner.post("/custom/faults", json=gateway)).raise_for_status()
    await jonas.post("/conversations/1/messages", json={"content": "Hi"})
    await door.settle()
    assert await sent(door.partner, "custom") == []
    reply = (await jonas.get("/conversations/1/messages")).json()["payload"][-1]
    assert reply["status"] == "failed"
    assert "not known" in reply["content_attributes"]["external_error"]


async def test_a_server_in_our_own_network_is_refused_by_name() -> None:
    async with outgoing_client(allow_private_targets=False) as http:
        for base in ("http://127.0.0.1:9", "http://10.1.2.3", "http://localhost:9"):
            with pytest.raises(Invalid, match="private address") as refusal:
                await check_connection(http, base, "key")
            assert refusal.value.details["field"] == "webhook_url"


async def test_another_key_is_nobodys(door: Door) -> None:
    body = {"message_id": "1", "sender": {"id": "1"}, "message": {"content": "Hi"}}
    assert (await door.knock(body, key="another")).status_code == 401
    bare = await door.http.post(path_of(door.inbox["inbound_webhook_url"]), json=body)
    assert bare.status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "message_id"),
        ({"message_id": "", "sender": {"id": "1"}, "message": {"content": "x"}}, "message_id"),
        ({"message_id": [], "sender": {"id": "1"}, "message": {"content": "x"}}, "message_id"),
        ({"message_id": "1", "message": {"content": "x"}}, "sender"),
        ({"message_id": "1", "sender": {}, "message": {"content": "x"}}, "sender.id"),
        ({"message_id": "1", "sender": {"id": " "}, "message": {"content": "x"}}, "sender.id"),
        ({"message_id": "1", "sender": {"id": None}, "message": {"content": "x"}}, "sender.id"),
        ({"message_id": "1", "sender": {"id": "1"}}, "message"),
        ({"message_id": "1", "sender": {"id": "1"}, "message": {}}, "message.content"),
        (
            {"message_id": "1", "sender": {"id": "1"}, "message": {"content": 7}},
            "message.content",
        ),
        (
            {"message_id": "1", "sender": {"id": "1"}, "message": {"content": "x" * 150_001}},
            "message.content",
        ),
        (
            {"message_id": "1", "sender": {"id": "1"}, "message": {"content": "a\u0000"}},
            "message.content",
        ),
        (
            {"message_id": "1", "sender": {"id": "1"}, "message": {"type": "x", "content": "y"}},
            "message.type",
        ),
        (
            {"message_id": "1", "sender": {"id": "1"}, "message": {"attachments": [{"url": "x"}]}},
            "message.attachments[0].url",
        ),
        (
            {"message_id": "1", "sender": {"id": "1"}, "message": {"attachments": [{}]}},
            "message.attachments[0].url",
        ),
        (
            {"message_id": "1", "sender": {"id": "1", "name": 7}, "message": {"content": "x"}},
            "sender.name",
        ),
    ],
)
async def test_a_faulty_request_is_told_which_field(
    door: Door, desk: Desk, halden: SmallDesk, body: dict[str, Any], field: str
) -> None:
    answer = await door.knock(body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["field"] == field
    async with desk.transaction(halden.account_id) as tx:
        assert await tx.all("select from inbound") == []


async def test_what_is_no_json_is_told_so(door: Door) -> None:
    answer = await door.http.post(
        path_of(door.inbox["inbound_webhook_url"]),
        content=b"{",
        headers={"Authorization": f"Bearer {door.inbox['api_key']}"},
    )
    assert answer.status_code == 400


async def test_an_address_nobody_has_is_not_found(door: Door) -> None:
    answer = await door.http.post("/webhooks/custom/nowhere", json={})
    assert answer.status_code == 404
