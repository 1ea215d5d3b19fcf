"""Give a contact its address on an inbox."""

from uuid import uuid4

from sqlalchemy import select

from desk.clock import new_token
from desk.store.transaction import TenantTx
from desk.tables.contacts import ContactInboxRow, ContactRow
from desk.tables.inboxes import InboxRow
from desk.words.channels import ChannelKind
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.ids import ContactId, InboxId


async def address_contact(
    tx: TenantTx, contact_id: ContactId, inbox_id: InboxId, source_id: str | None = None
) -> ContactInboxRow:
    """The contact's address on the inbox, made where there is none yet."""
    contact = await tx.session.get(ContactRow, (tx.account_id, contact_id), with_for_update=True)
    if contact is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    inbox = await tx.session.get(InboxRow, (tx.account_id, inbox_id))
    if inbox is None:
        raise NotFound("inbox_not_found", "There is no such inbox.")
    address = source_id or _address_on(ChannelKind(inbox.channel), contact)
    found = await tx.session.execute(
        select(ContactInboxRow).where(
            ContactInboxRow.account_id == tx.account_id,
            ContactInboxRow.inbox_id == inbox_id,
            ContactInboxRow.contact_id == contact_id,
            *([] if address is None else [ContactInboxRow.source_id == address]),
        )
    )
    known = found.scalars().first()
    if known is not None:
        return known
    address = address or str(uuid4())
    taken = await tx.first(
        "select from contact_inboxes where account_id = %s and inbox_id = %s and source_id = %s",
        [tx.account_id, inbox_id, address],
    )
    if taken is not None:
        raise Conflict("source_id_taken", "Another contact has this address.", field="source_id")
    row = ContactInboxRow(
        account_id=tx.account_id,
        contact_id=contact_id,
        inbox_id=inbox_id,
        source_id=address,
        pubsub_token=new_token(),
        created_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    return row


def _address_on(channel: ChannelKind, contact: ContactRow) -> str | None:
    """What the channel knows the contact by; nothing where the desk may make an address up."""
    if channel in (ChannelKind.WHATSAPP, ChannelKind.SMS):
        if contact.phone_number is None:
            raise Invalid(
                "contact_has_no_phone_number",
                "The contact has no phone number.",
                field="contact_id",
            )
        digits = contact.phone_number.removeprefix("+")
        return digits if channel is ChannelKind.WHATSAPP else contact.phone_number
    if channel is ChannelKind.EMAIL:
        if contact.email is None:
            raise Invalid("contact_has_no_email", "The contact has no e-mail.", field="contact_id")
        return contact.email.lower()
    if channel is ChannelKind.TELEGRAM:
        raise Invalid(
            "customer_must_begin", "On this channel only the customer can begin.", field="inbox_id"
        )
    return None
