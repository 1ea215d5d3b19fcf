"""Hear nothing more from a conversation's contact, or hear them again."""

from desk.actions.activity import add_activity_line
from desk.actions.change_status import change_status
from desk.events.contacts import ContactUpdated
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import ContactId


async def mute_conversation(tx: TenantTx, conversation: ConversationRow, *, by: Actor) -> None:
    """Resolve it and block the contact, in all their conversations."""
    if await _block(tx, conversation, blocked=True, by=by):
        await add_activity_line(tx, conversation, "{who} muted the conversation", by=by)
    await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)


async def unmute_conversation(tx: TenantTx, conversation: ConversationRow, *, by: Actor) -> None:
    """Take the contact's messages again; the conversation stays as it is."""
    if await _block(tx, conversation, blocked=False, by=by):
        await add_activity_line(tx, conversation, "{who} unmuted the conversation", by=by)


async def is_muted(tx: TenantTx, conversation: ConversationRow) -> bool:
    """Whether the contact is blocked."""
    row = await tx.one(
        "select blocked from contacts where account_id = %s and id = %s",
        [tx.account_id, conversation.contact_id],
    )
    return bool(row["blocked"])


async def _block(tx: TenantTx, conversation: ConversationRow, *, blocked: bool, by: Actor) -> bool:
    changed = await tx.execute(
        "update contacts set blocked = %s where account_id = %s and id = %s and blocked <> %s",
        [blocked, tx.account_id, conversation.contact_id, blocked],
    )
    if changed:
        conversation.updated_at = tx.now
        tx.record(ContactUpdated(ContactId(conversation.contact_id), ["blocked"]), by=by)
    return bool(changed)
