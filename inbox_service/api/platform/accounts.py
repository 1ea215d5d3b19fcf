"""Accounts, as a platform app makes and ends them."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.actions.close_account import close_account
from desk.actions.open_account import open_account
from desk.actions.run_platform import permit
from desk.actions.update_account import update_account
from desk.store import platform as platform_store
from desk.store.desk import Desk
from desk.store.goodbyes import end_account_lines
from desk.store.transaction import WideTx
from desk.words.actor import Actor
from desk.words.errors import Invalid
from desk.words.ids import AccountId
from inbox_service.api.given import sent
from inbox_service.api.platform.who import WIDE, PlatformApp
from inbox_service.auth.guard import PLATFORM
from inbox_service.auth.people import People

Unset = msgspec.UnsetType
UNSET = msgspec.UNSET

STATUSES = {"active": False, "suspended": True}


class PlatformAccount(msgspec.Struct):
    """An account as the platform app that made it sees it."""

    id: int
    name: str
    locale: str
    domain: str | None
    support_email: str | None
    status: str
    features: dict[str, bool]
    limits: dict[str, Any]
    settings: dict[str, Any]
    custom_attributes: dict[str, Any]
    created_at: datetime


class WritePlatformAccount(msgspec.Struct):
    """What is not sent stays as it is."""

    name: str | Unset = UNSET
    locale: str | Unset = UNSET
    domain: str | Unset | None = UNSET
    support_email: str | Unset | None = UNSET
    status: str | Unset = UNSET
    features: dict[str, bool] | Unset | None = UNSET
    limits: dict[str, Any] | Unset | None = UNSET
    custom_attributes: dict[str, Any] | Unset | None = UNSET


@get("/accounts", operation_id="list-the-accounts", opt=PLATFORM)
async def list_accounts(
    desk: NamedDependency[Desk], platform_app: NamedDependency[PlatformApp]
) -> list[PlatformAccount]:
    """The accounts you made or were permitted."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        rows = await platform_store.accounts_of(tx, platform_app)
    return [_shown(row) for row in rows]


@post("/accounts", operation_id="create-an-account", opt=PLATFORM, status_code=200)
async def create_account(
    desk: NamedDependency[Desk],
    platform_app: NamedDependency[PlatformApp],
    data: JSONBody[WritePlatformAccount],
) -> PlatformAccount:
    """Begin an account."""
    if data.name is UNSET:
        raise Invalid("name_missing", "An account needs a name.", field="name")
    changes = _changes(data)
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        account_id = await open_account(tx, data.name.strip()[:255])
        await permit(tx, platform_app, platform_store.ACCOUNT, account_id)
        await tx.session.flush()
        await update_account(tx.within(account_id), changes, by=Actor.platform(platform_app))
        return await _one(tx, platform_app, account_id)


@get("/accounts/{account_id:int}", operation_id="get-details-of-an-account", opt=PLATFORM)
async def get_account(
    desk: NamedDependency[Desk],
    platform_app: NamedDependency[PlatformApp],
    account_id: FromPath[int],
) -> PlatformAccount:
    """One account."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        return await _one(tx, platform_app, account_id)


@patch("/accounts/{account_id:int}", operation_id="update-an-account", opt=PLATFORM)
async def change_account(
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    platform_app: NamedDependency[PlatformApp],
    account_id: FromPath[int],
    data: JSONBody[WritePlatformAccount],
) -> PlatformAccount:
    """Change what it is called and may do, suspend it, or take that back."""
    changes = _changes(data)
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.account_for(tx, platform_app, account_id)
        tenant = tx.within(AccountId(account_id))
        await update_account(tenant, changes, by=Actor.platform(platform_app))
        shown = await _one(tx, platform_app, account_id)
    people.forget_account(AccountId(account_id))
    return shown


@delete(
    "/accounts/{account_id:int}",
    operation_id="delete-an-account",
    opt=PLATFORM,
    status_code=200,
)
async def delete_account(
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    platform_app: NamedDependency[PlatformApp],
    account_id: FromPath[int],
) -> None:
    """End it: nobody sees it from now on, and its data is erased within minutes to hours."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.account_for(tx, platform_app, account_id)
        await close_account(tx, AccountId(account_id), by=Actor.platform(platform_app))
    people.forget_account(AccountId(account_id))
    await end_account_lines(desk, AccountId(account_id))


async def _one(tx: WideTx, platform_app: PlatformApp, account_id: int) -> PlatformAccount:
    await tx.session.flush()
    return _shown(await platform_store.account_for(tx, platform_app, account_id))


def _changes(data: WritePlatformAccount) -> dict[str, Any]:
    changes = sent(data)
    status = changes.pop("status", None)
    if status is not None:
        if status not in STATUSES:
            raise Invalid("unknown_status", "status must be active or suspended.", field="status")
        changes["suspended"] = STATUSES[status]
    return changes


def _shown(row: dict[str, Any]) -> PlatformAccount:
    return PlatformAccount(
        id=row["id"],
        name=row["name"],
        locale=row["locale"],
        domain=row["domain"],
        support_email=row["support_email"],
        status="suspended" if row["suspended"] else "active",
        features=dict.fromkeys(row["features"], True),
        limits=row["limits"],
        settings={key: value for key, value in row["settings"].items() if key != "demo"},
        custom_attributes=row["custom_attributes"],
        created_at=row["created_at"],
    )
