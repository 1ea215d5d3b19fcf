"""Take out a contact that was entered and never wrote."""

from desk.events.contacts import ContactDeleted
from desk.store.transaction import TenantTx
from desk.store.unwanted_files import remove_avatar_later
from desk.tables.contacts import ContactRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, NotFound
from desk.words.ids import ContactId


async def delete_contact(tx: TenantTx, contact_id: ContactId, *, by: Actor) -> None:
    """Delete the contact with its addresses; one who has conversations stays, for their sake."""
    contact = await tx.session.get(ContactRow, (tx.account_id, contact_id), with_for_update=True)
    if contact is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    written = await tx.first(
        "select from conversations where account_id = %s and contact_id = %s limit 1",
        [tx.account_id, contact_id],
    )
    if written is not None:
        raise Conflict(
            "contact_has_conversations", "A contact with conversations cannot be deleted."
        )
    await remove_avatar_later(tx, contact.avatar_path)
    tx.record(ContactDeleted(contact_id), by=by)
    await tx.session.delete(contact)
