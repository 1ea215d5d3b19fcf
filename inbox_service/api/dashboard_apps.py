"""Pages of other programs that screens show beside a conversation."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_dashboard_app import (
    add_dashboard_app,
    change_dashboard_app,
    drop_dashboard_app,
)
from desk.store import dashboard_apps as app_store
from desk.store.desk import Desk
from desk.words.actor import Actor

Unset = msgspec.UnsetType


class DashboardApp(msgspec.Struct):
    """A page under a title."""

    id: int
    title: str
    content: list[dict[str, Any]]
    created_at: datetime


class DashboardAppGiven(msgspec.Struct):
    """A page as it is to be: `content` is a list of frames with their URL."""

    title: str
    content: list[Any]


class DashboardAppChanged(msgspec.Struct):
    """What can be changed about one."""

    title: str | Unset = msgspec.UNSET
    content: list[Any] | Unset = msgspec.UNSET


@get(
    "/dashboard_apps",
    operation_id="list-dashboard-apps",
    opt={"needs": Permission.DESK_READ},
)
async def list_apps(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]
) -> list[DashboardApp]:
    """All of them."""
    async with desk.transaction(viewer.account_id) as tx:
        return [DashboardApp(**row) for row in await app_store.dashboard_apps(tx)]


@get(
    "/dashboard_apps/{app_id:int}",
    operation_id="get-a-dashboard-app",
    opt={"needs": Permission.DESK_READ},
)
async def get_app(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], app_id: FromPath[int]
) -> DashboardApp:
    """One page."""
    async with desk.transaction(viewer.account_id) as tx:
        return DashboardApp(**await app_store.dashboard_app(tx, app_id))


@post(
    "/dashboard_apps",
    operation_id="add-a-dashboard-app",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def add_app(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[DashboardAppGiven]
) -> DashboardApp:
    """Show another page."""
    async with desk.transaction(viewer.account_id) as tx:
        app = await add_dashboard_app(tx, data.title, data.content, by=viewer.user_id)
        return DashboardApp(app.id, app.title, app.content, app.created_at)


@route(
    "/dashboard_apps/{app_id:int}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "change-a-dashboard-app" if method == "PATCH" else "replace-a-dashboard-app"
    ),
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def change_app(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    app_id: FromPath[int],
    data: JSONBody[DashboardAppChanged],
) -> DashboardApp:
    """Give it another title or other frames."""
    changes: dict[str, Any] = msgspec.to_builtins(data)
    async with desk.transaction(viewer.account_id) as tx:
        by = Actor.user(viewer.user_id)
        app = await change_dashboard_app(tx, app_id, changes, by=by)
        return DashboardApp(app.id, app.title, app.content, app.created_at)


@delete(
    "/dashboard_apps/{app_id:int}",
    operation_id="drop-a-dashboard-app",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def drop_app(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], app_id: FromPath[int]
) -> None:
    """Show it no longer."""
    async with desk.transaction(viewer.account_id) as tx:
        await drop_dashboard_app(tx, app_id, by=Actor.user(viewer.user_id))


router = Router(
    "",
    route_handlers=[list_apps, get_app, add_app, change_app, drop_app],
    tags=["Dashboard Apps"],
)
