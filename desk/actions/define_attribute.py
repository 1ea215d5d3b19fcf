"""Say what an account wants to know of its contacts and conversations, and take it back."""

from typing import Any

import msgspec
from sqlalchemy import select

from desk.events.custom_attributes import (
    CustomAttributeChanged,
    CustomAttributeDefined,
    CustomAttributeDropped,
)
from desk.rules.custom_attributes import KEY, LONGEST_KEY, Definition, fitted, regex_of
from desk.rules.filters import STANDARD_KEYS
from desk.store.custom_attributes import matches
from desk.store.transaction import TenantTx
from desk.tables.custom_attributes import CustomAttributeDefinitionRow
from desk.words.actor import Actor
from desk.words.custom_attributes import AttributeModel, AttributeType
from desk.words.errors import Conflict, Invalid, NotFound

MOST_DEFINITIONS = 500
MOST_CHOICES = 500
LONGEST_TEXT = 255
LONGEST_DESCRIPTION = 2_000
LONGEST_REGEX = 255

_NAMED = {
    "attribute_display_name": LONGEST_TEXT,
    "attribute_description": LONGEST_DESCRIPTION,
    "regex_cue": LONGEST_REGEX,
}


class AttributeWanted(msgspec.Struct, frozen=True):
    """An attribute of an account's own, as somebody wants it."""

    attribute_model: AttributeModel
    attribute_key: str
    attribute_display_name: str
    attribute_display_type: AttributeType = AttributeType.TEXT
    attribute_description: str | None = None
    attribute_values: list[str] = msgspec.field(default_factory=list)
    regex_pattern: str | None = None
    regex_cue: str | None = None
    default_value: Any = None


async def define_attribute(
    tx: TenantTx, wanted: AttributeWanted, *, by: Actor
) -> CustomAttributeDefinitionRow:
    """Define it; the key must be new to contacts or to conversations, and none of the desk's own."""
    await _free(tx, wanted.attribute_model, wanted.attribute_key)
    fields = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
    row = CustomAttributeDefinitionRow(
        account_id=tx.account_id, created_at=tx.now, updated_at=tx.now, **fields
    )
    await _check(tx, row)
    tx.session.add(row)
    await tx.session.flush()
    tx.record(CustomAttributeDefined(row.id), by=by)
    return row


async def change_attribute(
    tx: TenantTx, definition_id: int, changes: dict[str, Any], *, by: Actor
) -> CustomAttributeDefinitionRow:
    """Show it or check it in another way; values that are there already stay as they are."""
    row = await _row(tx, definition_id)
    for fixed in ("attribute_key", "attribute_model"):
        if fixed in changes and changes[fixed] != getattr(row, fixed):
            raise Invalid(
                f"{fixed}_is_fixed",
                f"The {fixed} stays: values are kept under it. Define another attribute.",
                field=fixed,
            )
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    if changed:
        await _check(tx, row)
        row.updated_at = tx.now
        tx.record(CustomAttributeChanged(row.id, sorted(changed)), by=by)
    return row


async def drop_attribute(tx: TenantTx, definition_id: int, *, by: Actor) -> None:
    """Check it no more; what contacts and conversations have under its key stays."""
    row = await _row(tx, definition_id)
    await tx.session.delete(row)
    tx.record(CustomAttributeDropped(row.id), by=by)


async def _row(tx: TenantTx, definition_id: int) -> CustomAttributeDefinitionRow:
    row = await tx.session.get(
        CustomAttributeDefinitionRow, (tx.account_id, definition_id), with_for_update=True
    )
    if row is None:
        raise NotFound("custom_attribute_not_found", "There is no such custom attribute.")
    return row


async def _free(tx: TenantTx, model: AttributeModel, key: str) -> None:
    if not KEY.fullmatch(key):
        raise Invalid(
            "attribute_key_malformed",
            f"A key has 1 to {LONGEST_KEY} letters, digits, spaces and _ - . characters.",
            field="attribute_key",
        )
    if key in STANDARD_KEYS[model]:
        raise Conflict(
            "attribute_key_is_ours",
            f"The desk itself calls something {key}.",
            field="attribute_key",
        )
    found = await tx.session.execute(
        select(
            CustomAttributeDefinitionRow.attribute_model, CustomAttributeDefinitionRow.attribute_key
        ).where(CustomAttributeDefinitionRow.account_id == tx.account_id)
    )
    taken = [tuple(row) for row in found]
    if (int(model), key) in taken:
        raise Conflict(
            "attribute_key_taken", f"There is already an attribute {key}.", field="attribute_key"
        )
    if len(taken) >= MOST_DEFINITIONS:
        raise Invalid("too_many_attributes", f"An account has at most {MOST_DEFINITIONS} of them.")


async def _check(tx: TenantTx, row: CustomAttributeDefinitionRow) -> None:
    if not row.attribute_display_name.strip():
        raise Invalid(
            "attribute_has_no_name", "Say how it is called.", field="attribute_display_name"
        )
    for name, most in _NAMED.items():
        text = getattr(row, name) or ""
        if len(text) > most or "\x00" in text:
            raise Invalid("text_too_long", f"At most {most} characters fit.", field=name)
    choices = row.attribute_values
    if len(choices) > MOST_CHOICES or any(
        not one.strip() or len(one) > LONGEST_TEXT or "\x00" in one for one in choices
    ):
        raise Invalid(
            "choices_malformed",
            f"At most {MOST_CHOICES} choices of 1 to {LONGEST_TEXT} characters.",
            field="attribute_values",
        )
    if row.regex_pattern:
        if len(row.regex_pattern) > LONGEST_REGEX or "\x00" in row.regex_pattern:
            raise Invalid(
                "text_too_long", f"At most {LONGEST_REGEX} characters fit.", field="regex_pattern"
            )
        regex = regex_of(row.regex_pattern, field="regex_pattern")
        await matches(tx, regex, "a" * LONGEST_TEXT, field="regex_pattern")
    known = Definition(row.attribute_key, AttributeType(row.attribute_display_type), tuple(choices))
    if row.default_value is not None:
        row.default_value = fitted(row.default_value, known, field="default_value")
