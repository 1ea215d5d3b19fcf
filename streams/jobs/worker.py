"""`python -m streams.jobs.worker`: keeps the desk's promises, several at a time."""

import asyncio
from collections.abc import Mapping

import psycopg
import structlog

from desk.settings import Settings
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.jobs import CHANNEL, LOWEST_PRIORITY, Job
from ingest.outgoing import outgoing_client
from streams.failures import Verdict, judge
from streams.jobs import keeping
from streams.jobs.catalogue import KINDS
from streams.jobs.workshop import Keep, Workshop
from streams.reporting import report_for_ever
from streams.running import run_process
from streams.side_by_side import side_by_side
from streams.wakeups import RECONNECT_SECONDS, Bell, Wakeups

log = structlog.get_logger()

SLOTS = 8
URGENT_SLOTS = 2
"""Kept free for replies, whatever else there is to do."""
URGENT = 0
POLL_SECONDS = 0.5
HOLD_EVERY_SECONDS = 4.0
STOP_SECONDS = 10.0


class JobWorker:
    """Claims as many jobs as it has slots for, and does them beside one another."""

    def __init__(self, work: Workshop, kinds: Mapping[str, Keep]) -> None:
        self._work = work
        self._kinds = kinds
        self._running: dict[asyncio.Task[None], Job] = {}
        self.bell = Bell()

    async def work_for_ever(self) -> None:
        """Claim and do, until cancelled; what is under way goes on without it."""
        while True:
            await self.bell.wait(at_most=POLL_SECONDS)
            try:
                while await self._claim():
                    pass
            except Exception as error:
                if judge(error) is not Verdict.PASSES:
                    raise
                log.warning("waiting", error=type(error).__name__)
                await asyncio.sleep(RECONNECT_SECONDS)

    async def hold_for_ever(self) -> None:
        """Keep saying that the jobs under way are in good hands."""
        while True:
            await asyncio.sleep(HOLD_EVERY_SECONDS)
            if not self._running:
                continue
            try:
                await keeping.hold(self._work.desk, list(self._running.values()))
            except Exception as error:
                if judge(error) is not Verdict.PASSES:
                    raise
                log.warning("not_held", error=type(error).__name__)

    async def finish(self) -> None:
        """Let what is under way come to its end, for a while."""
        if self._running:
            await asyncio.wait(self._running, timeout=STOP_SECONDS)

    async def _claim(self) -> bool:
        """Fill the slots; whether there may be more to claim."""
        free = SLOTS - len(self._running)
        jobs: list[Job] = []
        if free > URGENT_SLOTS:
            jobs = await keeping.claim(
                self._work.desk, limit=free - URGENT_SLOTS, lowest_priority=LOWEST_PRIORITY
            )
        elif free > 0:
            jobs = await keeping.claim(self._work.desk, limit=free, lowest_priority=URGENT)
        for job in jobs:
            task = asyncio.create_task(self._keep(job))
            self._running[task] = job
            task.add_done_callback(self._done)
        return bool(jobs)

    async def _keep(self, job: Job) -> None:
        await keeping.keep(job, self._kinds, self._work)

    def _done(self, task: "asyncio.Task[None]") -> None:
        job = self._running.pop(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("job_not_reported", job=job.id, exc_info=task.exception())
        self.bell.ring()


async def work(settings: Settings, stop: asyncio.Event) -> int:
    """Work until told to stop."""
    desk = Desk.open(settings, connections=SLOTS)
    counters = Counters()
    async with outgoing_client(
        allow_private_targets=settings.security.allow_private_targets
    ) as http:
        worker = JobWorker(
            Workshop(desk, FileStore(settings.storage.files_url), http, counters), KINDS
        )
        log.info("started")
        try:
            await side_by_side(
                worker.work_for_ever(),
                worker.hold_for_ever(),
                _listen(settings, worker.bell),
                report_for_ever(desk, counters),
                _told_to(stop),
            )
        finally:
            await worker.finish()
    await desk.close()
    return 0


async def _told_to(stop: asyncio.Event) -> None:
    await stop.wait()


async def _listen(settings: Settings, bell: Bell) -> None:
    while True:
        async with Wakeups.connected(settings.storage.database_url, name="jobs") as wakeups:
            await wakeups.bell(CHANNEL, bell)
            try:
                await wakeups.hear()
            except psycopg.Error as error:
                log.warning("not_listening", error=type(error).__name__)
        await asyncio.sleep(RECONNECT_SECONDS)


if __name__ == "__main__":
    run_process("jobs", work)
