"""Connections of our own, beside the engine's: no session, and as few journeys as can be."""

import asyncio
import contextlib
import select
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import psycopg
from psycopg import AsyncConnection
from psycopg.pq import TransactionStatus

from desk.words.errors import Transient
from desk.words.ids import AccountId

PATIENCE_SECONDS = 10

NO_ACCOUNT = -1


class Reader(msgspec.Struct, eq=False):
    """A connection, and the account whose rows it shows."""

    connection: AsyncConnection[Any]
    account_id: int = NO_ACCOUNT
    known: set[str] = msgspec.field(default_factory=set)
    """The statements it has learnt."""


READING = "-c default_transaction_read_only=on -c statement_timeout=20s"
"""Postgres itself refuses writes on them."""

WRITING = "-c idle_in_transaction_session_timeout=60000"


class Readers:
    """A few such connections, opened when first needed.

    A statement alone is its own transaction, so that neither BEGIN nor COMMIT travels, and the
    account is named again only when it is another than the connection's last.
    """

    def __init__(
        self, database_url: str, role: str, connections: int, options: str = READING
    ) -> None:
        self._url = database_url
        self._options = f"-c role={role} -c jit=off {options}"
        doing = "reading" if options == READING else "writing"
        self._name = f"{role.replace('_', ' ')} {doing}"
        self._slots = asyncio.Semaphore(connections)
        self._idle: list[Reader] = []
        self._closed = False

    @asynccontextmanager
    async def lend(self, account_id: AccountId | None) -> AsyncIterator[Reader]:
        """A connection that shows this account and no other, for as long as the block lasts."""
        await self._wait()
        try:
            reader = await self._showing(NO_ACCOUNT if account_id is None else int(account_id))
            try:
                yield reader
            finally:
                await self._take_back(reader)
        finally:
            self._slots.release()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Reader]:
        """Commits at the end what `begin` opened, or undoes it as a whole if the block raises."""
        async with self.lend(None) as reader:
            try:
                yield reader
                if reader.connection.info.transaction_status != TransactionStatus.IDLE:
                    await reader.connection.execute(b"commit", prepare=False)
            except BaseException:
                with contextlib.suppress(psycopg.Error):
                    # The driver forgets its statements at a rollback, and may take ours along.
                    await reader.connection.execute(b"rollback; deallocate all", prepare=False)
                reader.known.clear()
                raise

    async def close(self) -> None:
        """Let all of them go."""
        self._closed = True
        while self._idle:
            await self._idle.pop().connection.close()

    async def _wait(self) -> None:
        if not self._slots.locked():
            await self._slots.acquire()
            return
        try:
            await asyncio.wait_for(self._slots.acquire(), PATIENCE_SECONDS)
        except TimeoutError:
            raise Transient("database_busy", "The database has no connection to spare.") from None

    async def _showing(self, account_id: int) -> Reader:
        try:
            reader = await self._idle_one(account_id) or await self._open()
            if reader.account_id != account_id:
                reader.account_id = NO_ACCOUNT
                await reader.connection.execute(
                    b"select set_config('app.account_id', %s, false)", [str(account_id)]
                )
                reader.account_id = account_id
        except (psycopg.OperationalError, OSError) as error:
            raise Transient("database_unreachable", "The database does not answer.") from error
        return reader

    async def _idle_one(self, account_id: int) -> Reader | None:
        while self._idle:
            place = next(
                (n for n, one in enumerate(self._idle) if one.account_id == account_id), -1
            )
            reader = self._idle.pop(place)
            if not _has_ended(reader.connection):
                return reader
            with contextlib.suppress(psycopg.Error, OSError):
                await reader.connection.close()
        return None

    async def _open(self) -> Reader:
        return Reader(
            await AsyncConnection.connect(
                self._url,
                autocommit=True,
                options=self._options,
                application_name=self._name,
                connect_timeout=5,
            )
        )

    async def _take_back(self, reader: Reader) -> None:
        status = reader.connection.info.transaction_status
        if status == TransactionStatus.IDLE and not self._closed:
            self._idle.append(reader)
        else:
            # Cut off in the middle of a statement, or broken: nobody else may get it.
            await reader.connection.close()


def begin(account_id: AccountId) -> bytes:
    """What opens a transaction of the account, to be sent with its first statement."""
    return f"begin; select set_config('app.account_id', '{int(account_id)}', true); ".encode()


def _has_ended(connection: AsyncConnection[Any]) -> bool:
    """Whether the server has let go of an idle connection: only then is there something to read."""
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.pgconn.socket, select.POLLIN)
    return bool(poll.poll(0))
