"""Who works for an account, as a platform app sets it."""

import msgspec
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.actions.dismiss_agent import dismiss_agent
from desk.actions.employ_agent import change_role, give_work
from desk.store import platform as platform_store
from desk.store.desk import Desk
from desk.store.people import member
from desk.words.actor import Actor
from desk.words.ids import AccountId, UserId
from desk.words.people import Role
from inbox_service.api.agents import role_of
from inbox_service.api.platform.who import WIDE, PlatformApp
from inbox_service.auth.guard import PLATFORM
from inbox_service.auth.people import People


class AccountUser(msgspec.Struct):
    """What a user is in an account."""

    account_id: int
    user_id: int
    role: str


class WriteAccountUser(msgspec.Struct):
    """Give a user a role in the account, or another one."""

    user_id: int
    role: str


class RemoveAccountUser(msgspec.Struct):
    """End a user's work for the account."""

    user_id: int


@get(
    "/accounts/{account_id:int}/account_users",
    operation_id="list-all-account-users",
    opt=PLATFORM,
)
async def list_account_users(
    desk: NamedDependency[Desk],
    platform_app: NamedDependency[PlatformApp],
    account_id: FromPath[int],
) -> list[AccountUser]:
    """Everybody who works for the account."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.account_for(tx, platform_app, account_id)
        rows = await platform_store.account_users(tx, account_id)
    return [AccountUser(row["account_id"], row["user_id"], Role(row["role"]).word) for row in rows]


@post(
    "/accounts/{account_id:int}/account_users",
    operation_id="create-an-account-user",
    opt=PLATFORM,
    status_code=200,
)
async def create_account_user(
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    platform_app: NamedDependency[PlatformApp],
    account_id: FromPath[int],
    data: JSONBody[WriteAccountUser],
) -> AccountUser:
    """Let a user you made work for the account; who does already gets this role."""
    role, by = role_of(data.role), Actor.platform(platform_app)
    user_id = UserId(data.user_id)
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.account_for(tx, platform_app, account_id)
        await platform_store.require_user(tx, platform_app, data.user_id)
        tenant = tx.within(AccountId(account_id))
        if await member(tenant, user_id) is None:
            await give_work(tx, AccountId(account_id), user_id, role, by=by)
        else:
            await change_role(tenant, user_id, role, by=by)
    people.forget_account(AccountId(account_id))
    return AccountUser(account_id, data.user_id, role.word)


@delete(
    "/accounts/{account_id:int}/account_users",
    operation_id="delete-an-account-user",
    opt=PLATFORM,
    status_code=200,
)
async def delete_account_user(
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    platform_app: NamedDependency[PlatformApp],
    account_id: FromPath[int],
    data: JSONBody[RemoveAccountUser],
) -> None:
    """End a user's work for the account; the user stays."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.account_for(tx, platform_app, account_id)
        await dismiss_agent(
            tx.within(AccountId(account_id)),
            UserId(data.user_id),
            by=Actor.platform(platform_app),
        )
    people.forget_account(AccountId(account_id))
