"""The true processes with every receiver: one trace from the request to the job, and a crash told."""

import socket
import time
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from desk.settings import Settings
from desk.store.desk import Desk
from desk.watching.origin import Origin
from streams.app import BUG_EXIT_CODE
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.whatsapp import signed, text_hook
from tests.streams.live_house import LiveHouse
from tests.watching.receivers import Receivers, listening

pytestmark = pytest.mark.broker

PRIVATE = "Where is my blue suitcase 4711?"
REPLY = "It waits for you in Oslo 4712."


@pytest.fixture(scope="module")
def told() -> Iterator[Receivers]:
    with listening() as receivers:
        yield receivers


@pytest.fixture(scope="module")
def watched(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory, told: Receivers
) -> Iterator[LiveHouse]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wanted = told.settings
    house = LiveHouse(
        settings,
        tmp_path_factory.mktemp("watched"),
        STREAMDESK_PORT=str(port),
        SENTRY_DSN=wanted.sentry_dsn,
        STATSD_URL=wanted.statsd_url,
        OTEL_EXPORTER_OTLP_ENDPOINT=wanted.otlp_endpoint,
        SLACK_ALERTS_URL=wanted.slack_url,
        STREAMDESK_ENVIRONMENT="test",
    )
    yield house
    house.close()


@pytest.fixture
async def account(watched: LiveHouse, told: Receivers) -> SmallDesk:
    opened = Desk.open(watched.settings)
    account = await small_desk(opened, api_base_url=told.url)
    await opened.close()
    return account


def _inbox(house: LiveHouse) -> str:
    url = f"http://127.0.0.1:{house.environment['STREAMDESK_PORT']}"
    end = time.monotonic() + 30
    while True:
        try:
            httpx.get(f"{url}/api").raise_for_status()
            return url
        except httpx.HTTPError:
            assert time.monotonic() < end, house.log_of("inbox_service.main")
            time.sleep(0.1)


async def test_a_message_and_its_reply_are_two_traces_from_the_door_to_the_provider(
    watched: LiveHouse, told: Receivers, account: SmallDesk
) -> None:
    with watched.processes(
        "inbox_service.main", "streams.relay", "streams.worker", "streams.jobs.worker"
    ):
        url = _inbox(watched)
        hook = text_hook(
            phone_number=account.phone_number, phone_number_id=account.phone_number_id,
            sender="4915112345678", name="Otto Otterson", wamid="wamid.1", text=PRIVATE,
        )  # fmt: skip
        door = f"{url}/webhooks/whatsapp/{account.phone_number}"
        httpx.post(door, content=hook, headers=signed(hook, account.app_secret)).raise_for_status()
        watched.until(lambda: watched.value("select count(*) from messages") == 1, seconds=40)
        api = f"{url}/api/v1/accounts/{account.account_id}"
        headers = {"api_access_token": account.tokens[account.administrator]}
        number = watched.value("select display_id from conversations")
        httpx.post(
            f"{api}/conversations/{number}/messages", json={"content": REPLY}, headers=headers
        ).raise_for_status()
        # The provider's address is a receiver that knows no WhatsApp: the send is tried.
        watched.until(lambda: bool(watched.value("select count(*) from job_attempts")), seconds=20)
        watched.until(watched.all_done, seconds=20)
        in_at, out_at = _instants(watched)
        incoming, outgoing = Origin(account.account_id, in_at), Origin(account.account_id, out_at)
        watched.until(lambda: {"receive"} <= set(_named(told, incoming)), seconds=10)
        watched.until(lambda: {"job send_message"} <= set(_named(told, outgoing)), seconds=10)
    came, went = _named(told, incoming), _named(told, outgoing)
    assert set(came) >= {
        "POST unmatched", "publish channel.inbound", "receive", "change contact_created", "publish desk.events",
    }  # fmt: skip
    assert set(went) >= {
        "change message_created", "publish desk.events", "job send_message",
    }  # fmt: skip
    for origin, spans in ((incoming, came), (outgoing, went)):
        first = next(span for span in spans.values() if not span.parent_span_id)
        assert first.name.startswith("POST")
        assert origin is incoming or first.name.endswith("/messages")
        assert first.span_id == origin.span_id.to_bytes(8, "big")
        others = [span for span in spans.values() if span is not first]
        assert {span.parent_span_id for span in others} == {first.span_id}
        accounts = {
            a.value.int_value for s in others for a in s.attributes if a.key == "streamdesk.account"
        }
        assert accounts == {account.account_id}
    assert any(
        figure.startswith("streamdesk.inbox_service.requests.2xx:1|c") for figure in told.figures
    )
    assert any(
        figure.startswith(f"streamdesk.account.{account.account_id}.jobs.send_message:")
        for figure in told.figures
    )
    everything = b"".join(body for path, _, body in told.requests if not path.endswith("/messages"))
    for private in (
        PRIVATE,
        REPLY,
        "Otto",
        "4915112345678",
        account.app_secret,
        *account.tokens.values(),
    ):
        assert private.encode() not in everything


async def test_a_worker_that_dies_of_a_bug_says_so_before_it_is_gone(
    watched: LiveHouse, told: Receivers, account: SmallDesk
) -> None:
    with watched.processes("streams.relay"):
        hook = text_hook(
            phone_number=account.phone_number, phone_number_id=account.phone_number_id,
            sender="4915112345679", name="Otto Otterson", wamid="wamid.2", text=PRIVATE,
        )  # fmt: skip
        watched.database.execute(
            """insert into inbound (account_id, inbox_id, channel, sender, headers, body, received_at)
               values (%s, %s, 'whatsapp', 'x', '{}', %s, now())""",
            [account.account_id, account.inbox, hook],
        )
        with watched.processes("tests.streams.broken_worker", supervised=False) as (broken,):
            assert broken.ended(seconds=40) == BUG_EXIT_CODE
    [event] = [e for e in told.sentry_events if e["logentry"]["message"] == "agent_failed"]
    assert event["level"] == "fatal"
    assert event["tags"]["agent"] == "receive"
    assert event["exception"]["values"][-1]["type"] == "AttributeError"
    assert "nobody foresaw" not in str(event)
    assert any("`agent_failed` in broken, test" in text for text in told.slack_texts)


def _instants(house: LiveHouse) -> tuple[datetime, datetime]:
    received = house.value("select received_at from inbound order by id limit 1")
    replied = house.value("select max(at) from events where name = 'message_created'")
    return received, replied


def _named(told: Receivers, origin: Origin) -> dict[str, Span]:
    trace = origin.trace_id.to_bytes(16, "big")
    return {span.name: span for span in told.spans if span.trace_id == trace}
