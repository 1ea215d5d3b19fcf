"""Change many conversations, a page of them in a transaction, in the name of whoever asked."""

import msgspec

from desk.actions.change_in_bulk import AT_ONCE, BulkChange, change_in_bulk
from desk.store.jobs import Job, remember
from desk.store.people import member
from desk.words.ids import UserId
from streams.jobs.outcome import Done, Outcome
from streams.jobs.workshop import Workshop


async def change_conversations_in_bulk(job: Job, work: Workshop) -> Outcome:
    """A second try goes on where the first ended: what people did since stays as they did it."""
    change = msgspec.convert(job.payload["change"], BulkChange)
    numbers: list[int] = job.payload["numbers"]
    refused: int = job.payload.get("refused", 0)
    for first in range(job.payload.get("done", 0), len(numbers), AT_ONCE):
        async with work.desk.transaction(job.account_id) as tx:
            asker = await member(tx, UserId(job.payload["user_id"]))
            if asker is None:
                return Done("whoever asked has left")
            page = numbers[first : first + AT_ONCE]
            refused += len(await change_in_bulk(tx, asker.viewer, page, change))
            await remember(tx, job, {"done": first + len(page), "refused": refused})
    return Done(f"{refused} could not be changed" if refused else None)
