"""How the two logs travel: in order, in bounded batches, and again when a broker forgot."""

from datetime import timedelta
from uuid import uuid4

from desk.clock import FixedClock
from desk.events.envelope import decode as decode_event
from desk.store.desk import Desk
from desk.store.event_log import event_of
from desk.store.outbox import (
    EVENTS,
    INBOUND,
    begin_epoch,
    current_epoch,
    mark_published,
    next_unpublished,
)
from streams.publishing import IN_FLIGHT_SECONDS, UNMOVED_SECONDS, Sweeper, event_record
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.streams.arrivals import hook, journal, rows


async def unpublished(desk: Desk, *, limit: int = 10_000, at_most_bytes: int = 10**9) -> list[int]:
    async with desk.transaction_across_accounts(reason="a test plays the relay") as tx:
        found = await next_unpublished(tx, INBOUND, limit=limit, at_most_bytes=at_most_bytes)
    return [row["id"] for row in found]


async def publish(desk: Desk, at: SmallDesk, ids: list[int]) -> None:
    """The current broker has acknowledged these hooks."""
    async with desk.transaction_across_accounts(reason="a test plays the relay") as tx:
        epoch = await current_epoch(tx) or uuid4()
        await begin_epoch(tx, epoch)
        await mark_published(tx, INBOUND, [(at.account_id, number) for number in ids], epoch)


async def others_are_done(desk: Desk) -> None:
    async with desk.transaction_across_accounts(reason="a test puts others aside") as tx:
        await tx.execute("update inbound set done_at = now() where done_at is null")


async def test_what_has_not_travelled_comes_in_the_order_of_ids(
    desk: Desk, halden: SmallDesk
) -> None:
    await others_are_done(desk)
    ids = [row["id"] for row in await journal(desk, halden, [hook(halden, "x")] * 5)]
    assert await unpublished(desk) == ids
    assert await unpublished(desk, limit=2) == ids[:2]
    await publish(desk, halden, ids[:2])
    assert await unpublished(desk) == ids[2:]


async def test_a_batch_is_bounded_by_its_bytes_and_never_empty(
    desk: Desk, halden: SmallDesk
) -> None:
    await others_are_done(desk)
    ids = [row["id"] for row in await journal(desk, halden, [("s", b"x" * 1000)] * 5)]
    assert await unpublished(desk, at_most_bytes=2500) == ids[:3]
    assert await unpublished(desk, at_most_bytes=1) == ids[:1]


async def test_another_broker_gets_what_the_first_one_had_and_nobody_finished(
    desk: Desk, halden: SmallDesk
) -> None:
    await others_are_done(desk)
    ids = [row["id"] for row in await journal(desk, halden, [hook(halden, "x")] * 3)]
    await publish(desk, halden, ids)
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("update inbound set done_at = %s where id = %s", [tx.now, ids[1]])
    async with desk.transaction_across_accounts(reason="a test plays the relay") as tx:
        await begin_epoch(tx, uuid4())
    assert await unpublished(desk) == [ids[0], ids[2]]


async def test_an_epoch_that_returns_is_the_current_one_again(desk: Desk) -> None:
    first, second = uuid4(), uuid4()
    for epoch in (first, second, first, first):
        async with desk.transaction_across_accounts(reason="a test plays the relay") as tx:
            await begin_epoch(tx, epoch)
            assert await current_epoch(tx) == epoch


async def test_a_fact_travels_as_the_log_holds_it(desk: Desk, halden: SmallDesk) -> None:
    await receive(desk, halden, said("Hello"))
    async with desk.transaction_across_accounts(reason="a test plays the relay") as tx:
        found = await next_unpublished(tx, EVENTS, limit=10_000, at_most_bytes=10**9)
    mine = [row for row in found if row["account_id"] == halden.account_id]
    written = await rows(desk, halden, "events")
    assert [decode_event(event_record(row)[1]) for row in mine] == [
        event_of(row) for row in written
    ]
    key, _, headers = event_record(mine[-1])
    assert key == f"{halden.account_id}:{mine[-1]['conversation_id']}".encode()
    assert dict(headers)["account_id"] == str(halden.account_id).encode()


async def test_a_record_that_a_broker_took_and_no_worker_saw_travels_again(
    desk: Desk, halden: SmallDesk, clock: FixedClock
) -> None:
    await others_are_done(desk)
    ids = [row["id"] for row in await journal(desk, halden, [hook(halden, "x")] * 2)]
    await publish(desk, halden, ids)
    sweeper = Sweeper(INBOUND)
    assert await sweeper.sweep(desk, 0) == 0
    clock.set(clock.now() + timedelta(seconds=IN_FLIGHT_SECONDS + 1))
    assert await sweeper.sweep(desk, 10) == 0
    assert await sweeper.sweep(desk, 10 + UNMOVED_SECONDS - 1) == 0
    assert await sweeper.sweep(desk, 10 + UNMOVED_SECONDS) == 2
    assert await unpublished(desk) == ids


async def test_while_a_worker_is_only_behind_nothing_travels_again(
    desk: Desk, halden: SmallDesk, clock: FixedClock
) -> None:
    await others_are_done(desk)
    ids = [row["id"] for row in await journal(desk, halden, [hook(halden, "x")] * 4)]
    await publish(desk, halden, ids)
    clock.set(clock.now() + timedelta(seconds=IN_FLIGHT_SECONDS + 1))
    sweeper = Sweeper(INBOUND)
    for step, number in enumerate(ids):
        assert await sweeper.sweep(desk, step * UNMOVED_SECONDS) == 0
        async with desk.transaction(halden.account_id) as tx:
            await tx.execute("update inbound set done_at = %s where id = %s", [tx.now, number])
