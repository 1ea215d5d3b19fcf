"""Look for conversations that were quiet for long, resolve them, and look again later."""

from datetime import timedelta

from desk.actions.resolve_quiet import AT_ONCE, EVERY, look_for_quiet, resolve_quiet
from desk.store.jobs import Job
from streams.jobs.outcome import Done, Outcome
from streams.jobs.workshop import Workshop


async def resolve_quiet_conversations(job: Job, work: Workshop) -> Outcome:
    """Resolve some; the next look is a job of its own."""
    async with work.desk.transaction(job.account_id) as tx:
        resolved = await resolve_quiet(tx)
        if resolved is not None:
            await look_for_quiet(tx, after=timedelta(0) if resolved == AT_ONCE else EVERY)
    return Done("nobody wants it" if resolved is None else f"resolved {resolved}")
