"""A visitor, or the site they are on, says who they are."""

from typing import Any

import msgspec
from sqlalchemy import select

from desk.access.hearing import Visitor
from desk.actions.keep_contact import update_contact
from desk.actions.move_conversations import move_conversations
from desk.actions.welcome_visitor import welcome_visitor
from desk.store.transaction import TenantTx
from desk.tables.contacts import ContactInboxRow, ContactRow
from desk.words.actor import Actor
from desk.words.errors import NotFound
from desk.words.ids import ContactId

_ONES_OWN = ("identifier", "email", "phone_number")
"""By these people are told apart: no two contacts of an account share one."""


class Claim(msgspec.Struct, frozen=True):
    """Who somebody says they are; what is absent is not said."""

    identifier: str | None = None
    name: str | None = None
    email: str | None = None
    phone_number: str | None = None
    custom_attributes: dict[str, Any] = msgspec.field(default_factory=dict)
    additional_attributes: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Any]:
        said = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: value for name, value in said.items() if value}


async def identify_visitor(
    tx: TenantTx, visitor: Visitor, claim: Claim, *, verified: bool
) -> ContactInboxRow:
    """Keep what is claimed; the address with which the visitor goes on, which may be another.

    Somebody new at the same browser gets an address of their own. An unknown visitor who claims
    to be a contact of ours becomes that contact to the agents, but sees no more than before, and
    changes nothing about the contact; only a verified claim leads to what was said elsewhere.
    """
    address = await _address(tx, visitor.contact_inbox_id)
    contact = await _contact(tx, address.contact_id)
    if claim.identifier and contact.identifier not in (None, claim.identifier):
        address = await welcome_visitor(tx, visitor.inbox_id)
        contact = await _contact(tx, address.contact_id)
    owner = await _owner(tx, claim)
    known_before = owner is not None and owner.id != contact.id
    if owner is not None and known_before and _may_become(contact, owner, claim):
        by = Actor.contact(ContactId(owner.id))
        theirs = await _verified_address(tx, owner, address) if verified else None
        target = theirs or address
        await move_conversations(tx, address, target, ContactId(owner.id), by=by)
        if theirs is None:
            address.contact_id = owner.id
        address, contact = target, owner
    if verified:
        address.hmac_verified = True
    await tx.session.flush()
    await _keep(tx, contact, claim, only_blanks=known_before and not verified)
    return address


def _may_become(contact: ContactRow, owner: ContactRow, claim: Claim) -> bool:
    """Only the unknown become somebody known, and nobody becomes whom they do not claim to be."""
    unknown = all(getattr(contact, name) is None for name in _ONES_OWN)
    return unknown and (claim.identifier is None or owner.identifier in (None, claim.identifier))


async def _keep(tx: TenantTx, contact: ContactRow, claim: Claim, *, only_blanks: bool) -> None:
    fields = claim.fields
    if only_blanks:
        fields = {name: value for name, value in fields.items() if not getattr(contact, name, None)}
    for name in _ONES_OWN:
        if name in fields and await _is_anothers(tx, contact, name, str(fields[name])):
            del fields[name]
    if fields:
        contact_id = ContactId(contact.id)
        await update_contact(tx, contact_id, fields, by=Actor.contact(contact_id))


async def _is_anothers(tx: TenantTx, contact: ContactRow, name: str, value: str) -> bool:
    owner = await _by(tx, name, value)
    return owner is not None and owner.id != contact.id


async def _owner(tx: TenantTx, claim: Claim) -> ContactRow | None:
    """The contact that has what is claimed: by identifier first, then by address."""
    for name in _ONES_OWN:
        value = getattr(claim, name)
        if value and (found := await _by(tx, name, value)) is not None:
            return found
    return None


async def _by(tx: TenantTx, name: str, value: str) -> ContactRow | None:
    column = getattr(ContactRow, name)
    same = column == (value.strip().lower() if name == "email" else value)
    found = await tx.session.execute(
        select(ContactRow)
        .where(ContactRow.account_id == tx.account_id, same)
        .order_by(ContactRow.id)
        .limit(1)
    )
    return found.scalar_one_or_none()


async def _verified_address(
    tx: TenantTx, owner: ContactRow, here: ContactInboxRow
) -> ContactInboxRow | None:
    """Where the owner was verified on this inbox before: at another browser, say."""
    found = await tx.session.execute(
        select(ContactInboxRow)
        .where(
            ContactInboxRow.account_id == tx.account_id,
            ContactInboxRow.inbox_id == here.inbox_id,
            ContactInboxRow.contact_id == owner.id,
            ContactInboxRow.hmac_verified,
        )
        .order_by(ContactInboxRow.id)
        .limit(1)
    )
    return found.scalar_one_or_none()


async def _address(tx: TenantTx, contact_inbox_id: int) -> ContactInboxRow:
    row = await tx.session.get(
        ContactInboxRow, (tx.account_id, contact_inbox_id), with_for_update=True
    )
    if row is None:
        raise NotFound("contact_not_found", "There is no such visitor.")
    return row


async def _contact(tx: TenantTx, contact_id: int) -> ContactRow:
    row = await tx.session.get(ContactRow, (tx.account_id, contact_id), with_for_update=True)
    if row is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    return row
