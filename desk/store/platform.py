"""Reading platform apps, and what each of them may touch."""

from typing import Any

from desk.store.transaction import WideTx
from desk.words.errors import NotFound

ACCOUNT, USER, AGENT_BOT = "account", "user", "agent_bot"
"""The kinds of things that a platform app can be permitted."""

_ACCOUNT = """
select a.id, a.name, a.locale, a.domain, a.support_email, a.suspended, a.features, a.limits,
       a.settings, a.custom_attributes, a.created_at
from accounts a
join platform_app_permissibles p on p.kind = 'account' and p.object_id = a.id
where p.platform_app_id = %s and a.deleted_at is null"""


async def app_of_digest(tx: WideTx, digest: bytes) -> int | None:
    """The platform app whose token has this digest, or nothing."""
    row = await tx.first("select id from platform_apps where token_digest = %s", [digest])
    return None if row is None else int(row["id"])


async def require_permitted(
    tx: WideTx, platform_app_id: int, kind: str, object_id: int, sentence: str
) -> None:
    """Raises NotFound: what the app did not make and was not permitted is not there for it."""
    if not await is_permitted(tx, platform_app_id, kind, object_id):
        raise NotFound(f"{kind}_not_found", sentence)


async def is_permitted(tx: WideTx, platform_app_id: int, kind: str, object_id: int) -> bool:
    """Whether the app may touch it."""
    return (
        await tx.first(
            """select from platform_app_permissibles
               where platform_app_id = %s and kind = %s and object_id = %s""",
            [platform_app_id, kind, object_id],
        )
        is not None
    )


async def accounts_of(tx: WideTx, platform_app_id: int) -> list[dict[str, Any]]:
    """The accounts the app may touch, oldest first."""
    return await tx.all(f"{_ACCOUNT} order by a.id", [platform_app_id])


async def account_for(tx: WideTx, platform_app_id: int, account_id: int) -> dict[str, Any]:
    """One of them; raises NotFound."""
    row = await tx.first(f"{_ACCOUNT} and a.id = %s", [platform_app_id, account_id])
    if row is None:
        raise NotFound("account_not_found", "There is no such account.")
    return row


async def require_user(tx: WideTx, platform_app_id: int, user_id: int) -> None:
    """Raises NotFound unless the app may touch this user."""
    await require_permitted(tx, platform_app_id, USER, user_id, "There is no such user.")


async def require_bot(tx: WideTx, platform_app_id: int, agent_bot_id: int) -> None:
    """Raises NotFound unless the app may touch this bot."""
    await require_permitted(tx, platform_app_id, AGENT_BOT, agent_bot_id, "There is no such bot.")


async def account_users(tx: WideTx, account_id: int) -> list[dict[str, Any]]:
    """Who works for the account, with what role."""
    return await tx.all(
        """select user_id, account_id, role from account_users
           where account_id = %s order by user_id""",
        [account_id],
    )
