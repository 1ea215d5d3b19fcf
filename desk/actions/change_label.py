"""Rename labels and take them out of use."""

from typing import Any

from desk.actions.form_team import checked_color, checked_title
from desk.events.administration import LabelDeleted, LabelUpdated
from desk.store.transaction import TenantTx
from desk.tables.teams import LabelRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, Invalid, NotFound

FIELDS = {"title", "description", "color", "show_on_sidebar"}
"""What can be changed about a label."""


async def update_label(tx: TenantTx, label_id: int, changes: dict[str, Any], *, by: Actor) -> None:
    """Change a label; conversations that have it show it anew."""
    unknown = sorted(set(changes) - FIELDS)
    if unknown:
        raise Invalid("unknown_label_fields", f"A label has no {', '.join(unknown)}.")
    label = await _label(tx, label_id)
    if "color" in changes:
        checked_color(changes["color"])
    if "title" in changes:
        title = changes["title"] = checked_title(changes["title"])
        taken = await tx.first(
            "select from labels where account_id = %s and title = %s and id <> %s",
            [tx.account_id, title, label_id],
        )
        if taken is not None:
            raise Conflict("label_exists", f"There is already a label {title}.", field="title")
    changed = [field for field, value in changes.items() if getattr(label, field) != value]
    for field in changed:
        setattr(label, field, changes[field])
    if changed:
        tx.record(LabelUpdated(label_id, sorted(changed)), by=by)


async def delete_label(tx: TenantTx, label_id: int, *, by: Actor) -> None:
    """Take a label off every conversation and contact and out of use."""
    label = await _label(tx, label_id)
    await tx.execute(
        """update conversations set label_ids = array_remove(label_ids, %(label)s), updated_at = %(now)s
           where account_id = %(account)s and label_ids @> array[%(label)s::bigint]""",
        {"label": label_id, "now": tx.now, "account": tx.account_id},
    )
    await tx.execute(
        """update contacts set label_ids = array_remove(label_ids, %(label)s)
           where account_id = %(account)s and label_ids @> array[%(label)s::bigint]""",
        {"label": label_id, "account": tx.account_id},
    )
    tx.record(LabelDeleted(label_id), by=by)
    await tx.session.delete(label)


async def _label(tx: TenantTx, label_id: int) -> LabelRow:
    label = await tx.session.get(LabelRow, (tx.account_id, label_id), with_for_update=True)
    if label is None:
        raise NotFound("label_not_found", "There is no such label.")
    return label
