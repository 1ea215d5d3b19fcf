"""Open a conversation whose snooze is over."""

from desk.actions.change_status import change_status
from desk.events.conversations import StatusReason
from desk.store.conversations import lock_conversation
from desk.store.jobs import Job
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.errors import NotFound
from desk.words.ids import ConversationId
from streams.jobs.outcome import Done, Outcome
from streams.jobs.workshop import Workshop


async def wake_conversation(job: Job, work: Workshop) -> Outcome:
    """Open it, unless somebody did or snoozed it for longer."""
    async with work.desk.transaction(job.account_id) as tx:
        try:
            conversation = await lock_conversation(
                tx, ConversationId(job.payload["conversation_id"])
            )
        except NotFound:
            return Done("the conversation is gone")
        until = conversation.snoozed_until
        if conversation.status != ConversationStatus.SNOOZED or until is None or until > tx.now:
            return Done("it does not sleep")
        await change_status(
            tx,
            conversation,
            ConversationStatus.OPEN,
            by=Actor.system(),
            reason=StatusReason.SNOOZE_ENDED,
        )
    return Done()
