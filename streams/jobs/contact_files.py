"""What jobs about files of contacts share: whoever asked learns that it was given up."""

from collections.abc import Awaitable, Callable

from desk.actions.transfer_contacts import give_up_transfer
from desk.store.jobs import Job
from streams.failures import Verdict, judge, reason_of
from streams.jobs.outcome import Outcome
from streams.jobs.workshop import Workshop


async def carried_out(
    job: Job, work: Workshop, carry_out: Callable[[Job, Workshop, int], Awaitable[Outcome]]
) -> Outcome:
    """A try; when it is the last one and fails, the transfer says so."""
    transfer_id = int(job.payload["transfer_id"])
    try:
        return await carry_out(job, work, transfer_id)
    except Exception as error:
        if job.attempt >= job.max_attempts and judge(error) is not Verdict.PASSES:
            async with work.desk.transaction(job.account_id) as tx:
                await give_up_transfer(tx, transfer_id, reason_of(error))
        raise
