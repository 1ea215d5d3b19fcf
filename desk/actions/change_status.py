"""Open, resolve, put on hold or snooze a conversation."""

from datetime import datetime

from desk.actions.activity import add_activity_line
from desk.events.conversations import ConversationStatusChanged, StatusReason
from desk.store.jobs import drop_job, queue_job
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor, ActorKind
from desk.words.conversation import ConversationStatus
from desk.words.errors import Invalid
from desk.words.ids import ConversationId, InboxId, TeamId, UserId

WAKE_CONVERSATION = "wake_conversation"
"""The kind of the job that opens a conversation when its snooze ends."""

_LINES = {
    ConversationStatus.OPEN: "{who} reopened the conversation",
    ConversationStatus.RESOLVED: "{who} resolved the conversation",
    ConversationStatus.PENDING: "{who} marked the conversation as pending",
    ConversationStatus.SNOOZED: "{who} snoozed the conversation",
}

_REASONS = {
    ActorKind.USER: StatusReason.AGENT,
    ActorKind.CONTACT: StatusReason.CUSTOMER_MESSAGE,
    ActorKind.RULE: StatusReason.AUTOMATION,
    ActorKind.BOT: StatusReason.AUTOMATION,
    ActorKind.PLATFORM: StatusReason.AUTOMATION,
    ActorKind.SYSTEM: StatusReason.AUTOMATION,
}


async def change_status(
    tx: TenantTx,
    conversation: ConversationRow,
    to: ConversationStatus,
    *,
    by: Actor,
    snoozed_until: datetime | None = None,
    reason: StatusReason | None = None,
) -> None:
    """Move the conversation; snoozed without a time lasts until the customer writes."""
    before = ConversationStatus(conversation.status)
    if to is not ConversationStatus.SNOOZED:
        snoozed_until = None
    elif snoozed_until is not None and snoozed_until <= tx.now:
        raise Invalid(
            "snooze_in_the_past", "Snooze until a time that is yet to come.", field="snoozed_until"
        )
    if before is to and conversation.snoozed_until == snoozed_until:
        return
    conversation.status = int(to)
    conversation.snoozed_until = snoozed_until
    conversation.updated_at = tx.now
    if to is ConversationStatus.RESOLVED:
        conversation.waiting_since = None
    if snoozed_until is not None:
        await queue_job(
            tx,
            WAKE_CONVERSATION,
            str(conversation.id),
            {"conversation_id": conversation.id},
            due_at=snoozed_until,
            priority=3,
        )
    elif before is ConversationStatus.SNOOZED:
        await drop_job(tx, WAKE_CONVERSATION, str(conversation.id))
    tx.record(
        ConversationStatusChanged(
            ConversationId(conversation.id),
            InboxId(conversation.inbox_id),
            before=int(before),
            after=int(to),
            reason=reason or _REASONS[by.kind],
            assignee_id=UserId(conversation.assignee_id) if conversation.assignee_id else None,
            team_id=TeamId(conversation.team_id) if conversation.team_id else None,
            snoozed_until=snoozed_until,
        ),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
    line = _LINES[to]
    if reason is StatusReason.SNOOZE_ENDED:
        line = "The snooze ended"
    elif by.kind is ActorKind.BOT and before is ConversationStatus.PENDING:
        line = "{who} handed the conversation over"
    await add_activity_line(tx, conversation, line, by=by)
