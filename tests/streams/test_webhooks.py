"""Outgoing webhooks: what is queued, how it is handed over, and what becomes of failures."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import pytest
from typing_extensions import override

from desk.actions.assign_conversation import assign_conversation
from desk.actions.keep_contact import update_contact
from desk.actions.keep_webhook import (
    create_webhook,
    delete_webhook,
    resume_webhook,
    secret_of,
    send_again,
    update_webhook,
)
from desk.actions.queue_deliveries import DELIVER_WEBHOOK
from desk.clock import FixedClock
from desk.events.envelope import Event
from desk.settings import Settings
from desk.store.conversations import lock_conversation
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.event_log import event_of
from desk.store.files import FileStore
from desk.store.jobs import LOWEST_PRIORITY
from desk.words.actor import Actor
from desk.words.ids import ContactId, ConversationId
from desk.words.webhooks import MOST_TRIES, WebhookEvent
from ingest.outgoing import outgoing_client
from streams.handlers.queue_webhooks import queue_webhooks
from streams.jobs import deliver_webhook as delivering
from streams.jobs.keeping import claim, keep
from streams.jobs.outcome import Again, Done, Outcome
from streams.jobs.workshop import Workshop
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import receive, said
from tests.streams.arrivals import rows
from tests.streams.promises import due, reply
from tests.streams.webhook_receiver import Delivered, Receiver, receiving

KINDS = {DELIVER_WEBHOOK: delivering.deliver_webhook}
ALL = tuple(event.value for event in WebhookEvent)
MESSAGES = ("message_created",)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
async def way_out(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Workshop]:
    """The workshop as a worker has it: real requests."""
    async with outgoing_client(allow_private_targets=True) as http:
        files = FileStore(tmp_path_factory.mktemp("files").as_uri())
        yield Workshop(desk, files, http, Counters())


async def subscribe(desk: Desk, at: SmallDesk, url: str, *events: str) -> tuple[int, str]:
    """A webhook's id and secret."""
    async with desk.transaction(at.account_id) as tx:
        row = await create_webhook(
            tx,
            url,
            by=Actor.user(at.administrator),
            secrets=desk.secrets,
            subscriptions=events or ALL,
        )
        return row.id, str(secret_of(row.id, row.secret, desk.secrets))


async def facts(desk: Desk, at: SmallDesk) -> list[Event]:
    """What happened and was met by nobody yet."""
    async with desk.transaction(at.account_id) as tx:
        found = await tx.all(
            """select id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet,
                      rules_version, after_rules
               from events where account_id = %s and done_at is null order by id""",
            [at.account_id],
        )
    return [event_of(row) for row in found]


