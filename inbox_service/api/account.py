"""The account itself: what it is called, how it is set, what it can do."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Router, get, patch, post
from litestar.di import NamedDependency

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.change_profile import choose_account
from desk.actions.update_account import update_account
from desk.store import accounts as account_store
from desk.store.desk import Desk
from desk.store.frames_shapes import cache_keys
from desk.words.features import ALWAYS_ON
from inbox_service.api.account_fields import AccountFields, TakesAccount
from inbox_service.api.given import given, understood

SETTINGS = (
    "auto_resolve_after",
    "auto_resolve_message",
    "auto_resolve_ignore_waiting",
)


class AccountSettings(msgspec.Struct):
    """What the account has set."""

    auto_resolve_after: int | None
    """Minutes."""
    auto_resolve_message: str | None
    auto_resolve_ignore_waiting: bool | None


class CacheKeys(msgspec.Struct):
    """For each list that clients keep, a word that is another as soon as the list is."""

    label: str
    inbox: str
    team: str


class AccountDetail(msgspec.Struct):
    """An account as those who work for it see it."""

    id: int
    name: str
    locale: str
    domain: str | None
    support_email: str | None
    status: str
    created_at: datetime
    cache_keys: CacheKeys
    features: dict[str, bool]
    settings: AccountSettings
    custom_attributes: dict[str, Any]


class AccountShown(AccountDetail):
    """The same, with what Chatwoot says of its own versions and plans."""

    latest_chatwoot_version: str | None = None
    subscribed_features: list[str] = []


@get("/", operation_id="get-account-details", opt={"needs": Permission.DESK_READ})
async def get_account(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> AccountShown:
    """The account."""
    detail = await _detail(desk, viewer)
    fields = {name: getattr(detail, name) for name in AccountDetail.__struct_fields__}
    return AccountShown(**fields)


@patch(
    "/",
    operation_id="update-account",
    opt={"needs": Permission.DESK_MANAGE},
    operation_class=TakesAccount,
)
async def change_account(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
) -> AccountDetail:
    """Change what the account is called and how it is set."""
    fields = understood((await given(request)).fields, AccountFields)
    async with desk.transaction(viewer.account_id) as tx:
        now = await account_store.account_details(tx)
        await update_account(tx, fields.changes(now["custom_attributes"]), by=viewer.actor)
    return await _detail(desk, viewer)


@get("/cache_keys", operation_id="get-cache-keys", opt={"needs": Permission.DESK_READ})
async def get_cache_keys(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]
) -> dict[str, CacheKeys]:
    """Whether the lists a client keeps are still true."""
    async with desk.transaction(viewer.account_id) as tx:
        return {"cache_keys": CacheKeys(**await cache_keys(tx, viewer.account_id))}


@post(
    "/update_active_at",
    operation_id="update-active-at",
    opt={"needs": Permission.DESK_READ},
    status_code=200,
)
async def update_active_at(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> None:
    """You look at this account now."""
    async with desk.transaction(viewer.account_id) as tx:
        await choose_account(tx, viewer.user_id)


async def _detail(desk: Desk, viewer: Viewer) -> AccountDetail:
    async with desk.transaction(viewer.account_id) as tx:
        row = await account_store.account_details(tx)
        keys = await cache_keys(tx, viewer.account_id)
    return AccountDetail(
        id=row["id"],
        name=row["name"],
        locale=row["locale"],
        domain=row["domain"],
        support_email=row["support_email"],
        status="suspended" if row["suspended"] else "active",
        created_at=row["created_at"],
        cache_keys=CacheKeys(**keys),
        features=dict.fromkeys((*ALWAYS_ON, *row["features"]), True),
        settings=AccountSettings(**{name: row["settings"].get(name) for name in SETTINGS}),
        custom_attributes={**row["custom_attributes"], "timezone": row["time_zone"]},
    )


router = Router(
    "",
    route_handlers=[get_account, change_account, get_cache_keys, update_active_at],
    tags=["Account"],
)
