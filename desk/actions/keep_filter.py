"""Keep a filter for oneself, change it, and throw it away."""

from typing import Any

import msgspec

from desk.events.custom_filters import CustomFilterChanged, CustomFilterDeleted, CustomFilterSaved
from desk.store.transaction import TenantTx
from desk.tables.custom_filters import CustomFilterRow
from desk.words.actor import Actor
from desk.words.custom_filters import MOST_FILTERS, FilterType
from desk.words.errors import Invalid, NotFound
from desk.words.ids import UserId

LONGEST_NAME = 255
LARGEST_QUERY = 64 * 1024


async def save_filter(
    tx: TenantTx, of: UserId, name: str, filter_type: FilterType, query: dict[str, Any]
) -> CustomFilterRow:
    """Keep it; only its owner sees it."""
    counted = await tx.one(
        "select count(*) as n from custom_filters where account_id = %s and user_id = %s",
        [tx.account_id, of],
    )
    if counted["n"] >= MOST_FILTERS:
        raise Invalid("too_many_filters", f"At most {MOST_FILTERS} filters can be kept.")
    row = CustomFilterRow(
        account_id=tx.account_id,
        user_id=of,
        name=_checked_name(name),
        filter_type=int(filter_type),
        query=_checked_query(query),
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.record(CustomFilterSaved(row.id, of), by=Actor.user(of))
    return row


async def change_filter(
    tx: TenantTx, of: UserId, custom_filter_id: int, changes: dict[str, Any]
) -> CustomFilterRow:
    """Give it another name or another question."""
    row = await _row(tx, of, custom_filter_id)
    checked = dict(changes)
    if "name" in checked:
        checked["name"] = _checked_name(checked["name"])
    if "query" in checked:
        checked["query"] = _checked_query(checked["query"])
    changed = [field for field, value in checked.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, checked[field])
    if changed:
        row.updated_at = tx.now
        tx.record(CustomFilterChanged(row.id, of, sorted(changed)), by=Actor.user(of))
    return row


async def throw_away_filter(tx: TenantTx, of: UserId, custom_filter_id: int) -> None:
    """Keep it no longer."""
    row = await _row(tx, of, custom_filter_id)
    await tx.session.delete(row)
    tx.record(CustomFilterDeleted(row.id, of), by=Actor.user(of))


async def _row(tx: TenantTx, of: UserId, custom_filter_id: int) -> CustomFilterRow:
    row = await tx.session.get(
        CustomFilterRow, (tx.account_id, custom_filter_id), with_for_update=True
    )
    if row is None or row.user_id != of:
        raise NotFound("custom_filter_not_found", "There is no such filter.")
    return row


def _checked_name(name: str) -> str:
    plain = name.strip()
    if not plain or len(plain) > LONGEST_NAME or "\x00" in plain:
        raise Invalid("name_malformed", f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    return plain


def _checked_query(query: dict[str, Any]) -> dict[str, Any]:
    encoded = msgspec.json.encode(query)
    if len(encoded) > LARGEST_QUERY or b"\\u0000" in encoded:
        raise Invalid("query_too_large", "The query holds more than is kept.", field="query")
    return query