@pytest.fixture
def transactions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The accounts whose transactions were opened from now on."""
    opened: list[int] = []
    transaction = Desk.transaction

    def noted(self: Desk, account_id: Any, **more: Any) -> Any:
        opened.append(account_id)
        return transaction(self, account_id, **more)

    monkeypatch.setattr(Desk, "transaction", noted)
    return opened


async def happened(desk: Desk, at: SmallDesk) -> None:
    """Every fact of the account that nobody has met yet meets the handler."""
    found = await facts(desk, at)
    async with desk.transaction(at.account_id) as tx:
        await tx.execute(
            "update events set done_at = %s where account_id = %s", [tx.now, tx.account_id]
        )
    for event in found:
        await queue_webhooks(event, desk)


async def deliver(desk: Desk, at: SmallDesk, way_out: Workshop) -> list[Outcome]:
    jobs = [job for job in await due(desk, at) if job.kind == DELIVER_WEBHOOK]
    return [await keep(job, KINDS, way_out) for job in jobs]


async def log_of(desk: Desk, at: SmallDesk) -> list[dict[str, Any]]:
    return list(await rows(desk, at, "webhook_deliveries"))


def later(clock: FixedClock, **span: float) -> None:
    clock.set(clock.now() + timedelta(**span))


async def test_a_customers_message_is_delivered_and_signed_by_both_rules(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver, clock: FixedClock
) -> None:
    _, secret = await subscribe(desk, halden, receiver.url)
    await receive(desk, halden, said("Где мой чемодан? 🧳"))
    await happened(desk, halden)
    assert receiver.delivered == []
    await deliver(desk, halden, way_out)
    assert sorted(receiver.events) == ["contact_created", "conversation_created", "message_created"]
    for one in receiver.delivered:
        assert one.is_standard(secret, clock.now().timestamp())
        assert one.is_chatwoots(secret)
        assert one.headers["x-chatwoot-delivery"] == one.headers["webhook-id"]
        forged = Delivered(one.headers, one.body + b" ")
        assert not forged.is_standard(secret, clock.now().timestamp())
        assert not forged.is_chatwoots(secret)
    assert len({one.headers["webhook-id"] for one in receiver.delivered}) == 3


async def test_the_body_of_a_message_is_chatwoots(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    await receive(desk, halden, said("Where is my bag?"))
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    (body,) = [one.json for one in receiver.delivered]
    assert body["event"] == "message_created"
    assert (body["content"], body["message_type"], body["private"]) == (
        "Where is my bag?",
        "incoming",
        False,
    )
    assert body["account"] == {"id": halden.account_id, "name": "Halden Air"}
    assert body["inbox"] == {"id": halden.inbox, "name": "WhatsApp"}
    assert body["created_at"] == "2026-11-23T09:00:00Z"
    assert body["sender"]["name"] == "Amara Okonkwo"
    assert (body["conversation"]["id"], body["conversation"]["status"]) == (1, "open")
    assert body["conversation"]["contact_inbox"]["inbox_id"] == halden.inbox


async def test_private_notes_are_delivered_as_such_and_activity_lines_never(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    await reply(desk, halden, "Only for us", private=True)
    (row,) = await rows(desk, halden, "conversations")
    async with desk.transaction(halden.account_id) as tx:
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await assign_conversation(tx, conversation, halden.agent, by=Actor.user(halden.agent))
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    (body,) = [one.json for one in receiver.delivered]
    assert (body["content"], body["private"], body["message_type"]) == (
        "Only for us",
        True,
        "outgoing",
    )
    assert body["sender"]["email"] == halden.emails[halden.agent]


async def test_a_change_says_what_was_before_and_what_is_now(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    await subscribe(desk, halden, receiver.url, "conversation_updated", "contact_updated")
    (row,) = await rows(desk, halden, "conversations")
    async with desk.transaction(halden.account_id) as tx:
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await assign_conversation(tx, conversation, halden.agent, by=Actor.user(halden.agent))
        await update_contact(
            tx, ContactId(row["contact_id"]), {"name": "Amara O."}, by=Actor.user(halden.agent)
        )
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    changes = {one.json["event"]: one.json["changed_attributes"] for one in receiver.delivered}
    assert changes == {
        "conversation_updated": [
            {"assignee_id": {"previous_value": None, "current_value": halden.agent}}
        ],
        "contact_updated": [{"name": {"previous_value": None, "current_value": "Amara O."}}],
    }


async def test_an_event_that_comes_by_again_is_not_queued_again(
    desk: Desk, halden: SmallDesk, receiver: Receiver
) -> None:
    await subscribe(desk, halden, receiver.url)
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    before = await log_of(desk, halden)
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("update events set done_at = null where account_id = %s", [tx.account_id])
    await happened(desk, halden)
    assert await log_of(desk, halden) == before


async def test_after_an_error_it_is_tried_again_under_the_same_id_and_logged(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver, clock: FixedClock
) -> None:
    _, secret = await subscribe(desk, halden, receiver.url, *MESSAGES)
    receiver.answers = [500]
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    (outcome,) = await deliver(desk, halden, way_out)
    assert isinstance(outcome, Again)
    assert outcome.after == timedelta(seconds=5)
    (row,) = await log_of(desk, halden)
    assert (row["state"], row["tries"]) == (0, 1)
    assert row["last_error"] == "Answered 500 Internal Server Error."
    later(clock, seconds=6)
    assert await deliver(desk, halden, way_out) == [Done()]
    first, second = receiver.delivered
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert second.is_standard(secret, clock.now().timestamp())
    (row,) = await log_of(desk, halden)
    assert (row["state"], row["tries"], row["response_status"]) == (1, 2, 200)
    assert [attempt["status"] for attempt in row["attempts"]] == [500, 200]
    (webhook,) = await rows(desk, halden, "webhooks")
    assert (webhook["failures"], webhook["failing_since"]) == (0, None)


async def test_deliveries_of_one_conversation_come_in_order(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver, clock: FixedClock
) -> None:
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    receiver.answers = [422]
    await receive(desk, halden, *[said(str(n)) for n in range(6)])
    await receive(desk, halden, said("elsewhere", sender="4711"))
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    # The endpoint is alive: what is of another conversation does not wait for the refused one.
    assert sorted(one.json["content"] for one in receiver.delivered) == ["0", "elsewhere"]
    later(clock, seconds=6)
    await deliver(desk, halden, way_out)
    told = [one.json["content"] for one in receiver.delivered if one.json["content"] != "elsewhere"]
    assert told == ["0", "0", "1", "2", "3", "4", "5"]


async def test_a_refused_delivery_is_overtaken_after_a_while_and_given_up_at_last(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver, clock: FixedClock
) -> None:
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    await receive(desk, halden, said("poison"), said("fine"))
    await happened(desk, halden)
    receiver.answers = [422]
    await deliver(desk, halden, way_out)
    receiver.answers = [422]
    later(clock, seconds=6)
    await deliver(desk, halden, way_out)
    assert [one.json["content"] for one in receiver.delivered] == ["poison", "poison", "fine"]
    for _ in range(MOST_TRIES - 2):
        later(clock, hours=10)
        receiver.answers = [422]
        await deliver(desk, halden, way_out)
        receiver.answers = []
        async with desk.transaction(halden.account_id) as tx:
            await tx.execute(
                "update webhooks set failing_since = null where account_id = %s", [tx.account_id]
            )
    poison, fine = await log_of(desk, halden)
    assert (poison["state"], poison["tries"]) == (2, MOST_TRIES)
    assert fine["state"] == 1


async def test_an_endpoint_that_does_not_answer_rests_and_is_then_asked_with_one_delivery(
    desk: Desk, halden: SmallDesk, way_out: Workshop, clock: FixedClock
) -> None:
    with receiving() as gone:
        await subscribe(desk, halden, gone.url, *MESSAGES)
    await receive(desk, halden, *[said(str(n), sender=f"47{n}") for n in range(9)])
    await happened(desk, halden)
    (first,) = await deliver(desk, halden, way_out)
    assert isinstance(first, Again)
    assert sum(row["tries"] for row in await log_of(desk, halden)) == delivering.AT_ONCE
    assert await deliver(desk, halden, way_out) == []
    later(clock, seconds=6)
    await deliver(desk, halden, way_out)
    assert sum(row["tries"] for row in await log_of(desk, halden)) == delivering.AT_ONCE + 1
    (webhook,) = await rows(desk, halden, "webhooks")
    assert webhook["resting_until"] == clock.now() + timedelta(seconds=10)
    assert "ConnectError" in webhook["last_error"]


async def test_an_endpoint_that_asks_for_patience_gets_it(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver, clock: FixedClock
) -> None:
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    receiver.answers = [(429, {"retry-after": "90"})]
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    (outcome,) = await deliver(desk, halden, way_out)
    assert isinstance(outcome, Again)
    assert outcome.after == timedelta(seconds=90)


async def test_a_dead_endpoint_holds_up_nobody_elses(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    northgate = await small_desk(desk, name="Northgate")
    stuck = threading.Event()

    class Stuck(Receiver):
        @override
        def answer_to(self, delivered: Delivered) -> tuple[int, dict[str, str]]:
            stuck.wait(10)
            return super().answer_to(delivered)

    with receiving() as dead:
        dead.__class__ = Stuck
        await subscribe(desk, halden, dead.url, *MESSAGES)
        await subscribe(desk, halden, receiver.url, *MESSAGES)
        await subscribe(desk, northgate, receiver.url, *MESSAGES)
        await receive(desk, halden, *[said(str(n), sender=f"47{n}") for n in range(40)])
        await receive(desk, northgate, said("Hello"))
        await happened(desk, halden)
        await happened(desk, northgate)
        async with desk.transaction_across_accounts(reason="a test plays the job worker") as tx:
            await tx.execute(
                "update jobs set due_at = 'infinity' where not account_id = any(%s)",
                [[halden.account_id, northgate.account_id]],
            )
        jobs = await claim(desk, limit=50, lowest_priority=LOWEST_PRIORITY, per_account=50)
        mine = [job for job in jobs if job.kind == DELIVER_WEBHOOK]
        # Two endpoints of one account and one of another: three jobs, whatever waits for each.
        assert len(mine) == 3
        began = time.monotonic()
        tasks = [asyncio.create_task(keep(job, KINDS, way_out)) for job in mine]
        while len(receiver.delivered) < 41:
            assert time.monotonic() - began < 8, len(receiver.delivered)
            await asyncio.sleep(0.02)
        assert dead.delivered == []
        stuck.set()
        await asyncio.gather(*tasks)


async def test_two_workers_never_deliver_to_one_endpoint_at_once(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    await receive(desk, halden, *[said(str(n), sender=f"47{n}") for n in range(20)])
    await happened(desk, halden)
    (job,) = [job for job in await due(desk, halden) if job.kind == DELIVER_WEBHOOK]
    outcomes = await asyncio.gather(
        delivering.deliver_webhook(job, way_out), delivering.deliver_webhook(job, way_out)
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Again", "Done"]
    assert len(receiver.delivered) == 20


async def test_what_is_queued_while_the_endpoint_is_held_is_delivered_too(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    await receive(desk, halden, said("First"))
    await happened(desk, halden)

    class Slow(Receiver):
        @override
        def answer_to(self, delivered: Delivered) -> tuple[int, dict[str, str]]:
            time.sleep(0.4)
            return super().answer_to(delivered)

    receiver.__class__ = Slow
    under_way = asyncio.create_task(deliver(desk, halden, way_out))
    await asyncio.sleep(0.2)
    await receive(desk, halden, said("Second"))
    await happened(desk, halden)
    assert await under_way == [Done()]
    assert [one.json["content"] for one in receiver.delivered] == ["First", "Second"]


async def test_an_endpoint_that_failed_for_a_day_is_paused_with_the_reason(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver, clock: FixedClock
) -> None:
    webhook_id, _ = await subscribe(desk, halden, receiver.url, *MESSAGES)
    receiver.answers = [500] * 10
    await receive(desk, halden, said("One"), said("Two", sender="4711"))
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    later(clock, hours=25)
    assert await deliver(desk, halden, way_out) == [Done()]
    (webhook,) = await rows(desk, halden, "webhooks")
    assert webhook["paused_reason"].startswith("The endpoint took nothing for 25 hours.")
    assert [row["state"] for row in await log_of(desk, halden)] == [2, 2]
    assert (await rows(desk, halden, "events"))[-1]["name"] == "webhook_paused"
    # Paused, it is told nothing; switched on again, it is told what happens then.
    await receive(desk, halden, said("Unheard"))
    await happened(desk, halden)
    assert len(await log_of(desk, halden)) == 2
    async with desk.transaction(halden.account_id) as tx:
        await resume_webhook(tx, webhook_id, by=Actor.user(halden.administrator))
    receiver.answers = []
    await receive(desk, halden, said("Heard"))
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    assert receiver.delivered[-1].json["content"] == "Heard"


async def test_an_endpoint_that_says_it_is_gone_is_paused_at_once(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    receiver.answers = [410]
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    (webhook,) = await rows(desk, halden, "webhooks")
    assert webhook["paused_reason"] == "The endpoint answered 410: it is gone."


async def test_a_delivery_is_sent_again_by_hand_under_its_old_id(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    webhook_id, _ = await subscribe(desk, halden, receiver.url, *MESSAGES)
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    (row,) = await log_of(desk, halden)
    async with desk.transaction(halden.account_id) as tx:
        await send_again(tx, webhook_id, row["id"])
    await deliver(desk, halden, way_out)
    first, again = receiver.delivered
    assert first.headers["webhook-id"] == again.headers["webhook-id"]


async def test_a_private_address_is_refused_and_the_log_says_why(
    desk: Desk, halden: SmallDesk, receiver: Receiver, way_out: Workshop
) -> None:
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    async with outgoing_client(allow_private_targets=False) as guarded:
        await deliver(desk, halden, Workshop(desk, way_out.files, guarded, way_out.counters))
    (row,) = await log_of(desk, halden)
    assert "private address" in row["last_error"]
    assert receiver.delivered == []


async def test_an_account_that_never_had_a_webhook_is_asked_about_never(
    desk: Desk, halden: SmallDesk, transactions: list[int]
) -> None:
    await receive(desk, halden, said("One"), said("Two"), said("Three"))
    found = await facts(desk, halden)
    transactions.clear()
    for event in found:
        await queue_webhooks(event, desk)
    assert transactions == []


async def test_an_account_whose_webhooks_want_something_else_is_asked_about_once(
    desk: Desk, halden: SmallDesk, receiver: Receiver, transactions: list[int]
) -> None:
    await subscribe(desk, halden, receiver.url, "contact_updated")
    await receive(desk, halden, said("One"), said("Two"), said("Three"))
    found = await facts(desk, halden)
    transactions.clear()
    for event in found:
        await queue_webhooks(event, desk)
    assert transactions == [halden.account_id]


async def test_the_first_event_after_a_webhook_was_made_changed_or_ended_knows_it(
    desk: Desk, halden: SmallDesk, receiver: Receiver, settings: Settings, clock: FixedClock
) -> None:
    other = Desk.open(settings, clock=clock, connections=2)
    by = Actor.user(halden.administrator)

    async def queued() -> int:
        before = len(await log_of(desk, halden))
        await receive(other, halden, said("Hello"))
        await happened(desk, halden)
        return len(await log_of(desk, halden)) - before

    try:
        for _ in range(5):
            assert await queued() == 0
            webhook_id, _ = await subscribe(other, halden, receiver.url, *MESSAGES)
            assert await queued() == 1
            changes = {"subscriptions": ["contact_updated"]}
            async with other.transaction(halden.account_id) as tx:
                await update_webhook(tx, webhook_id, changes, by=by)
            assert await queued() == 0
            async with other.transaction(halden.account_id) as tx:
                await delete_webhook(tx, webhook_id, by=by)
    finally:
        await other.close()
