"""Which webhook events an account wants at all: remembered, and forgotten at the commit that
changes it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg

from desk.words.ids import AccountId

CHANNEL = "desk_webhooks"
"""The NOTIFY channel on which a trigger names the account whose webhooks changed."""

Load = Callable[[AccountId], Awaitable[frozenset[str]]]


class Subscriptions:
    """Asks once for each account; a word from Postgres makes it ask again.

    What Postgres has said is heard before every answer, on a connection that only listens. When
    that connection is lost, everything is forgotten.
    """

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._listening: psycopg.AsyncConnection[Any] | None = None
        self._known: dict[AccountId, frozenset[str]] = {}
        self._one_at_a_time = asyncio.Lock()

    async def of(self, account_id: AccountId, load: Load) -> frozenset[str]:
        """The names of the events that somebody of the account listens to."""
        async with self._one_at_a_time:
            await self._hear()
            known = self._known.get(account_id)
            if known is None:
                known = self._known[account_id] = await load(account_id)
            return known

    async def close(self) -> None:
        """Listen no more."""
        listening, self._listening = self._listening, None
        self._known.clear()
        if listening is not None:
            await listening.close()

    async def _hear(self) -> None:
        try:
            if self._listening is None:
                self._listening = await psycopg.AsyncConnection.connect(
                    self._database_url,
                    autocommit=True,
                    application_name="streamdesk subscriptions",
                    connect_timeout=5,
                    keepalives_idle=10,
                )
                await self._listening.execute(f"listen {CHANNEL}".encode())
            async for notice in self._listening.notifies(timeout=0):
                self._known.pop(AccountId(int(notice.payload)), None)
        except psycopg.Error:
            await self.close()
            raise
