"""Delete a contact, and what they wrote where somebody may delete that."""

from desk.actions.delete_conversations import delete_conversations
from desk.events.contacts import ContactDeleted
from desk.store.transaction import TenantTx
from desk.store.unwanted_files import remove_avatar_later
from desk.tables.contacts import ContactRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, NotFound
from desk.words.ids import ContactId


async def delete_contact(
    tx: TenantTx, contact_id: ContactId, *, by: Actor, with_conversations: bool = False
) -> None:
    """Delete the contact with addresses and notes; conversations only where they may go with it."""
    contact = await tx.session.get(ContactRow, (tx.account_id, contact_id), with_for_update=True)
    if contact is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    theirs = await tx.all(
        """select id from conversations where account_id = %s and contact_id = %s
           order by id for update""",
        [tx.account_id, contact_id],
    )
    if theirs and not with_conversations:
        raise Conflict(
            "contact_has_conversations", "A contact with conversations cannot be deleted."
        )
    if theirs:
        await delete_conversations(tx, [row["id"] for row in theirs], by=by)
    await remove_avatar_later(tx, contact.avatar_path)
    tx.record(ContactDeleted(contact_id), by=by)
    await tx.session.delete(contact)
