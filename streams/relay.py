"""`python -m streams.relay`: carries the two logs to the broker, and the events to the screens.

One relay holds the lock and works; others stand by. The screens are fed whether or not there is
a broker.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import structlog

from desk.settings import Settings, Storage
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.outbox import EVENTS, begin_epoch
from streams.broker import Broker
from streams.failures import Verdict, judge
from streams.feeding import feed_once
from streams.guard import until_it_passes
from streams.lookout import look_out_for_ever
from streams.publishing import ROUTES, Route, publish_for_ever, sweep_for_ever
from streams.reaching import until_reachable
from streams.reporting import report_for_ever
from streams.running import run_process
from streams.side_by_side import end, side_by_side
from streams.wakeups import Bell, Wakeups

log = structlog.get_logger()

LOCK = 7_316_020
STAND_BY_SECONDS = 0.5
POLL_SECONDS = 0.5
GATHER_SECONDS = 0.002
"""Between two feedings; the first after a silence does not wait."""
LOOK_AT_EPOCH_SECONDS = 1.0
RETRY_SECONDS = 0.5


class BrokerChanged(ConnectionError):
    """Another broker answers at the address: it knows nothing of what we told the first."""


async def relay(settings: Settings) -> None:
    """Work whenever the lock can be had, until cancelled."""
    desk = Desk.open(settings, connections=6)
    counters = Counters()
    reporting = asyncio.create_task(report_for_ever(desk, counters))
    try:
        while True:
            await _endure(lambda: _serve(desk, counters), "database")
    finally:
        await end([reporting])
        await desk.close()


async def _serve(desk: Desk, counters: Counters) -> None:
    """Take the lock and work for as long as its connection lasts."""
    url = desk.settings.storage.database_url
    async with Wakeups.connected(url, name="relay") as wakeups:
        while not await wakeups.lock(LOCK):
            await asyncio.sleep(STAND_BY_SECONDS)
        log.info("relaying")
        to_feed, fed = await wakeups.bell(EVENTS.channel), Bell()
        # Screens first: facts go to the broker when they have been told, or after the poll.
        to_publish = [
            (route, fed if route.log is EVENTS else await wakeups.bell(route.log.channel))
            for route in ROUTES
        ]
        await side_by_side(
            wakeups.hear(),
            _feed(desk, to_feed, fed, counters),
            _publish(desk, to_publish, counters),
            sweep_for_ever(desk),
            look_out_for_ever(desk),
        )


async def _feed(desk: Desk, bell: Bell, fed: Bell, counters: Counters) -> None:
    async def feed_all() -> None:
        while await feed_once(desk, counters):
            fed.ring()
            await asyncio.sleep(GATHER_SECONDS)

    while True:
        await bell.wait(at_most=POLL_SECONDS)
        await until_it_passes(feed_all)


async def _publish(desk: Desk, routes: Sequence[tuple[Route, Bell]], counters: Counters) -> None:
    while True:
        await until_reachable(desk.settings.storage.kafka_url)
        await _endure(lambda: _publish_to_one(desk, routes, counters), "broker")


async def _publish_to_one(
    desk: Desk, routes: Sequence[tuple[Route, Bell]], counters: Counters
) -> None:
    """Publish to the broker that answers, until it changes or fails."""
    async with Broker(desk.settings.storage) as broker:
        epoch = await broker.epoch()
        if epoch is None:
            epoch = await broker.found()
            log.info("new_broker", epoch=str(epoch))
        async with desk.transaction_across_accounts(
            reason="the broker's epoch is everybody's"
        ) as tx:
            await begin_epoch(tx, epoch)
        await _say_where(desk.settings.storage, broker, epoch)
        for _, bell in routes:
            bell.ring()
        await side_by_side(
            _watch_epoch(broker, epoch),
            *(
                publish_for_ever(desk, broker, epoch, route, bell, counters)
                for route, bell in routes
            ),
        )


async def _say_where(storage: Storage, broker: Broker, epoch: UUID) -> None:
    partitions = await broker.partitions()
    log.info("publishing", epoch=str(epoch), partitions=partitions)
    for route in ROUTES:
        if partitions.get(route.topic.value) != storage.kafka_partitions:
            log.warning(
                "partitions_differ",
                topic=route.topic.value,
                partitions=partitions.get(route.topic.value),
                kafka_partitions=storage.kafka_partitions,
            )


async def _watch_epoch(broker: Broker, epoch: UUID) -> None:
    while True:
        await asyncio.sleep(LOOK_AT_EPOCH_SECONDS)
        if await broker.epoch() != epoch:
            raise BrokerChanged


async def _endure(work: Callable[[], Awaitable[None]], what: str) -> None:
    """Do the work until it fails in a way that passes, then let a moment pass."""
    try:
        await work()
    except Exception as error:
        if judge(error) is not Verdict.PASSES:
            raise
        log.warning("interrupted", by=what, error=type(error).__name__)
        await asyncio.sleep(RETRY_SECONDS)


async def run(settings: Settings, stop: asyncio.Event) -> int:
    """Relay until told to stop."""

    async def stopped() -> None:
        await stop.wait()

    await side_by_side(relay(settings), stopped())
    return 0


if __name__ == "__main__":
    run_process("relay", run)
