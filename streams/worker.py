"""`python -m streams.worker`: one Faust worker, until it is stopped or must start anew."""

import asyncio
import contextlib
from collections.abc import Awaitable, Collection, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import structlog

from desk.settings import Settings
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.outbox import current_epoch
from streams.app import build_app
from streams.guard import until_it_passes
from streams.reaching import answers, until_reachable
from streams.reporting import report_for_ever
from streams.running import run_process
from streams.side_by_side import end
from streams.topology import AGENTS, Agent
from streams.watchdog import Patience, Reason, Watchdog

log = structlog.get_logger()

STOP_SECONDS = 12.0
"""Longer than this an orderly stop is not waited for: what is not acknowledged comes again."""


async def work(
    settings: Settings,
    stop: asyncio.Event,
    *,
    patience: Patience | None = None,
    agents: Sequence[Agent] = AGENTS,
) -> Reason:
    """Work until told to stop, or until the watchdog or Faust itself gives a reason to leave."""
    desk = Desk.open(settings, connections=4)
    counters = Counters()
    kafka_url = settings.storage.kafka_url
    epoch = await _unless(stop, _epoch(desk, kafka_url))
    if epoch is None:
        return Reason.STOPPED
    watchdog = Watchdog(
        desk,
        epoch,
        [agent.topic for agent in agents],
        answers=partial(answers, kafka_url),
        patience=patience,
    )

    def progressed(agent: Agent) -> None:
        watchdog.progressed(agent.topic)

    consumers = [(agent, agent.consumer(desk, counters)) for agent in agents]
    app = build_app(settings, epoch, consumers, progressed=progressed)

    async def assigned(_: Any, partitions: Collection[Any], **__: Any) -> None:
        watchdog.assigned()
        log.info("assigned", partitions=len(partitions))

    app.on_partitions_assigned.connect(assigned)
    reporting = asyncio.create_task(report_for_ever(desk, counters))
    running = asyncio.create_task(_run(app))
    watching = asyncio.create_task(watchdog.watch())
    stopping = asyncio.create_task(stop.wait())
    log.info("started", epoch=str(epoch))
    await asyncio.wait({running, watching, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if stopping.done():
        reason = Reason.STOPPED
    elif running.done():
        reason = Reason.CRASHED
        log.error("crashed", exc_info=running.exception())
    else:
        reason = watching.result()
    log.info("leaving", reason=reason.value)
    await end([reporting, watching, stopping])
    if reason is Reason.BROKER_CHANGED:
        # There is nobody to take leave of: the group lived on a broker that is gone.
        return reason
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(app.stop(), STOP_SECONDS)
    return reason


async def _run(app: Any) -> None:
    """Returns or raises only when Faust has given up."""
    await app.start()
    await app.wait_until_stopped()


async def _epoch(desk: Desk, kafka_url: str) -> UUID:
    """The epoch of the broker that answers; on a new desk the relay has yet to write it down."""
    await until_reachable(kafka_url)
    said = False
    while True:
        found: list[UUID | None] = []

        async def look(into: list[UUID | None] = found) -> None:
            async with desk.transaction_across_accounts(
                reason="a worker asks for the broker's epoch"
            ) as tx:
                into.append(await current_epoch(tx))

        await until_it_passes(look)
        if found[-1] is not None:
            return found[-1]
        if not said:
            log.info("waiting_for_the_relay")
            said = True
        await asyncio.sleep(0.1)


async def _unless(stop: asyncio.Event, wanted: Awaitable[Any]) -> Any:
    """The result, or nothing if the worker was told to stop first."""
    task = asyncio.ensure_future(wanted)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if task.done():
        return task.result()
    task.cancel()
    return None


async def run(settings: Settings, stop: asyncio.Event) -> int:
    """Work; the exit code says whether something was wrong."""
    return (await work(settings, stop)).exit_code


if __name__ == "__main__":
    run_process("worker", run)
