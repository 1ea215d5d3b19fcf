"""Finding conversations: a page of ids first, then one prepared statement for their shapes."""

import base64
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select

from desk.access.audience import Viewer, may_see
from desk.shapes.conversation import HYDRATE
from desk.store.filters import Clause
from desk.store.transaction import TenantTx, Transaction
from desk.tables.conversations import ConversationRow
from desk.words.errors import Invalid, NotFound
from desk.words.ids import AccountId, ConversationId, DisplayId

PAGE = 25


class ConversationFilter(msgspec.Struct, frozen=True):
    """What a list of conversations is to show."""

    status: int | None = 0
    """None: all."""
    assignee: str = "all"
    """me, unassigned, assigned or all."""
    inbox_id: int | None = None
    team_id: int | None = None
    label_ids: tuple[int, ...] = ()
    """Any of them."""
    contact_id: int | None = None
    words: str | None = None
    """Searched in messages and in contacts' names and addresses."""
    unread: bool = False
    clause: Clause | None = None
    """What a filter asks beside all that."""


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


class Page(msgspec.Struct, frozen=True):
    """A page of conversation ids, and the cursor of the next where there is one."""

    ids: list[int]
    next_cursor: str | None


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
    order = SORTS.get(SORT_ALIASES.get(sort, sort))
    if order is None:
        raise Invalid(
            "unknown_sort", f"sort_by must be one of {', '.join(SORTS)}.", field="sort_by"
        )
    where, parameters = await _conditions(tx, viewer, wanted)
    if cursor is not None:
        if order != SORTS[DEFAULT_SORT]:
            raise Invalid("cursor_needs_default_sort", "A cursor goes with the default order only.")
        at, last_id = _open_cursor(cursor)
        where.append("(c.last_activity_at, c.id) < (%(cursor_at)s, %(cursor_id)s)")
        parameters |= {"cursor_at": at, "cursor_id": last_id}
    parameters |= {"limit": limit + 1, "offset": offset}
    # A fresh plan each time: a generic one is up to a hundred times slower for skewed tenants.
    rows = await tx.all(
        f"select c.id, c.last_activity_at from conversations c where {' and '.join(where)} "
        f"order by {order} limit %(limit)s offset %(offset)s",
        parameters,
        prepare=False,
    )
    more = len(rows) > limit
    rows = rows[:limit]
    next_cursor = None
    if more and order == SORTS[DEFAULT_SORT]:
        next_cursor = _seal_cursor(rows[-1]["last_activity_at"], rows[-1]["id"])
    return Page([row["id"] for row in rows], next_cursor)


async def shapes(
    tx: Transaction, account_id: AccountId, ids: list[int]
) -> dict[int, dict[str, Any]]:
    """For each id: `shape` (JSON text), inbox_id, assignee_id and the contact's socket token."""
    if not ids:
        return {}
    rows = await tx.all(
        HYDRATE, {"account_id": account_id, "ids": ids, "now": tx.now}, prepare=True
    )
    return {row["id"]: row for row in rows}


async def shape_list(tx: TenantTx, ids: list[int]) -> bytes:
    """A JSON array of the conversations, in the order of the ids."""
    found = await shapes(tx, tx.account_id, ids)
    return ("[" + ",".join(found[i]["shape"] for i in ids if i in found) + "]").encode()


async def counts(tx: TenantTx, viewer: Viewer, wanted: ConversationFilter) -> dict[str, int]:
    """How many are mine, assigned, unassigned and there at all, under the filter's other terms."""
    base = msgspec.structs.replace(wanted, assignee="all")
    where, parameters = await _conditions(tx, viewer, base)
    row = await tx.one(
        "select count(*) filter (where c.assignee_id = %(me)s) as mine_count, "
        "count(*) filter (where c.assignee_id is not null) as assigned_count, "
        "count(*) filter (where c.assignee_id is null) as unassigned_count, "
        f"count(*) as all_count from conversations c where {' and '.join(where)}",
        parameters | {"me": viewer.user_id},
        prepare=False,
    )
    return dict(row)


