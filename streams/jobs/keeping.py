"""One try at one job, from its claim to its report."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import structlog

from desk.store.desk import Desk
from desk.store.jobs import Job, claim_jobs, finish_job, hold_longer
from desk.watching.origin import Origin
from desk.watching.watch import current_watch
from desk.watching.work import handling
from streams.failures import Verdict, judge, reason_of
from streams.guard import until_it_passes
from streams.jobs.outcome import Again, Done, Failed, Outcome, pause_after
from streams.jobs.workshop import Keep, Workshop

log = structlog.get_logger()

HOLD = timedelta(seconds=15)
"""A worker that is alive asks for more time long before this is over."""
SLOW_SECONDS = 30.0


async def claim(desk: Desk, *, limit: int, lowest_priority: int, per_account: int = 4) -> list[Job]:
    """Due jobs, fairly shared among accounts."""
    async with desk.transaction_across_accounts(reason="a job worker serves every account") as tx:
        return await claim_jobs(
            tx,
            limit=limit,
            per_account=per_account,
            hold=HOLD,
            lowest_priority=lowest_priority,
        )


async def hold(desk: Desk, jobs: list[Job]) -> None:
    """Say that this worker still works on them."""
    async with desk.transaction_across_accounts(reason="a job worker serves every account") as tx:
        await hold_longer(tx, jobs, hold=HOLD)


async def keep(job: Job, kinds: Mapping[str, Keep], work: Workshop) -> Outcome:
    """Try the job and report how it came out."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    slow = loop.call_later(SLOW_SECONDS, _warn, job)
    try:
        with handling(
            f"job {job.kind}",
            [Origin(job.account_id, job.created_at)],
            account=job.account_id,
            job=job.id,
            kind=job.kind,
            attempt=job.attempt,
        ):
            outcome = await _try(job, kinds, work)
    finally:
        slow.cancel()
    _count(job, outcome, loop.time() - began)
    await until_it_passes(lambda: _report(job, outcome, work))
    work.counters.add(f"jobs_{type(outcome).__name__.lower()}")
    if isinstance(outcome, Failed):
        log.warning("job_failed", account=job.account_id, job=job.id, kind=job.kind)
    return outcome


async def _try(job: Job, kinds: Mapping[str, Keep], work: Workshop) -> Outcome:
    if job.kind not in kinds:
        return Failed(f"there is nobody who does {job.kind!r}")
    try:
        return await kinds[job.kind](job, work)
    except Exception as error:
        if judge(error) is Verdict.BUG:
            log.exception("job_broke", account=job.account_id, job=job.id, kind=job.kind)
        if job.attempt >= job.max_attempts and judge(error) is not Verdict.PASSES:
            return Failed(reason_of(error))
        return Again(reason_of(error), pause_after(job.attempt))


async def _report(job: Job, outcome: Outcome, work: Workshop) -> None:
    async with work.desk.transaction(job.account_id) as tx:
        match outcome:
            case Done(detail):
                await finish_job(tx, job, outcome="done", detail=detail)
            case Failed(reason):
                await finish_job(tx, job, outcome="failed", detail=reason)
            case Again(reason, after, remember):
                await finish_job(
                    tx,
                    job,
                    outcome="again",
                    detail=reason,
                    again_at=tx.now + after,
                    remember=remember,
                )


def _count(job: Job, outcome: Outcome, seconds: float) -> None:
    watch = current_watch()
    watch.timing(f"jobs.{job.kind}", seconds, account=job.account_id)
    watch.count(f"jobs.{job.kind}.{type(outcome).__name__.lower()}", account=job.account_id)


def _warn(job: Job) -> None:
    log.warning("slow_job", account=job.account_id, job=job.id, kind=job.kind, seconds=SLOW_SECONDS)
