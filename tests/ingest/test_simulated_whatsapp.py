"""The simulator behaves as the Graph API does, and forgets nothing it accepted."""

import asyncio
import base64
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from litestar import Litestar

from desk.clock import FixedClock
from desk.settings import Settings
from desk.words.channels import DeliveryReceipt, InboundMessage
from desk.words.conversation import DeliveryStatus
from ingest.channels.whatsapp.adapter import WhatsApp
from ingest.receiver.intake import Intake
from ingest.receiver.webhooks import webhooks
from ingest.simulators.app import build_app
from ingest.simulators.whatsapp.delivery import pause_after
from ingest.simulators.whatsapp.hooks import message_id
from tests.ingest.conformance import RawRequest
from tests.ingest.inboxes import WhatsAppInbox
from tests.ingest.probes.whatsapp import register
from tests.ingest.servers import serving
from tests.ingest.simulator import CUSTOMER, Simulator, text
from tests.ingest.webhook_listener import WebhookListener


@pytest.fixture
async def listener() -> WebhookListener:
    return WebhookListener()


@pytest.fixture
async def hook_url(listener: WebhookListener) -> AsyncIterator[str]:
    async with serving(listener) as url:
        yield f"{url}/hook"


@pytest.fixture
def now() -> FixedClock:
    return FixedClock(datetime.now(UTC))


@pytest.fixture
async def simulator(tmp_path: Path, hook_url: str, now: FixedClock) -> AsyncIterator[Simulator]:
    app = build_app(tmp_path, now)
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as http:
        simulator = Simulator(http, WhatsAppInbox.invent(), hook_url)
        await register(http, simulator.inbox, hook_url)
        await simulator.pace(sent_after=0, delivered_after=0, read_after=0)
        yield simulator


async def test_a_message_is_answered_as_the_graph_api_does(simulator: Simulator) -> None:
    answer = await simulator.text(to="+1 650-555-1234")
    assert answer.status_code == 200
    body = answer.json()
    assert body["messaging_product"] == "whatsapp"
    assert body["contacts"] == [{"input": "+1 650-555-1234", "wa_id": CUSTOMER}]
    assert body["messages"][0]["id"].startswith("wamid.")


async def test_ids_have_metas_form(simulator: Simulator) -> None:
    packed = base64.b64decode(message_id(CUSTOMER, "x", outgoing=False).removeprefix("wamid."))
    assert packed.startswith(b"\x1c\x18\x0b16505551234\x15\x02\x00\x12\x18\x14")


async def test_receipts_follow_in_order_and_echo_our_mark(
    simulator: Simulator, listener: WebhookListener
) -> None:
    sent = await simulator.text(biz_opaque_callback_data="streamdesk:7")
    await listener.until(3)
    statuses = listener.values("statuses")
    assert [status["status"] for status in statuses] == ["sent", "delivered", "read"]
    assert {status["id"] for status in statuses} == {sent.json()["messages"][0]["id"]}
    assert {status["biz_opaque_callback_data"] for status in statuses} == {"streamdesk:7"}
    assert statuses[0]["conversation"]["origin"] == {"type": "service"}
    assert "expiration_timestamp" in statuses[0]["conversation"]
    assert statuses[1]["pricing"]["category"] == "service"


async def test_hooks_are_signed_and_read_by_the_adapter(
    simulator: Simulator, listener: WebhookListener
) -> None:
    await simulator.write(text="Grüße 👋", name="Åse")
    await listener.until(1)
    headers, body = listener.raw[0]
    hook = RawRequest(headers, body)
    assert WhatsApp().is_genuine(hook, simulator.inbox.secrets)
    (message,) = WhatsApp().read(hook, simulator.inbox.config)
    assert isinstance(message, InboundMessage)
    assert (message.content, message.sender_name) == ("Grüße 👋", "Åse")
    await simulator.text(biz_opaque_callback_data="streamdesk:9")
    await listener.until(2)
    (receipt,) = WhatsApp().read(RawRequest(*listener.raw[1]), simulator.inbox.config)
    assert isinstance(receipt, DeliveryReceipt)
    assert (receipt.status, receipt.message_ref) == (DeliveryStatus.SENT, "9")


async def test_what_was_sent_can_be_looked_up_page_by_page(simulator: Simulator) -> None:
    await simulator.text("one")
    page = (await simulator.http.get("/whatsapp/sent")).json()
    assert [item["request"]["text"]["body"] for item in page["items"]] == ["one"]
    assert page["items"][0]["to"] == CUSTOMER
    assert page["items"][0]["at"]
    await simulator.text("two")
    page = (await simulator.http.get("/whatsapp/sent", params={"since": page["next"]})).json()
    assert [item["request"]["text"]["body"] for item in page["items"]] == ["two"]
    rest = (await simulator.http.get("/whatsapp/sent", params={"since": page["next"]})).json()
    assert rest == {"next": page["next"], "items": []}


