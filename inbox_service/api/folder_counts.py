"""How many conversations wait in each folder of the page's rail; ours."""

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store.desk import Desk
from desk.store.folders import folder_counts


class FolderCounts(msgspec.Struct):
    """Open conversations the asker may see, and those put aside."""

    mine: int
    unassigned: int
    all: int
    snoozed: int
    pending: int
    resolved: int | None
    """Not counted: nobody works them off."""
    inboxes: dict[str, int]
    teams: dict[str, int]
    labels: dict[str, int]


@get(
    "/folder_counts",
    operation_id="folder-counts",
    opt={"needs": Permission.CONVERSATIONS_READ},
    tags=["Conversations"],
)
async def get_folder_counts(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]
) -> FolderCounts:
    """How many open conversations you may see, by folder; ours."""
    async with desk.reading(viewer.account_id) as tx:
        return FolderCounts(**await folder_counts(tx, viewer))


router = Router("", route_handlers=[get_folder_counts])
