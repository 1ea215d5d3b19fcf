"""`python -m streams.relay`: carries the two logs to the broker, and the events to the screens.

One relay holds the lock and works; others stand by. The screens are fed whether or not there is
a broker.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import structlog
import uvloop

from desk.logs import configure_logs
from desk.settings import Settings, SettingsError
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.outbox import EVENTS, begin_epoch
from streams.broker import Broker
from streams.failures import Verdict, judge
from streams.feeding import feed_once
from streams.guard import until_it_passes
from streams.publishing import ROUTES, Route, publish_for_ever, sweep_for_ever
from streams.reporting import report_for_ever
from streams.wakeups import Bell, Wakeups

log = structlog.get_logger()

LOCK = 7_316_020
STAND_BY_SECONDS = 0.5
POLL_SECONDS = 0.5
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
        reporting.cancel()
        await desk.close()


async def _serve(desk: Desk, counters: Counters) -> None:
    """Take the lock and work for as long as its connection lasts."""
    url = desk.settings.storage.database_url
    async with Wakeups.connected(url, name="relay") as wakeups:
        while not await wakeups.lock(LOCK):
            await asyncio.sleep(STAND_BY_SECONDS)
        log.info("relaying")
        to_feed = await wakeups.bell(EVENTS.channel)
        to_publish = [(route, await wakeups.bell(route.log.channel)) for route in ROUTES]
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(wakeups.hear())
            tasks.create_task(_feed(desk, to_feed, counters))
            tasks.create_task(_publish(desk, to_publish, counters))
            tasks.create_task(sweep_for_ever(desk))


async def _feed(desk: Desk, bell: Bell, counters: Counters) -> None:
    async def feed_all() -> None:
        while await feed_once(desk, counters):
            pass

    while True:
        await bell.wait(at_most=POLL_SECONDS)
        await until_it_passes(feed_all)


async def _publish(desk: Desk, routes: Sequence[tuple[Route, Bell]], counters: Counters) -> None:
    while True:
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
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_watch_epoch(broker, epoch))
            for route, bell in routes:
                bell.ring()
                tasks.create_task(publish_for_ever(desk, broker, epoch, route, bell, counters))


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
        failures = _leaves(error)
        if any(judge(failure) is not Verdict.PASSES for failure in failures):
            raise
        names = sorted({type(failure).__name__ for failure in failures})
        log.warning("interrupted", by=what, errors=names)
        await asyncio.sleep(RETRY_SECONDS)


def _leaves(error: Exception) -> list[Exception]:
    if not isinstance(error, ExceptionGroup):
        return [error]
    return [leaf for inner in error.exceptions for leaf in _leaves(inner)]


async def _main(settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    working = asyncio.create_task(relay(settings))
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, working.cancel)
    await asyncio.wait({working})
    if not working.cancelled():
        working.result()


def main() -> None:
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    configure_logs("relay", settings.log_level)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_main(settings))
    log.info("left")


if __name__ == "__main__":
    main()