async def test_a_wrong_or_missing_token_is_code_190(simulator: Simulator) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}):
        answer = await simulator.http.post(
            f"/graph/v23.0/{simulator.inbox.phone_number_id}/messages",
            json=text("hi"),
            headers=headers,
        )
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["type"]) == (401, 190, "OAuthException")
        assert error["fbtrace_id"]


async def test_an_unknown_number_is_code_100_with_subcode_33(simulator: Simulator) -> None:
    answer = await simulator.http.post(
        "/graph/v23.0/12345/messages",
        json=text("hi"),
        headers={"Authorization": f"Bearer {simulator.inbox.access_token}"},
    )
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["error_subcode"]) == (400, 100, 33)


@pytest.mark.parametrize(
    "request_",
    [
        {"to": CUSTOMER, "type": "text", "text": {"body": "x"}},
        text("", CUSTOMER),
        text("x", ""),
        text("x", "nobody"),
        text("x" * 4097),
        {**text("x"), "type": "smell"},
        {**text("x"), "type": "image", "image": {}},
        {**text("x"), "type": "image", "image": {"id": "1"}},
        {**text("x"), "type": "image", "image": {"link": "file:///etc/passwd"}},
        {**text("x"), "type": "audio", "audio": {"link": "http://x/a", "caption": "x"}},
        {**text("x"), "context": "wamid.1"},
        {**text("x"), "biz_opaque_callback_data": "x" * 513},
    ],
)
async def test_an_invalid_parameter_is_code_100_with_details(
    simulator: Simulator, request_: dict[str, Any]
) -> None:
    answer = await simulator.send(request_)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (400, 100)
    assert error["error_data"]["details"]
    assert (await simulator.http.get("/whatsapp/sent")).json()["items"] == []


async def test_a_number_ending_in_131026_never_gets_a_message(
    simulator: Simulator, listener: WebhookListener
) -> None:
    assert (await simulator.text(to="1650131026")).status_code == 200
    await listener.until(1)
    (status,) = listener.values("statuses")
    assert status["status"] == "failed"
    assert status["errors"][0]["code"] == 131026
    assert "conversation" not in status


async def test_a_day_after_the_customer_wrote_only_templates_pass(
    simulator: Simulator, listener: WebhookListener, now: FixedClock
) -> None:
    await simulator.write(text="hello")
    now.set(now.now() + timedelta(hours=23))
    await simulator.text("in time")
    now.set(now.now() + timedelta(hours=2))
    await simulator.text("too late")
    template = {"name": "hello", "language": {"code": "en"}}
    await simulator.send({**text("x"), "type": "template", "template": template})
    await listener.until(8)
    failed = [s for s in listener.values("statuses") if s["status"] == "failed"]
    assert [status["errors"][0]["code"] for status in failed] == [131047]
    assert len(listener.values("statuses")) == 7


async def test_planned_refusals_come_in_the_graph_apis_words(simulator: Simulator) -> None:
    await simulator.fault(kind="error", code=130429, times=2)
    for _ in range(2):
        answer = await simulator.text()
        assert answer.json()["error"]["message"] == "(#130429) Rate limit hit"
    assert (await simulator.text()).status_code == 200


async def test_a_hook_that_is_refused_comes_again_and_keeps_its_place(
    simulator: Simulator, listener: WebhookListener
) -> None:
    listener.refuse = 1
    for word in ("one", "two", "three"):
        await simulator.write(text=word)
    await listener.until(3)
    assert [m["text"]["body"] for m in listener.values("messages")] == ["one", "two", "three"]


def test_pauses_grow_to_two_minutes() -> None:
    assert [pause_after(n).total_seconds() for n in range(9)] == [1, 2, 4, 8, 16, 32, 64, 120, 120]


async def test_a_message_written_twice_under_one_id_is_sent_once(
    simulator: Simulator, listener: WebhookListener
) -> None:
    first = await simulator.write(text="hi", id="order-7")
    assert await simulator.write(text="hi", id="order-7") == first
    await simulator.write(text="other")
    await listener.until(2)
    assert [m["text"]["body"] for m in listener.values("messages")] == ["hi", "other"]


