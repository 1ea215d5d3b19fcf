"""Ends a person's live lines at once: they signed out, or their secrets are others now."""

import msgspec

from desk.store import people
from desk.store.desk import Desk
from desk.store.feed import LOGOUT, Frame, publish
from desk.words.ids import AccountId, UserId


async def end_account_lines(desk: Desk, account_id: AccountId) -> None:
    """The account is no more: whoever listens to it has to look at their rights again."""
    data = {"account_id": account_id, "cache_keys": {"account": "closed"}}
    frame = Frame("account.cache_invalidated", msgspec.Raw(msgspec.json.encode(data)))
    await publish(desk.redis, [(account_id, frame)])


async def end_lines(desk: Desk, user_id: UserId, *, session: str | None = None) -> None:
    """Tell all their pages to sign out, or only those of one sign-in (`sessions.mark_of`)."""
    async with desk.transaction_across_accounts(
        reason="a person's sockets may be of any of their accounts"
    ) as tx:
        accounts = [AccountId(row["id"]) for row in await people.memberships(tx, user_id)]
    frames = [
        (
            account_id,
            Frame(
                LOGOUT,
                msgspec.Raw(msgspec.json.encode({"account_id": account_id})),
                user_id=int(user_id),
                session=session,
            ),
        )
        for account_id in accounts
    ]
    await publish(desk.redis, frames)
