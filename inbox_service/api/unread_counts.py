"""How many conversations hold something unread."""

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store.desk import Desk
from desk.store.unread import unread_counts


class Unread(msgspec.Struct):
    """Open conversations with something unread, of those you may see."""

    all_count: int
    inboxes: dict[str, int]
    labels: dict[str, int]
    teams: dict[str, int]


class UnreadCounts(msgspec.Struct):
    """The counts, as Chatwoot wraps them."""

    payload: Unread


@get(
    "/conversations/unread_counts",
    operation_id="count-unread-conversations",
    opt={"needs": Permission.CONVERSATIONS_READ},
    tags=["Conversations"],
)
async def get_unread_counts(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]
) -> UnreadCounts:
    """How many open conversations hold something unread: in all, by inbox, label and team."""
    async with desk.transaction(viewer.account_id) as tx:
        return UnreadCounts(Unread(**await unread_counts(tx, viewer)))


router = Router("", route_handlers=[get_unread_counts])
