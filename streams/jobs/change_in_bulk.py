"""Change many conversations, a page of them in a transaction, in the name of whoever asked."""

import msgspec

from desk.actions.change_in_bulk import AT_ONCE, BulkChange, change_in_bulk
from desk.store.jobs import Job
from desk.store.people import member
from desk.words.ids import UserId
from streams.jobs.outcome import Done, Outcome
from streams.jobs.workshop import Workshop


async def change_conversations_in_bulk(job: Job, work: Workshop) -> Outcome:
    """Those that are changed already are left alone, so a second try does no harm."""
    change = msgspec.convert(job.payload["change"], BulkChange)
    numbers: list[int] = job.payload["numbers"]
    refused = 0
    for first in range(0, len(numbers), AT_ONCE):
        async with work.desk.transaction(job.account_id) as tx:
            asker = await member(tx, UserId(job.payload["user_id"]))
            if asker is None:
                return Done("whoever asked has left")
            page = numbers[first : first + AT_ONCE]
            refused += len(await change_in_bulk(tx, asker.viewer, page, change))
    return Done(f"{refused} could not be changed" if refused else None)
