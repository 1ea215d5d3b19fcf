"""A client of an API inbox brings a customer."""

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from desk.actions.address_contact import address_contact
from desk.actions.keep_contact import create_contact
from desk.store.transaction import TenantTx
from desk.tables.contacts import ContactInboxRow, ContactRow
from desk.words.actor import Actor
from desk.words.ids import ContactId, InboxId

_ONES_OWN = ("identifier", "email", "phone_number")
"""By these people are told apart, in this order."""


async def admit_contact(
    tx: TenantTx,
    inbox_id: InboxId,
    fields: dict[str, Any],
    *,
    source_id: str | None,
    verified: bool,
) -> ContactInboxRow:
    """The customer's address on the inbox: the one asked for, or a new one.

    Somebody the account knows by identifier, e-mail or number stays the contact they are, and
    keeps what is known about them; everybody else is entered.
    """
    if source_id is not None and (known := await _address(tx, inbox_id, source_id)) is not None:
        return known
    contact = await _known(tx, fields)
    if contact is None:
        named = {**fields, "name": fields.get("name") or _name(fields)}
        contact = await create_contact(tx, named, by=Actor.system())
    address = await address_contact(tx, ContactId(contact.id), inbox_id, source_id or str(uuid4()))
    if verified:
        address.hmac_verified = True
        await tx.session.flush()
    return address


async def _address(tx: TenantTx, inbox_id: InboxId, source_id: str) -> ContactInboxRow | None:
    found = await tx.session.execute(
        select(ContactInboxRow).where(
            ContactInboxRow.account_id == tx.account_id,
            ContactInboxRow.inbox_id == inbox_id,
            ContactInboxRow.source_id == source_id,
        )
    )
    return found.scalar_one_or_none()


async def _known(tx: TenantTx, fields: dict[str, Any]) -> ContactRow | None:
    for name in _ONES_OWN:
        value = fields.get(name)
        if not value:
            continue
        column = getattr(ContactRow, name)
        same = column == (value.strip().lower() if name == "email" else value)
        found = await tx.session.execute(
            select(ContactRow)
            .where(ContactRow.account_id == tx.account_id, same)
            .order_by(ContactRow.id)
            .limit(1)
        )
        if (contact := found.scalar_one_or_none()) is not None:
            return contact
    return None


def _name(fields: dict[str, Any]) -> str:
    for name in ("email", "phone_number", "identifier"):
        if fields.get(name):
            return str(fields[name])[:255]
    return "Customer"
