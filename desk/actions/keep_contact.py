"""Enter, correct, block and erase contacts."""

import re
from typing import Any

from sqlalchemy import select

from desk.events.contacts import ContactCreated, ContactUpdated
from desk.rules.custom_attributes import bounded, small_enough
from desk.store.custom_attributes import fitting
from desk.store.transaction import TenantTx
from desk.tables.contacts import ContactRow
from desk.words.actor import Actor
from desk.words.custom_attributes import AttributeModel
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.ids import ContactId

_PHONE = re.compile(r"\+[1-9]\d{1,14}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_LONGEST = {"name": 255, "email": 320, "identifier": 255}

FIELDS = {
    "name",
    "email",
    "phone_number",
    "identifier",
    "blocked",
    "additional_attributes",
    "custom_attributes",
}
"""What can be said about a contact."""


async def create_contact(tx: TenantTx, fields: dict[str, Any], *, by: Actor) -> ContactRow:
    """Enter a contact; e-mail address and identifier must be the account's only ones."""
    contact = ContactRow(account_id=tx.account_id, created_at=tx.now, **await _checked(tx, fields))
    tx.session.add(contact)
    await tx.session.flush()
    tx.record(ContactCreated(ContactId(contact.id)), by=by)
    return contact


async def update_contact(
    tx: TenantTx, contact_id: ContactId, fields: dict[str, Any], *, by: Actor
) -> ContactRow:
    """Correct a contact; attributes given are merged into those there are."""
    contact = await tx.session.get(ContactRow, (tx.account_id, contact_id), with_for_update=True)
    if contact is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    checked = await _checked(tx, fields, but=contact_id)
    for attributes in ("additional_attributes", "custom_attributes"):
        if attributes in checked:
            merged = {**getattr(contact, attributes), **checked[attributes]}
            small_enough(merged, field=attributes)
            checked[attributes] = merged
    changed = [field for field, value in checked.items() if getattr(contact, field) != value]
    for field in changed:
        setattr(contact, field, checked[field])
    if changed:
        tx.record(ContactUpdated(contact_id, sorted(changed)), by=by)
    return contact


async def forget_attributes(
    tx: TenantTx, contact_id: ContactId, keys: list[str], *, by: Actor
) -> None:
    """Take custom attributes away; keys that are not there do no harm."""
    contact = await tx.session.get(ContactRow, (tx.account_id, contact_id), with_for_update=True)
    if contact is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    kept = {key: value for key, value in contact.custom_attributes.items() if key not in keys}
    if kept != contact.custom_attributes:
        contact.custom_attributes = kept
        tx.record(ContactUpdated(contact_id, ["custom_attributes"]), by=by)


async def _checked(
    tx: TenantTx, fields: dict[str, Any], *, but: ContactId | None = None
) -> dict[str, Any]:
    unknown = sorted(set(fields) - FIELDS)
    if unknown:
        raise Invalid("unknown_contact_fields", f"A contact has no {', '.join(unknown)}.")
    checked = dict(fields)
    for field, longest in _LONGEST.items():
        text = checked.get(field) or ""
        if len(text) > longest or "\x00" in text:
            raise Invalid(f"{field}_too_long", f"At most {longest} characters fit.", field=field)
    if "custom_attributes" in checked:
        checked["custom_attributes"] = await fitting(
            tx, AttributeModel.CONTACT_ATTRIBUTE, checked["custom_attributes"]
        )
    if "additional_attributes" in checked:
        bounded(checked["additional_attributes"], field="additional_attributes")
    for field in ("email", "phone_number", "identifier"):
        if field in checked:
            checked[field] = (checked[field] or "").strip() or None
    if checked.get("email"):
        checked["email"] = checked["email"].lower()
        if not _EMAIL.fullmatch(checked["email"]):
            raise Invalid("email_malformed", "The e-mail address has no @.", field="email")
        await _free(tx, ContactRow.email == checked["email"], "email", but)
    if checked.get("phone_number"):
        if not _PHONE.fullmatch(checked["phone_number"]):
            raise Invalid(
                "phone_malformed",
                "A phone number is written +15550100: plus, country, digits.",
                field="phone_number",
            )
        await _free(tx, ContactRow.phone_number == checked["phone_number"], "phone_number", but)
    if checked.get("identifier"):
        await _free(tx, ContactRow.identifier == checked["identifier"], "identifier", but)
    return checked


async def _free(tx: TenantTx, condition: Any, field: str, but: ContactId | None) -> None:
    found = await tx.session.execute(
        select(ContactRow.id).where(ContactRow.account_id == tx.account_id, condition)
    )
    if any(contact_id != but for contact_id in found.scalars()):
        raise Conflict(f"{field}_taken", f"Another contact has this {field}.", field=field)
