"""Somebody opened a website's chat for the first time."""

from uuid import uuid4

from desk.actions.address_contact import address_contact
from desk.actions.keep_contact import create_contact
from desk.store.transaction import TenantTx
from desk.tables.contacts import ContactInboxRow
from desk.words.actor import Actor
from desk.words.ids import ContactId, InboxId


async def welcome_visitor(tx: TenantTx, inbox_id: InboxId) -> ContactInboxRow:
    """Enter a contact nobody knows anything about, with an address of their own on the inbox."""
    contact = await create_contact(tx, {}, by=Actor.system())
    return await address_contact(tx, ContactId(contact.id), inbox_id, str(uuid4()))
