"""Conversations by a filter: conditions joined by AND and OR."""

from typing import Annotated, Any

import msgspec
from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.shapes.conversation import Conversation
from desk.store.conversation_pages import DEFAULT_SORT, PAGE, Order
from desk.store.conversations import shape_list
from desk.store.desk import Desk
from desk.store.filtered_conversations import filtered_page
from desk.store.filters import CONVERSATIONS, filter_clause
from inbox_service.api.answers import answers, raw

FURTHEST_PAGE = 1_000_000


class FilterBy(msgspec.Struct):
    """Conditions in a row; AND binds more closely than OR."""

    payload: Annotated[
        list[dict[str, Any]],
        msgspec.Meta(
            description=(
                "Each has attribute_key, filter_operator, values, and query_operator (AND or OR: "
                "how it is joined to the next); custom_attribute_type for the account's own"
            )
        ),
    ]


class FilterMeta(msgspec.Struct):
    """How many there are under the same conditions."""

    mine_count: int
    assigned_count: int
    unassigned_count: int
    all_count: int


class FilteredConversations(msgspec.Struct):
    """A page of conversations, not wrapped as lists are."""

    meta: FilterMeta
    payload: list[Conversation]


@post(
    "/conversations/filter",
    operation_id="conversationFilter",
    opt={"needs": Permission.CONVERSATIONS_READ},
    status_code=200,
    responses=answers(FilteredConversations),
)
async def filter_conversations(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    data: JSONBody[FilterBy],
    page: FromQuery[int] = 1,
    sort_by: FromQuery[str | None] = None,
) -> Response[bytes]:
    """Conversations you may see that meet the conditions, 25 a page, the latest active first."""
    order = Order(sort_by or DEFAULT_SORT, (min(max(page, 1), FURTHEST_PAGE) - 1) * PAGE)
    async with desk.reading(viewer.account_id) as tx:
        clause = await filter_clause(tx, data.payload, CONVERSATIONS)
        ids, totals = await filtered_page(tx, viewer, clause, order)
        payload = await shape_list(tx, ids)
    return raw(b'{"meta":' + msgspec.json.encode(totals) + b',"payload":' + payload + b"}")


router = Router("", route_handlers=[filter_conversations], tags=["Conversations"])
