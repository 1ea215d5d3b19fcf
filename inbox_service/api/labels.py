"""The account's labels."""

from typing import Any

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.change_label import delete_label, update_label
from desk.actions.form_team import create_label
from desk.store import labels as label_store
from desk.store.desk import Desk
from desk.words.actor import Actor


class Label(msgspec.Struct):
    """A word that agents put on conversations."""

    id: int
    title: str
    description: str | None
    color: str
    show_on_sidebar: bool


class LabelList(msgspec.Struct):
    """All of them, as Chatwoot wraps them."""

    payload: list[Label]


class CreateLabel(msgspec.Struct):
    """Bring a label into use."""

    title: str
    description: str | None = None
    color: str = "#1f93ff"
    show_on_sidebar: bool = True


class UpdateLabel(msgspec.Struct):
    """What can be changed about a label."""

    title: str | msgspec.UnsetType = msgspec.UNSET
    description: str | msgspec.UnsetType | None = msgspec.UNSET
    color: str | msgspec.UnsetType = msgspec.UNSET
    show_on_sidebar: bool | msgspec.UnsetType = msgspec.UNSET


@get("/labels", operation_id="list-all-labels", opt={"needs": Permission.DESK_READ})
async def list_labels(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> LabelList:
    """The account's labels."""
    async with desk.transaction(viewer.account_id) as tx:
        return LabelList([Label(**row) for row in await label_store.labels(tx)])


@get(
    "/labels/{label_id:int}",
    operation_id="get-details-of-a-single-label",
    opt={"needs": Permission.DESK_READ},
)
async def get_label(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], label_id: FromPath[int]
) -> Label:
    """One label."""
    async with desk.transaction(viewer.account_id) as tx:
        return Label(**await label_store.label(tx, label_id))


@post(
    "/labels",
    operation_id="create-a-label",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def add_label(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[CreateLabel]
) -> Label:
    """Bring a label into use."""
    async with desk.transaction(viewer.account_id) as tx:
        label_id = await create_label(
            tx,
            data.title,
            by=Actor.user(viewer.user_id),
            description=data.description,
            color=data.color,
            show_on_sidebar=data.show_on_sidebar,
        )
        return Label(**await label_store.label(tx, label_id))


@patch(
    "/labels/{label_id:int}",
    operation_id="update-a-label",
    opt={"needs": Permission.DESK_MANAGE},
)
async def change_label(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    label_id: FromPath[int],
    data: JSONBody[UpdateLabel],
) -> Label:
    """Rename, recolour or describe a label."""
    changes: dict[str, Any] = msgspec.to_builtins(data)
    async with desk.transaction(viewer.account_id) as tx:
        await update_label(tx, label_id, changes, by=Actor.user(viewer.user_id))
        await tx.session.flush()
        return Label(**await label_store.label(tx, label_id))


@delete(
    "/labels/{label_id:int}",
    operation_id="delete-a-label",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def remove_label(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], label_id: FromPath[int]
) -> None:
    """Take a label off everything and out of use."""
    async with desk.transaction(viewer.account_id) as tx:
        await delete_label(tx, label_id, by=Actor.user(viewer.user_id))


router = Router(
    "",
    route_handlers=[list_labels, get_label, add_label, change_label, remove_label],
    tags=["Labels"],
)
