"""Look whether a promise is broken that has fallen due."""

from desk.actions.follow_sla import follow_sla
from desk.store.jobs import Job
from desk.words.ids import ConversationId
from streams.jobs.outcome import Done, Outcome
from streams.jobs.workshop import Workshop


async def watch_sla(job: Job, work: Workshop) -> Outcome:
    """Let the clocks hear all that happened before now; what is broken then is on record."""
    async with work.desk.transaction(job.account_id) as tx:
        await follow_sla(tx, ConversationId(job.payload["conversation_id"]))
    return Done()
