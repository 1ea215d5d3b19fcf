"""Outgoing webhooks on their way: order, failures, rest, and who waits for whom."""

import asyncio
import threading
import time
from datetime import timedelta

from typing_extensions import override

from desk.actions.keep_webhook import (
    resume_webhook,
    send_again,
)
from desk.actions.queue_deliveries import DELIVER_WEBHOOK
from desk.clock import FixedClock
from desk.store.desk import Desk
from desk.store.jobs import LOWEST_PRIORITY
from desk.words.actor import Actor
from desk.words.webhooks import MOST_TRIES
from ingest.outgoing import outgoing_client
from streams.jobs import deliver_webhook as delivering
from streams.jobs.keeping import claim, keep
from streams.jobs.outcome import Again, Done
from streams.jobs.workshop import Workshop
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import receive, said
from tests.streams.arrivals import rows
from tests.streams.promises import due
from tests.streams.webhook_receiver import Delivered, Receiver, receiving
from tests.streams.webhook_stories import (
    KINDS,
    MESSAGES,
    deliver,
    happened,
    later,
    log_of,
    subscribe,
)


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
    receiver.refused_once = {"0"}
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
