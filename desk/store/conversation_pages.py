"""Pages and counts of conversations: one statement, planned anew for what is asked each time."""

import base64
from datetime import datetime
from typing import Any

import msgspec

from desk.access.audience import Viewer
from desk.store.conversation_terms import (
    IN_MY_INBOXES,
    MINE,
    ConversationFilter,
    Terms,
    terms_of,
    visible,
)
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid

PAGE = 25

SORTS = {
    "last_activity_at_desc": "c.last_activity_at desc, c.id desc",
    "last_activity_at_asc": "c.last_activity_at asc, c.id asc",
    "created_at_desc": "c.created_at desc, c.id desc",
    "created_at_asc": "c.created_at asc, c.id asc",
    "priority_desc": "c.priority desc nulls last, c.last_activity_at desc",
    "priority_asc": "c.priority asc nulls last, c.last_activity_at desc",
    "waiting_since_asc": "c.waiting_since asc nulls last, c.created_at asc",
    "waiting_since_desc": "c.waiting_since desc nulls last, c.created_at asc",
}
SORT_ALIASES = {
    "latest": "last_activity_at_desc",
    "sort_on_created_at": "created_at_asc",
    "sort_on_priority": "priority_desc",
    "sort_on_waiting_since": "waiting_since_asc",
}
DEFAULT_SORT = "last_activity_at_desc"

MERGED_ROWS = 1_000
"""Up to here the newest of each inbox are merged; deeper pages walk over what is not seen."""

_COUNTS = (
    "coalesce({n} filter (where c.assignee_id = %(me)s), 0)::bigint, "
    "coalesce({n} filter (where c.assignee_id is not null), 0)::bigint, "
    "coalesce({n} filter (where c.assignee_id is null), 0)::bigint, "
    "coalesce({n}, 0)::bigint"
)


class Page(msgspec.Struct, frozen=True):
    """A page of conversation ids, and the cursor of the next where there is one."""

    ids: list[int]
    next_cursor: str | None


class Totals(msgspec.Struct, frozen=True):
    """How many are mine, assigned, unassigned and there at all, under a filter's other terms."""

    mine_count: int
    assigned_count: int
    unassigned_count: int
    all_count: int


class Order(msgspec.Struct, frozen=True):
    """Where in which order a page begins."""

    sort: str = DEFAULT_SORT
    offset: int = 0
    cursor: str | None = None
    limit: int = PAGE

    @property
    def sql(self) -> str:
        """The order in SQL; raises Invalid for one there is not."""
        order = SORTS.get(SORT_ALIASES.get(self.sort, self.sort))
        if order is None:
            raise Invalid(
                "unknown_sort", f"sort_by must be one of {', '.join(SORTS)}.", field="sort_by"
            )
        return order

    @property
    def is_newest_first(self) -> bool:
        return self.sql == SORTS[DEFAULT_SORT]


