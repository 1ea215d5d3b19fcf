"""Lists of conversations and their counts."""

from typing import Annotated

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.shapes.conversation import Conversation
from desk.store.conversation_pages import DEFAULT_SORT, PAGE, Order, Totals, counts, page_and_counts
from desk.store.conversation_terms import ConversationFilter
from desk.store.conversations import shape_list
from desk.store.desk import Desk
from desk.store.labels import label_ids
from desk.store.transaction import TenantTx
from inbox_service.api.answers import answers, raw
from inbox_service.api.words import status_of

FURTHEST_PAGE = 1_000_000


class Asked(msgspec.Struct, frozen=True):
    """What a list is asked for, before labels have become ids."""

    status: str | None
    assignee_type: str
    inbox_id: int | None
    team_id: int | None
    labels: tuple[str, ...]
    q: str | None


class ListMeta(msgspec.Struct):
    """How many there are under the same terms; the cursor goes on from this page."""

    mine_count: int
    assigned_count: int
    unassigned_count: int
    all_count: int
    next_cursor: str | None = None


class ListData(msgspec.Struct):
    """A page of conversations."""

    meta: ListMeta
    payload: list[Conversation]


class ConversationList(msgspec.Struct):
    """A page of conversations, as Chatwoot wraps it."""

    data: ListData


class Counts(msgspec.Struct):
    """The counts of a list without its conversations."""

    meta: ListMeta


def asked(
    viewer: NamedDependency[Viewer],
    status: FromQuery[str | None] = None,
    assignee_type: FromQuery[str | None] = None,
    inbox_id: FromQuery[int | None] = None,
    team_id: FromQuery[int | None] = None,
    labels: Annotated[list[str] | None, QueryParameter(name="labels[]")] = None,
    q: Annotated[
        str | None,
        QueryParameter(
            description="Words in messages, names, addresses; in every status unless given"
        ),
    ] = None,
) -> Asked:
    """The filter of a list, from its query."""
    # Asked for after the viewer, not beside it: two at once would each be a task of their own.
    _ = viewer
    return Asked(
        status or ("all" if q else "open"),
        assignee_type or "all",
        inbox_id,
        team_id,
        tuple(labels or ()),
        q or None,
    )


@get(
    "/conversations",
    operation_id="conversationList",
    opt={"needs": Permission.CONVERSATIONS_READ},
    responses=answers(ConversationList),
)
async def list_conversations(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    asked: NamedDependency[Asked],
    sort_by: FromQuery[str | None] = None,
    page: FromQuery[int] = 1,
    before: Annotated[
        str | None, QueryParameter(description="Ours: the next_cursor of the page before")
    ] = None,
) -> Response[bytes]:
    """Conversations you may see, 25 a page, by page number or by cursor."""
    offset = 0 if before else (min(max(page, 1), FURTHEST_PAGE) - 1) * PAGE
    order = Order(sort_by or DEFAULT_SORT, offset, before)
    async with desk.reading(viewer.account_id) as tx:
        found, totals = await page_and_counts(tx, viewer, await filter_of(tx, asked), order)
        payload = await shape_list(tx, found.ids)
    head = msgspec.json.encode(_meta(totals, found.next_cursor))
    return raw(b'{"data":{"meta":' + head + b',"payload":' + payload + b"}}")


@get(
    "/conversations/meta",
    operation_id="conversationListMeta",
    opt={"needs": Permission.CONVERSATIONS_READ},
)
async def count_conversations(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], asked: NamedDependency[Asked]
) -> Counts:
    """The counts of such a list."""
    async with desk.reading(viewer.account_id) as tx:
        return Counts(_meta(await counts(tx, viewer, await filter_of(tx, asked))))


def _meta(totals: Totals, next_cursor: str | None = None) -> ListMeta:
    return msgspec.convert(msgspec.structs.asdict(totals) | {"next_cursor": next_cursor}, ListMeta)


async def filter_of(tx: TenantTx, asked: Asked) -> ConversationFilter:
    """The filter with its words understood; a label nobody knows finds nothing."""
    status = None if asked.status in (None, "all") else int(status_of(asked.status))
    ids = await label_ids(tx, asked.labels) or (0,) if asked.labels else ()
    return ConversationFilter(
        status=status,
        assignee=asked.assignee_type,
        inbox_id=asked.inbox_id,
        team_id=asked.team_id,
        label_ids=ids,
        words=asked.q,
    )


router = Router(
    "",
    route_handlers=[list_conversations, count_conversations],
    dependencies={"asked": Provide(asked, sync_to_thread=False)},
    tags=["Conversations"],
)