async def _conditions(
    tx: TenantTx, viewer: Viewer, wanted: ConversationFilter
) -> tuple[list[str], dict[str, Any]]:
    where = ["c.account_id = %(account_id)s"]
    parameters: dict[str, Any] = {"account_id": tx.account_id}

    def add(condition: str, **values: Any) -> None:
        where.append(condition)
        parameters.update(values)

    if wanted.status is not None:
        add("c.status = %(status)s", status=wanted.status)
    if wanted.assignee == "me":
        add("c.assignee_id = %(me)s", me=viewer.user_id)
    elif wanted.assignee == "unassigned":
        add("c.assignee_id is null")
    elif wanted.assignee == "assigned":
        add("c.assignee_id is not null")
    elif wanted.assignee != "all":
        raise Invalid(
            "unknown_assignee_type",
            "assignee_type must be me, unassigned, assigned or all.",
            field="assignee_type",
        )
    if wanted.inbox_id is not None:
        add("c.inbox_id = %(inbox_id)s", inbox_id=wanted.inbox_id)
    if wanted.team_id is not None:
        add("c.team_id = %(team_id)s", team_id=wanted.team_id)
    if wanted.contact_id is not None:
        add("c.contact_id = %(contact_id)s", contact_id=wanted.contact_id)
    if wanted.label_ids:
        add("c.label_ids && %(label_ids)s::bigint[]", label_ids=list(wanted.label_ids))
    if wanted.unread:
        add("c.unread_count > 0")
    if wanted.words:
        add(
            "(c.id = any(%(found)s) or c.contact_id = any(%(people)s))",
            found=await _ids_with_words(tx, wanted.words),
            people=await _contacts_with_words(tx, wanted.words),
        )
    if wanted.clause is not None:
        add(wanted.clause.sql, **wanted.clause.parameters)
    if not viewer.sees_all:
        add(
            "(c.inbox_id = any(%(my_inboxes)s) or c.assignee_id = %(viewer_id)s)",
            my_inboxes=sorted(viewer.inbox_ids),
            viewer_id=viewer.user_id,
        )
    return where, parameters


async def _ids_with_words(tx: TenantTx, words: str) -> list[int]:
    rows = await tx.all(
        "select conversation_id from search_messages(%s, %s, 500)",
        [tx.account_id, words],
        prepare=False,
    )
    return [row["conversation_id"] for row in rows]


async def _contacts_with_words(tx: TenantTx, words: str) -> list[int]:
    rows = await tx.all(
        "select contact_id from search_contacts(%s, %s, 200)",
        [tx.account_id, words],
        prepare=False,
    )
    return [row["contact_id"] for row in rows]


async def lock_conversation(tx: TenantTx, conversation_id: ConversationId) -> ConversationRow:
    """The row, locked until the transaction ends; raises NotFound."""
    row = await tx.session.get(
        ConversationRow, (tx.account_id, conversation_id), with_for_update=True
    )
    if row is None:
        raise NotFound("conversation_not_found", "There is no such conversation.")
    return row


async def conversation_by_number(
    tx: TenantTx, display_id: DisplayId, viewer: Viewer
) -> ConversationRow:
    """The locked row of a conversation the viewer may see; raises NotFound, also when they may not."""
    found = await tx.session.execute(
        select(ConversationRow)
        .where(
            ConversationRow.account_id == tx.account_id, ConversationRow.display_id == display_id
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = found.scalar_one_or_none()
    if row is None or not may_see(viewer, inbox_id=row.inbox_id, assignee_ids=[row.assignee_id]):
        raise NotFound("conversation_not_found", f"There is no conversation {display_id}.")
    return row


def _seal_cursor(at: datetime, last_id: int) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{last_id}".encode()).decode()


def _open_cursor(cursor: str) -> tuple[datetime, int]:
    try:
        at, _, last_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        return datetime.fromisoformat(at), int(last_id)
    except ValueError:
        raise Invalid("unknown_cursor", "The cursor is not one of ours.", field="before") from None