async def test_customers_send_pictures_that_can_be_fetched(
    simulator: Simulator, listener: WebhookListener
) -> None:
    await simulator.write(image={"caption": "look"}, in_reply_to="wamid.X")
    await listener.until(1)
    (message,) = listener.values("messages")
    assert message["image"]["caption"] == "look"
    assert message["context"]["id"] == "wamid.X"
    headers = {"Authorization": f"Bearer {simulator.inbox.access_token}"}
    where = (
        await simulator.http.get(f"/graph/v23.0/{message['image']['id']}", headers=headers)
    ).json()
    assert where["mime_type"] == "image/png"
    picture = await simulator.http.get(where["url"], headers=headers)
    assert picture.content.startswith(b"\x89PNG")
    assert (await simulator.http.get(where["url"])).status_code == 401


async def test_a_number_whose_webhook_does_not_answer_the_challenge_is_not_taken(
    simulator: Simulator, listener: WebhookListener, hook_url: str
) -> None:
    listener.verify_token = "another"
    stranger = WhatsAppInbox.invent()
    with pytest.raises(httpx.HTTPStatusError) as refusal:
        await register(simulator.http, stranger, hook_url)
    assert refusal.value.response.json()["error"] == "webhook_not_verified"
    with pytest.raises(httpx.HTTPStatusError) as refusal:
        await register(simulator.http, stranger, "http://127.0.0.1:9/hook")
    assert refusal.value.response.json()["error"] == "webhook_unreachable"
    numbers = (await simulator.http.get("/whatsapp/numbers")).json()
    assert stranger.phone_number_id not in {number["phone_number_id"] for number in numbers}


async def test_a_customer_cannot_write_to_a_number_that_is_not_there(simulator: Simulator) -> None:
    answer = await simulator.http.post(
        f"/whatsapp/customers/{CUSTOMER}/messages", json={"to_phone_number_id": "1", "text": "x"}
    )
    assert answer.status_code == 404
    assert answer.json()["error"] == "unknown_number"


async def test_what_the_simulator_sends_passes_our_own_door(
    simulator: Simulator, intake: Intake, inbox: WhatsAppInbox, owner: psycopg.Connection[Any]
) -> None:
    async with serving(
        Litestar([webhooks(intake)], openapi_config=None, logging_config=None)
    ) as desk_url:
        await register(simulator.http, inbox, f"{desk_url}/webhooks/whatsapp/{inbox.phone_number}")
        simulator.inbox = inbox
        await simulator.write(text="Is anybody there?")
        await simulator.text("Yes.")
        rows: list[tuple[Any, ...]] = []
        async with asyncio.timeout(5):
            while len(rows) < 4:
                await asyncio.sleep(0.02)
                rows = owner.execute(
                    "select body, sender from inbound where inbox_id = %s", [inbox.id]
                ).fetchall()
    assert len(rows) == 4
    assert {sender for _, sender in rows} == {CUSTOMER}


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def process(tmp_path: Path, settings: Settings, free_port: int) -> Iterator[Any]:
    """Starts the simulators as a process of their own; whatever still runs is killed."""
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started = subprocess.Popen(
            [sys.executable, "-m", "ingest.simulators.main"],
            env={
                **os.environ,
                "DATABASE_URL": settings.storage.database_url,
                "REDIS_URL": settings.storage.redis_url,
                "KAFKA_URL": settings.storage.kafka_url,
                "STREAMDESK_SECRET": settings.security.secret,
                "STREAMDESK_HOME": str(tmp_path),
                "STREAMDESK_SIMULATORS_PORT": str(free_port),
            },
        )
        running.append(started)
        url = f"http://127.0.0.1:{free_port}/health"
        for _ in range(200):
            try:
                if httpx.get(url).status_code == 200:
                    return started
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the simulators did not start")

    yield start
    for one in running:
        one.kill()
        one.wait()


async def test_a_killed_simulator_forgets_nothing_it_accepted(
    process: Any, free_port: int, hook_url: str, listener: WebhookListener
) -> None:
    first = process()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{free_port}") as http:
        simulator = Simulator(http, WhatsAppInbox.invent(), hook_url)
        await register(http, simulator.inbox, hook_url)
        await simulator.pace(sent_after=3, delivered_after=None, read_after=None)
        listener.refuse = 1
        await simulator.write(text="accepted before the kill")
        await simulator.text("sent before the kill")
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert listener.hooks == []
    process()
    await listener.until(2)
    assert [m["text"]["body"] for m in listener.values("messages")] == ["accepted before the kill"]
    assert [status["status"] for status in listener.values("statuses")] == ["sent"]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{free_port}") as http:
        page = (await http.get("/whatsapp/sent")).json()
    assert [item["request"]["text"]["body"] for item in page["items"]] == ["sent before the kill"]
