"""Who makes an export: a lock that its maker's death lets go at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from desk.settings import Storage

_CLASS = 7_316_030
"""The first half of the lock's key; the second is the export's id."""


class Claims:
    """Locks on exports, all on one connection."""

    def __init__(self, connection: "psycopg.AsyncConnection[tuple[bool]]") -> None:
        self._connection = connection

    @classmethod
    @asynccontextmanager
    async def opened(cls, storage: Storage) -> AsyncIterator["Claims"]:
        """The connection lives as long as the block."""
        connection = await psycopg.AsyncConnection.connect(
            storage.database_url, autocommit=True, application_name="streamdesk exports"
        )
        async with connection:
            yield cls(connection)

    @asynccontextmanager
    async def held(self, export_id: int) -> AsyncIterator[bool]:
        """Whether the export is ours for the block; False when somebody else is at it."""
        key = _CLASS * 2**32 + export_id % 2**32
        cursor = await self._connection.execute("select pg_try_advisory_lock(%s)", [key])
        row = await cursor.fetchone()
        if row is None or not row[0]:
            yield False
            return
        try:
            yield True
        finally:
            await self._connection.execute("select pg_advisory_unlock(%s)", [key])
