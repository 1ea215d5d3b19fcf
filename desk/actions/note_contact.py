"""Write down what colleagues should know about a contact."""

from desk.events.contacts import ContactNoteChanged, ContactNoteDeleted, ContactNoteWritten
from desk.store.contacts import require_contact
from desk.store.transaction import TenantTx
from desk.tables.contacts import ContactNoteRow
from desk.words.actor import Actor, ActorKind
from desk.words.conversation import MAX_CONTENT
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ContactId

MOST_NOTES = 1000


async def write_note(
    tx: TenantTx, contact_id: ContactId, content: str, *, by: Actor
) -> ContactNoteRow:
    """Add a note."""
    await require_contact(tx, contact_id)
    counted = await tx.one(
        "select count(*) as n from contact_notes where account_id = %s and contact_id = %s",
        [tx.account_id, contact_id],
    )
    if counted["n"] >= MOST_NOTES:
        raise Invalid("too_many_notes", f"A contact has at most {MOST_NOTES} notes.")
    row = ContactNoteRow(
        account_id=tx.account_id,
        contact_id=contact_id,
        user_id=by.id if by.kind is ActorKind.USER else None,
        content=_checked(content),
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.record(ContactNoteWritten(contact_id, row.id), by=by)
    return row


async def change_note(
    tx: TenantTx, contact_id: ContactId, note_id: int, content: str, *, by: Actor
) -> None:
    """Give a note another text."""
    row = await _note(tx, contact_id, note_id)
    if row.content == _checked(content):
        return
    row.content = content
    row.updated_at = tx.now
    tx.record(ContactNoteChanged(contact_id, note_id), by=by)


async def delete_note(tx: TenantTx, contact_id: ContactId, note_id: int, *, by: Actor) -> None:
    """Take a note back."""
    await tx.session.delete(await _note(tx, contact_id, note_id))
    tx.record(ContactNoteDeleted(contact_id, note_id), by=by)


async def _note(tx: TenantTx, contact_id: ContactId, note_id: int) -> ContactNoteRow:
    row = await tx.session.get(ContactNoteRow, (tx.account_id, note_id), with_for_update=True)
    if row is None or row.contact_id != contact_id:
        raise NotFound("note_not_found", "There is no such note.")
    return row


def _checked(content: str) -> str:
    if not content.strip() or len(content) > MAX_CONTENT or "\x00" in content:
        raise Invalid(
            "content_malformed", f"A note has 1 to {MAX_CONTENT:,} characters.", field="content"
        )
    return content
