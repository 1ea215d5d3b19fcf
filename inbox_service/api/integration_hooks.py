"""The apps that are in use in the account."""

from typing import Any

import msgspec
from litestar import Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_hook import create_hook, delete_hook, update_hook
from desk.store import integrations as hook_store
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.integrations import BY_ID, HookStatus

MANAGES = {"needs": Permission.DESK_MANAGE}


class HookInbox(msgspec.Struct):
    """The inbox it works in."""

    id: int
    name: str


class Hook(msgspec.Struct):
    """An app in use; what is secret among its settings is never shown."""

    id: int
    app_id: str
    account_id: int
    inbox_id: int | None
    inbox: HookInbox | None
    status: bool
    hook_type: str
    settings: dict[str, Any]
    reference_id: str | None
    last_error: str | None
    """What the other side said when it refused; ours."""


class HookFields(msgspec.Struct):
    """What can be said about it; `status` is 1 or 0, true or false, enabled or disabled."""

    app_id: str | int | msgspec.UnsetType = msgspec.UNSET
    inbox_id: int | msgspec.UnsetType | None = msgspec.UNSET
    status: bool | int | str | msgspec.UnsetType | None = msgspec.UNSET
    settings: dict[str, Any] | msgspec.UnsetType | None = msgspec.UNSET


class WriteHook(HookFields):
    """The fields, bare or wrapped as Chatwoot's page sends them."""

    hook: HookFields | msgspec.UnsetType = msgspec.UNSET


@get("/integrations/hooks/{hook_id:int}", operation_id="get-an-integration-hook", opt=MANAGES)
async def get_hook(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], hook_id: FromPath[int]
) -> Hook:
    """One of them."""
    async with desk.transaction(viewer.account_id) as tx:
        return await _one(tx, hook_id)


@post(
    "/integrations/hooks",
    operation_id="create-an-integration-hook",
    opt=MANAGES,
    status_code=200,
)
async def add_hook(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[WriteHook]
) -> Hook:
    """Put an app to use."""
    fields = _fields(data)
    if "app_id" not in fields:
        raise Invalid("app_missing", f"Name one of {', '.join(BY_ID)}.", field="app_id")
    enabled = _enabled(fields.get("status"))
    async with desk.transaction(viewer.account_id) as tx:
        row = await create_hook(
            tx,
            fields["app_id"],
            fields.get("settings") or {},
            secrets=desk.secrets,
            by=Actor.user(viewer.user_id),
            inbox_id=fields.get("inbox_id"),
            enabled=enabled is not False,
        )
        return await _one(tx, row.id)


@route(
    "/integrations/hooks/{hook_id:int}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "update-an-integrations-hook" if method == "PATCH" else "replace-an-integrations-hook"
    ),
    opt=MANAGES,
    status_code=200,
)
async def change_hook(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    hook_id: FromPath[int],
    data: JSONBody[WriteHook],
) -> Hook:
    """Change settings, or switch it on or off; settings that are not named stay."""
    fields = _fields(data)
    async with desk.transaction(viewer.account_id) as tx:
        await update_hook(
            tx,
            hook_id,
            secrets=desk.secrets,
            by=Actor.user(viewer.user_id),
            settings=fields.get("settings"),
            enabled=_enabled(fields.get("status")),
        )
        return await _one(tx, hook_id)


@delete(
    "/integrations/hooks/{hook_id:int}",
    operation_id="delete-an-integration-hook",
    opt=MANAGES,
    status_code=200,
)
async def remove_hook(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], hook_id: FromPath[int]
) -> None:
    """End it; what came of it in conversations stays."""
    async with desk.transaction(viewer.account_id) as tx:
        await delete_hook(tx, hook_id, by=Actor.user(viewer.user_id))


def shown_hook(row: dict[str, Any]) -> Hook:
    """The hook's shape, of a row that holds nothing sealed."""
    inbox = None if row["inbox_id"] is None else HookInbox(row["inbox_id"], row["inbox_name"])
    return Hook(
        id=row["id"],
        app_id=row["app_id"],
        account_id=row["account_id"],
        inbox_id=row["inbox_id"],
        inbox=inbox,
        status=row["status"] == HookStatus.ENABLED,
        hook_type=BY_ID[row["app_id"]].hook_type.value,
        settings=row["settings"],
        reference_id=row["reference_id"],
        last_error=row["last_error"],
    )


async def _one(tx: TenantTx, hook_id: int) -> Hook:
    await tx.session.flush()
    row = await hook_store.hook(tx, hook_id)
    if row is None:
        raise NotFound("hook_not_found", "There is no such integration.")
    return shown_hook(row)


def _fields(data: WriteHook) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(data)
    return {**fields, **fields.pop("hook", {})}


def _enabled(given: object) -> bool | None:
    if given is None:
        return None
    word = str(given).casefold()
    if word in ("1", "true", "enabled"):
        return True
    if word in ("0", "false", "disabled"):
        return False
    raise Invalid("unknown_status", "status must be 1 (on) or 0 (off).", field="status")


router = Router(
    "",
    route_handlers=[get_hook, add_hook, change_hook, remove_hook],
    tags=["Integrations"],
)
