"""Say what a contact is about."""

from collections.abc import Sequence

from desk.events.contacts import ContactUpdated
from desk.store.labels import known_labels
from desk.store.transaction import TenantTx
from desk.tables.contacts import ContactRow
from desk.words.actor import Actor
from desk.words.errors import NotFound
from desk.words.ids import ContactId


async def label_contact(
    tx: TenantTx, contact_id: ContactId, titles: Sequence[str], *, by: Actor
) -> None:
    """Replace the contact's labels; all must be labels of the account."""
    contact = await tx.session.get(ContactRow, (tx.account_id, contact_id), with_for_update=True)
    if contact is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    wanted = await known_labels(tx, titles)
    if sorted(contact.label_ids) != wanted:
        contact.label_ids = wanted
        tx.record(ContactUpdated(contact_id, ["labels"]), by=by)
