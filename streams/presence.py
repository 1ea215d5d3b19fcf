"""Who is at the desk just now, as the websocket processes write it into Redis."""

from datetime import datetime, timedelta

import redis.asyncio

from desk.words.ids import AccountId

PRESENT_FOR = timedelta(seconds=45)
"""Whoever has not been heard of for this long has left."""


def users_key(account_id: AccountId) -> str:
    """A sorted set: user id by the time of their last sign of life."""
    return f"presence:{int(account_id)}:users"


async def present_users(
    store: "redis.asyncio.Redis", account_id: AccountId, now: datetime
) -> list[int]:
    """The users with an open page."""
    since = (now - PRESENT_FOR).timestamp()
    found = await store.zrangebyscore(users_key(account_id), since, "+inf")
    return [int(member) for member in found if isinstance(member, bytes | str)]
