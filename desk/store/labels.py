"""Reading labels."""

from collections.abc import Sequence
from typing import Any

from desk.store.transaction import TenantTx
from desk.words.errors import Invalid, NotFound

_LABEL = "select id, title, description, color, show_on_sidebar from labels where account_id = %s"


async def labels(tx: TenantTx) -> list[dict[str, Any]]:
    """The account's labels by title."""
    return await tx.all(f"{_LABEL} order by title", [tx.account_id])


async def label(tx: TenantTx, label_id: int) -> dict[str, Any]:
    """One label; raises NotFound."""
    row = await tx.first(f"{_LABEL} and id = %s", [tx.account_id, label_id])
    if row is None:
        raise NotFound("label_not_found", "There is no such label.")
    return row


async def label_ids(tx: TenantTx, titles: Sequence[str]) -> tuple[int, ...]:
    """The ids of those titles that are labels of the account."""
    rows = await tx.all(
        "select id from labels where account_id = %s and title = any(%s)",
        [tx.account_id, [title.strip().lower() for title in titles]],
    )
    return tuple(row["id"] for row in rows)


async def known_labels(tx: TenantTx, titles: Sequence[str]) -> list[int]:
    """The ids of these titles, in order; raises Invalid naming those that are no labels here."""
    wanted = sorted({title.strip().lower() for title in titles})
    rows = await tx.all(
        "select id, title from labels where account_id = %s and title = any(%s) order by id",
        [tx.account_id, wanted],
    )
    unknown = sorted(set(wanted) - {row["title"] for row in rows})
    if unknown:
        raise Invalid("unknown_labels", f"There is no label {', '.join(unknown)}.", field="labels")
    return [row["id"] for row in rows]


async def titles(tx: TenantTx, ids: Sequence[int]) -> list[str]:
    """The titles of labels, in alphabetical order."""
    rows = await tx.all(
        "select title from labels where account_id = %s and id = any(%s) order by title",
        [tx.account_id, list(ids)],
    )
    return [row["title"] for row in rows]
