"""Ends a person's live lines at once: they signed out, or their secrets are others now."""

import msgspec

from desk.store import people
from desk.store.desk import Desk
from desk.store.feed import LOGOUT, Frame, publish
from desk.words.ids import AccountId, UserId


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
