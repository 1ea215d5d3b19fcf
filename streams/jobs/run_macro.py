"""Run a macro on many conversations, one after the other, in the name of whoever asked."""

import msgspec

from desk.automation.run_macro import MacroToRun, run_macro
from desk.store.conversations import conversation_by_number
from desk.store.jobs import Job
from desk.store.people import member
from desk.words.errors import NotFound
from desk.words.ids import DisplayId, UserId
from streams.jobs.outcome import Done, Outcome
from streams.jobs.workshop import Workshop


async def run_macro_on_many(job: Job, work: Workshop) -> Outcome:
    """Each once, however often the job is tried; what the asker may not see is passed over."""
    macro = msgspec.convert(job.payload["macro"], MacroToRun)
    user_id = UserId(job.payload["user_id"])
    for number in job.payload["numbers"]:
        async with work.desk.transaction(job.account_id) as tx:
            asker = await member(tx, user_id)
            if asker is None:
                return Done("whoever asked has left")
            try:
                conversation = await conversation_by_number(tx, DisplayId(number), asker.viewer)
            except NotFound:
                continue
            await run_macro(tx, macro, conversation, by=user_id)
    return Done()
