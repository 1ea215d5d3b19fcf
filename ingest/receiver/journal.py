"""The journal's writer: whatever waits is committed together, in a single round trip."""

import asyncio
import time
from collections import deque
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
import structlog

from desk.store.desk import SYSTEM_ROLE
from desk.words.channels import ChannelKind
from desk.words.errors import NotFound, Transient
from desk.words.ids import AccountId, InboxId
from ingest.receiver.metrics import ReceiverMetrics
from ingest.receiver.trouble import DATABASE_TROUBLE

CHANNEL = "inbound"
"""The NOTIFY channel that wakes the relay."""

log = structlog.get_logger()

MOST_TOGETHER = 500
MOST_BYTES_TOGETHER = 8 * 1024 * 1024
MOST_WAITING = 10_000
MOST_BYTES_WAITING = 64 * 1024 * 1024
MOST_SECONDS = 10
"""Longer than this nobody waits for a commit; the provider comes again."""

_APPEND = b"""
with appended as (
    insert into inbound (account_id, inbox_id, channel, sender, headers, body, received_at)
    select a, i, c, s, h::jsonb, b, t
    from unnest(%b::bigint[], %b::bigint[], %b::text[], %b::text[], %b::text[], %b::bytea[],
                %b::timestamptz[]) with ordinality as hooks(a, i, c, s, h, b, t, place)
    order by place
    returning 1
)
select count(*), pg_notify('inbound', '') from appended"""


class Journalled(NamedTuple):
    """One row of the journal, before it has its number."""

    account_id: AccountId
    inbox_id: InboxId
    channel: ChannelKind
    sender: str
    headers: str
    """As JSON."""
    body: bytes
    received_at: datetime


class _Waiting(NamedTuple):
    hook: Journalled
    done: "asyncio.Future[None]"


class Journal:
    """Appends hooks; returns from `append` when the hook is on the disk."""

    def __init__(self, database_url: str, metrics: ReceiverMetrics) -> None:
        self._url = database_url
        self._metrics = metrics
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._waiting: deque[_Waiting] = deque()
        self._bytes = 0
        self._wake = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._closing = False

    async def append(self, hook: Journalled) -> None:
        """Raises Transient when the database does not take it, NotFound when its inbox is gone."""
        if self._closing:
            raise Transient("stopping", "The desk is stopping.")
        if len(self._waiting) >= MOST_WAITING or self._bytes >= MOST_BYTES_WAITING:
            raise Transient("journal_full", "Too many requests wait for the database.")
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_forever(), name="journal writer")
            self._writer.add_done_callback(_say_if_failed)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(hook, done))
        self._bytes += len(hook.body)
        self._wake.set()
        try:
            async with asyncio.timeout(MOST_SECONDS):
                await done
        except TimeoutError as error:
            raise Transient("database_slow", "The database takes too long.") from error

    async def close(self) -> None:
        """Write what waits, then let go of the database."""
        self._closing = True
        self._wake.set()
        if self._writer is not None:
            await asyncio.gather(self._writer, return_exceptions=True)
        await self._disconnect()

    async def _write_forever(self) -> None:
        batch: list[_Waiting] = []
        try:
            while not self._closing:
                await self._wake.wait()
                self._wake.clear()
                while batch := self._next_batch():
                    await self._write(batch)
        finally:
            # Whoever waits must hear of it, whether the desk stops or the writer failed.
            stopping = Transient("stopping", "The desk is stopping.")
            while batch:
                _fail(batch, stopping)
                batch = self._next_batch()

    def _next_batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        size = 0
        while self._waiting and len(batch) < MOST_TOGETHER and size < MOST_BYTES_TOGETHER:
            waiting = self._waiting.popleft()
            size += len(waiting.hook.body)
            batch.append(waiting)
        self._bytes -= size
        return batch

    async def _write(self, batch: list[_Waiting]) -> None:
        began = time.perf_counter()
        try:
            await self._insert([waiting.hook for waiting in batch])
        except DATABASE_TROUBLE:
            _fail(batch, Transient("database_unreachable", "The database does not answer."))
        except (psycopg.Error, ValueError) as error:
            await self._write_apart(batch, error)
        else:
            self._metrics.batch.observe(len(batch))
            self._metrics.write_seconds.observe(time.perf_counter() - began)
            for waiting in batch:
                if not waiting.done.done():
                    waiting.done.set_result(None)

    async def _write_apart(self, batch: list[_Waiting], error: Exception) -> None:
        """One hook's fault must not be its neighbours'."""
        if len(batch) > 1:
            for waiting in batch:
                await self._write([waiting])
        elif isinstance(error, psycopg.errors.ForeignKeyViolation):
            _fail(batch, NotFound("unknown_inbox", "There is no such inbox any more."))
        else:
            _fail(batch, error)

    async def _insert(self, hooks: list[Journalled]) -> None:
        had_connection = self._connection is not None
        try:
            await self._execute(hooks)
        except DATABASE_TROUBLE as error:
            await self._disconnect()
            if not had_connection or isinstance(error, TimeoutError):
                raise
            # The old connection may have died while nobody knocked. Should the lost statement
            # have been committed after all, the journal has it twice and the desk still once.
            await self._execute(hooks)

    async def _execute(self, hooks: list[Journalled]) -> None:
        connection = self._connection
        if connection is None:
            connection = self._connection = await psycopg.AsyncConnection.connect(
                self._url,
                autocommit=True,
                options=f"-c role={SYSTEM_ROLE}",
                application_name="streamdesk journal",
                connect_timeout=5,
                tcp_user_timeout=MOST_SECONDS * 1000,
            )
        await connection.execute(
            _APPEND, [list(column) for column in zip(*hooks, strict=True)], prepare=True
        )

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def _fail(batch: list[_Waiting], error: Exception) -> None:
    for waiting in batch:
        if not waiting.done.done():
            waiting.done.set_exception(error)


def _say_if_failed(writer: "asyncio.Task[None]") -> None:
    if not writer.cancelled() and (error := writer.exception()) is not None:
        log.error("journal writer failed", exc_info=error)
