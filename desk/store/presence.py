"""Who is there: each account's people and visitors, with when they were last heard of."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import redis.asyncio

from desk.clock import Clock
from desk.words.ids import AccountId

WINDOW_SECONDS = 45
"""Pages beat every 20 seconds: one lost beat makes nobody flicker."""

CONTACT_WINDOW_SECONDS = 90
"""Widgets beat every 60 seconds."""


class Present(NamedTuple):
    """Ids of those who are there."""

    users: set[int]
    contacts: set[int]


class Presence:
    """Sorted sets in Redis, shared by all processes; who is there in two of them has two entries."""

    def __init__(self, store: "redis.asyncio.Redis", clock: Clock, place: str = "") -> None:
        self._store = store
        self._clock = clock
        self._place = f":{place}" if place else ""
        """Tells this process's entries from those of others."""

    async def beat_user(self, account_id: AccountId, user_id: int) -> bool:
        """The agent is there; whether they were not before."""
        return await self._beat(_users(account_id), user_id, WINDOW_SECONDS)

    async def beat_contact(self, account_id: AccountId, contact_id: int) -> bool:
        """The visitor is there; whether they were not before."""
        return await self._beat(_contacts(account_id), contact_id, CONTACT_WINDOW_SECONDS)

    async def leave_user(self, account_id: AccountId, user_id: int) -> None:
        """The agent has gone from here."""
        await self._store.zrem(_users(account_id), f"{user_id}{self._place}")

    async def leave_contact(self, account_id: AccountId, contact_id: int) -> None:
        """The visitor has gone from here."""
        await self._store.zrem(_contacts(account_id), f"{contact_id}{self._place}")

    async def users(self, account_id: AccountId) -> set[int]:
        """The agents who are there."""
        now = self._clock.now().timestamp()
        found = await self._store.zrangebyscore(_users(account_id), now - WINDOW_SECONDS, "+inf")
        return _ids(found)

    async def attended(self, account_ids: Collection[AccountId]) -> set[AccountId]:
        """Those of the accounts at which at least one agent is there, in one round trip."""
        if not account_ids:
            return set()
        since = self._clock.now().timestamp() - WINDOW_SECONDS
        accounts = sorted(account_ids)
        async with self._store.pipeline(transaction=False) as pipeline:
            for account_id in accounts:
                pipeline.zcount(_users(account_id), since, "+inf")
            found = await pipeline.execute()
        return {account for account, count in zip(accounts, found, strict=True) if count}

    async def present(self, account_id: AccountId) -> Present:
        """Everybody who is there, in one round trip; those long gone are swept out."""
        now = self._clock.now().timestamp()
        users, contacts = _users(account_id), _contacts(account_id)
        async with self._store.pipeline(transaction=False) as pipeline:
            pipeline.zremrangebyscore(users, "-inf", f"({now - WINDOW_SECONDS}")
            pipeline.zremrangebyscore(contacts, "-inf", f"({now - CONTACT_WINDOW_SECONDS}")
            pipeline.zrange(users, 0, -1)
            pipeline.zrange(contacts, 0, -1)
            *_, user_ids, contact_ids = await pipeline.execute()
        return Present(_ids(user_ids), _ids(contact_ids))

    async def silent(self, *, sweep: bool) -> int:
        """How many are noted as there, in whichever account, but fell silent.

        `sweep` strikes those out: accounts at which nobody looks keep them otherwise.
        """
        now = self._clock.now().timestamp()
        silent = 0
        for pattern, window in (
            ("presence:*:users", WINDOW_SECONDS),
            ("presence:*:contacts", CONTACT_WINDOW_SECONDS),
        ):
            async for key in self._store.scan_iter(match=pattern, count=500):
                span = ("-inf", f"({now - window}")
                silent += int(
                    await self._store.zremrangebyscore(key, *span)
                    if sweep
                    else await self._store.zcount(key, *span)
                )
        return silent

    async def _beat(self, key: str, who: int, window: int) -> bool:
        now = self._clock.now().timestamp()
        member = f"{who}{self._place}"
        async with self._store.pipeline(transaction=False) as pipeline:
            pipeline.zscore(key, member)
            pipeline.zadd(key, {member: now})
            pipeline.expire(key, 24 * 3600)
            before, *_ = await pipeline.execute()
        if before is not None and float(before) >= now - window:
            return False
        # Not here before; they may have been in another process.
        found = await self._store.zrangebyscore(key, now - window, "+inf")
        return who not in _ids(one for one in found if _text(one) != member)


def _text(member: object) -> str:
    return member.decode() if isinstance(member, bytes) else str(member)


def _ids(members: Iterable[object]) -> set[int]:
    return {int(_text(member).partition(":")[0]) for member in members}


def _users(account_id: AccountId) -> str:
    return f"presence:{int(account_id)}:users"


def _contacts(account_id: AccountId) -> str:
    return f"presence:{int(account_id)}:contacts"