async def page_of_ids(
    tx: TenantTx,
    viewer: Viewer,
    wanted: ConversationFilter,
    *,
    sort: str = DEFAULT_SORT,
    offset: int = 0,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Page:
    """The ids of one page, by offset (Chatwoot's `page=`) or by cursor (newest activity first)."""
    order = Order(sort, offset, cursor, limit)
    terms = await terms_of(tx, viewer, wanted)
    sql, parameters = _page_sql(viewer, terms, order)
    row = await _row(tx, f"select {_AS_ARRAYS} from ({sql}) p", parameters)
    return _page(row, order)


async def counts(tx: TenantTx, viewer: Viewer, wanted: ConversationFilter) -> Totals:
    """How many there are, whatever page is looked at."""
    terms = await terms_of(tx, viewer, wanted)
    return Totals(*await _row(tx, f"select {_count_sql(viewer, terms)}", terms.parameters))


async def page_and_counts(
    tx: TenantTx, viewer: Viewer, wanted: ConversationFilter, order: Order
) -> tuple[Page, Totals]:
    """Both, of one instant."""
    terms = await terms_of(tx, viewer, wanted)
    sql, parameters = _page_sql(viewer, terms, order)
    row = await _row(
        tx,
        f"select p.*, t.* from (select {_AS_ARRAYS} from ({sql}) p) p, "
        f"(select {_count_sql(viewer, terms)}) t",
        parameters,
    )
    return _page(row[:2], order), Totals(*row[2:])


_AS_ARRAYS = "array_agg(p.id) as ids, array_agg(p.last_activity_at) as at"


async def _row(tx: TenantTx, sql: str, parameters: dict[str, Any]) -> tuple[Any, ...]:
    # A fresh plan each time: a generic one is up to a hundred times slower for skewed tenants.
    return (await tx.tuples(sql, parameters, prepare=False))[0]


def _page(row: tuple[Any, ...], order: Order) -> Page:
    ids, at = row[0] or [], row[1] or []
    more = len(ids) > order.limit
    next_cursor = None
    if more and order.is_newest_first:
        next_cursor = _seal_cursor(at[order.limit - 1], ids[order.limit - 1])
    return Page(ids[: order.limit], next_cursor)


def _page_sql(viewer: Viewer, terms: Terms, order: Order) -> tuple[str, dict[str, Any]]:
    by = order.sql
    parameters = terms.parameters | {"limit": order.limit + 1, "offset": order.offset}
    after = []
    if order.cursor is not None:
        if not order.is_newest_first:
            raise Invalid("cursor_needs_default_sort", "A cursor goes with the default order only.")
        at, last_id = _open_cursor(order.cursor)
        after = ["(c.last_activity_at, c.id) < (%(cursor_at)s, %(cursor_id)s)"]
        parameters |= {"cursor_at": at, "cursor_id": last_id}
    if _is_merged(viewer, terms, order):
        return _merged(terms, [*filter(None, (terms.assignee,)), *after], by), parameters
    where = [*terms.page(viewer), *after]
    return (
        f"select c.id, c.last_activity_at from conversations c where {' and '.join(where)} "
        f"order by {by} limit %(limit)s offset %(offset)s",
        parameters,
    )


def _is_merged(viewer: Viewer, terms: Terms, order: Order) -> bool:
    """Whether an agent's page is put together from their inboxes and what is assigned to them.

    A walk over everybody's conversations would have to skip those the agent may not see, which
    may be nearly all; a team, a label or a search narrows it down enough by itself.
    """
    seen = visible(viewer, terms.inbox_id, terms.assignee)
    return (
        seen is not None
        and seen != MINE
        and order.is_newest_first
        and order.offset < MERGED_ROWS
        and len(terms.common) <= 2
    )


def _merged(terms: Terms, more: list[str], by: str) -> str:
    common = " and ".join([*terms.common, *more])
    found = "select c.id, c.last_activity_at from conversations c where"
    enough = f"order by {by} limit %(limit)s + %(offset)s"
    return (
        "select c.id, c.last_activity_at from ("
        "select c.* from unnest(%(my_inboxes)s::bigint[]) as mine(inbox_id) cross join lateral ("
        f"{found} {common} and c.inbox_id = mine.inbox_id {enough}) c "
        f"union all ({found} {common} and {MINE} and not {IN_MY_INBOXES} {enough})"
        f") c order by {by} limit %(limit)s offset %(offset)s"
    )


def _count_sql(viewer: Viewer, terms: Terms) -> str:
    """The four counts; from the tallies where these count the same conversations."""
    if terms.tallied is None:
        where = " and ".join(terms.counted(viewer))
        return f"{_COUNTS.format(n='count(*)')} from conversations c where {where}"
    seen = visible(viewer, terms.inbox_id, None)
    where = terms.tallied + (f" and {seen}" if seen else "")
    return f"{_COUNTS.format(n='sum(c.n)')} from conversation_tallies c where {where}"


def _seal_cursor(at: datetime, last_id: int) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{last_id}".encode()).decode()


def _open_cursor(cursor: str) -> tuple[datetime, int]:
    try:
        at, _, last_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        return datetime.fromisoformat(at), int(last_id)
    except ValueError:
        raise Invalid("unknown_cursor", "The cursor is not one of ours.", field="before") from None
