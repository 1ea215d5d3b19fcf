"""Being woken by Postgres: one listening connection that may also hold a lock for its owner."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any, Self

import psycopg
import structlog
from psycopg import sql

log = structlog.get_logger()

RECONNECT_SECONDS = 0.5


class Bell:
    """Rings when there may be something to do; heard once however often it rang."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, *, at_most: float) -> None:
        """Until it rings, or for so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._rung.wait()
        self._rung.clear()


class Wakeups:
    """A connection that listens; rings once more whenever something may have been missed."""

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection
        self._bells: list[tuple[str, Bell]] = []

    @classmethod
    @contextlib.asynccontextmanager
    async def connected(cls, database_url: str, *, name: str) -> AsyncIterator[Self]:
        """Connect, trying for ever; the connection is closed with the block."""
        connection = await _connect(database_url, name)
        try:
            yield cls(connection)
        finally:
            await connection.close()

    async def lock(self, number: int) -> bool:
        """Try to take an advisory lock that lasts as long as the connection."""
        cursor = await self._connection.execute("select pg_try_advisory_lock(%s)", [number])
        row = await cursor.fetchone()
        return bool(row and row[0])

    async def bell(self, channel: str, bell: Bell | None = None) -> Bell:
        """Let a bell of one's own ring for a NOTIFY channel."""
        await self._connection.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))
        bell = bell or Bell()
        self._bells.append((channel, bell))
        return bell

    async def hear(self) -> None:
        """Ring the bells until the connection is lost; raises OperationalError then."""
        self.ring_all()
        async for notice in self._connection.notifies():
            for channel, bell in self._bells:
                if channel == notice.channel:
                    bell.ring()
        raise psycopg.OperationalError("the listening connection ended")

    def ring_all(self) -> None:
        for _, bell in self._bells:
            bell.ring()


async def _connect(database_url: str, name: str) -> psycopg.AsyncConnection[Any]:
    said = False
    while True:
        try:
            return await psycopg.AsyncConnection.connect(
                database_url,
                autocommit=True,
                application_name=f"streamdesk {name}",
                connect_timeout=5,
                keepalives_idle=10,
            )
        except (psycopg.OperationalError, OSError) as error:
            if not said:
                log.warning("database_unreachable", error=type(error).__name__)
                said = True
            await asyncio.sleep(RECONNECT_SECONDS)
