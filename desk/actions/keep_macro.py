"""Make, change and drop macros; what they may do is checked before."""

from typing import Any

import msgspec

from desk.access.audience import Viewer
from desk.events.macros import MacroCreated, MacroDeleted, MacroUpdated
from desk.store.macros import macro_row
from desk.store.transaction import TenantTx
from desk.tables.macros import MacroRow
from desk.words.actor import Actor
from desk.words.errors import Forbidden, Invalid
from desk.words.macros import Visibility

LONGEST_NAME = 255
MOST_MACROS = 1_000
"""In one account."""


class MacroWanted(msgspec.Struct, frozen=True):
    """A macro as it is to be kept; its actions are known to make sense."""

    name: str
    actions: list[dict[str, Any]]
    visibility: Visibility = Visibility.PERSONAL


async def keep_macro(tx: TenantTx, viewer: Viewer, wanted: MacroWanted) -> int:
    """Make a macro; an agent's is their own, whatever they say."""
    await _leave_room(tx)
    row = MacroRow(
        account_id=tx.account_id,
        name=_named(wanted.name),
        visibility=int(wanted.visibility if viewer.sees_all else Visibility.PERSONAL),
        actions=wanted.actions,
        created_by_id=viewer.user_id,
        updated_by_id=viewer.user_id,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.record(MacroCreated(row.id), by=Actor.user(viewer.user_id))
    return int(row.id)


async def change_macro(
    tx: TenantTx, viewer: Viewer, macro_id: int, changes: dict[str, Any]
) -> None:
    """Let name, actions or visibility be as given."""
    row = await _own(tx, viewer, macro_id)
    if "name" in changes:
        changes["name"] = _named(changes["name"])
    if "visibility" in changes:
        given = changes["visibility"]
        changes["visibility"] = int(given if viewer.sees_all else Visibility.PERSONAL)
    changed = [field for field, value in changes.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, changes[field])
    if changed:
        row.updated_by_id, row.updated_at = viewer.user_id, tx.now
        tx.record(MacroUpdated(macro_id, sorted(changed)), by=Actor.user(viewer.user_id))


async def drop_macro(tx: TenantTx, viewer: Viewer, macro_id: int) -> None:
    """End a macro; what was done by it stays on record."""
    row = await _own(tx, viewer, macro_id)
    await tx.session.delete(row)
    tx.record(MacroDeleted(macro_id), by=Actor.user(viewer.user_id))


async def _own(tx: TenantTx, viewer: Viewer, macro_id: int) -> MacroRow:
    row = await macro_row(tx, macro_id, viewer, lock=True)
    if row.visibility == Visibility.GLOBAL and not viewer.sees_all:
        raise Forbidden("macro_is_everybodys", "Only administrators change what all agents use.")
    return row


def _named(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid(
            "name_malformed", f"A macro's name has 1 to {LONGEST_NAME} characters.", field="name"
        )
    return name


async def _leave_room(tx: TenantTx) -> None:
    row = await tx.one("select count(*) as n from macros where account_id = %s", [tx.account_id])
    if row["n"] >= MOST_MACROS:
        raise Invalid("too_many_macros", f"An account keeps at most {MOST_MACROS:,} macros.")
