"""A customer turns out to be somebody we know: their conversations go to that contact."""

from desk.events.conversations import ConversationContactChanged
from desk.store.transaction import TenantTx
from desk.tables.contacts import ContactInboxRow
from desk.words.actor import Actor
from desk.words.ids import ContactId, ConversationId


async def move_conversations(
    tx: TenantTx, from_: ContactInboxRow, to: ContactInboxRow, contact_id: ContactId, *, by: Actor
) -> None:
    """Whatever was said at one address belongs to another from now on, or to another contact."""
    before = ContactId(from_.contact_id)
    rows = await tx.all(
        """update conversations set contact_id = %s, contact_inbox_id = %s, updated_at = %s
           where account_id = %s and contact_inbox_id = %s returning id""",
        [contact_id, to.id, tx.now, tx.account_id, from_.id],
    )
    ids = sorted(int(row["id"]) for row in rows)
    await tx.execute(
        """update messages set sender_id = %s where account_id = %s and conversation_id = any(%s)
           and sender_type = 'Contact' and sender_id = %s""",
        [contact_id, tx.account_id, ids, before],
    )
    for conversation_id in ids:
        tx.record(
            ConversationContactChanged(ConversationId(conversation_id), before, contact_id),
            by=by,
            conversation_id=ConversationId(conversation_id),
        )
