"""When an agent has resolved a conversation, the customer is asked how it went."""

from datetime import timedelta

from desk.actions.rate_conversation import ask_for_rating
from desk.events.conversations import ConversationStatusChanged, StatusReason
from desk.events.envelope import Event
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.tables.inboxes import InboxRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus

FACTS = (ConversationStatusChanged,)


async def ask_rating(event: Event, desk: Desk) -> None:
    """Send the question, where the inbox wants it and the customer may still be written to."""
    fact = event.fact
    if (
        not isinstance(fact, ConversationStatusChanged)
        or fact.after != ConversationStatus.RESOLVED
        or fact.reason is not StatusReason.AGENT
    ):
        return
    async with desk.transaction(event.account_id) as tx:
        inbox = await tx.session.get(InboxRow, (tx.account_id, fact.inbox_id))
        if inbox is None or not inbox.csat_survey_enabled:
            return
        conversation = await lock_conversation(tx, fact.conversation_id)
        if conversation.status != ConversationStatus.RESOLVED or conversation.merged_into_id:
            return
        hours = inbox.config.get("free_reply_hours")
        heard = conversation.last_incoming_at
        if hours is not None and (heard is None or tx.now - heard > timedelta(hours=hours)):
            return
        await ask_for_rating(
            tx,
            conversation,
            survey_url=f"{desk.settings.addresses.public_url}/survey/responses/{conversation.uuid}",
            by=Actor.system(),
        )
