"""The only ways to a session: one account's transaction, or one across accounts with a reason."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import dict_row
from sqlalchemy.ext.asyncio import AsyncSession

from desk.events.catalogue import Fact
from desk.store import event_log
from desk.store.event_log import Recorded
from desk.store.prepared import Prepared, Value, run
from desk.words.actor import Actor
from desk.words.ids import AccountId, ConversationId

Parameters = Mapping[str, Any] | Sequence[Any]


class Transaction:
    """A transaction with the facts it will leave in the log; whoever opened it commits it."""

    def __init__(
        self,
        session: AsyncSession | None,
        connection: AsyncConnection[Any],
        now: datetime,
        *,
        quiet: bool,
    ) -> None:
        self._session = session
        self.connection = connection
        self.now = now
        self.quiet = quiet
        self.after_rules: tuple[int, ...] = ()
        """The rules whose firing led to what is recorded here."""
        self.marks: dict[str, Any] = {}
        """What every message written here carries among its content attributes."""
        self._recorded: list[Recorded] = []
        self.known: set[str] | None = None
        """The statements that the connection has learnt, where it learns any."""
        self.opening = b""
        """What has to be said before the first statement, and can travel with it."""
        self.left: list[Recorded] = []
        """The facts that are in the log once this transaction has committed."""

    @property
    def session(self) -> AsyncSession:
        """The mapped rows of this transaction; what only reads has none."""
        if self._session is None:
            raise TypeError("desk.reading() shows rows and changes none: open a transaction")
        return self._session

    async def execute(self, sql: str, parameters: Parameters | None = None) -> int:
        """Run one statement; the number of rows it touched."""
        await self._write_pending()
        return (await self.connection.execute(sql.encode(), parameters)).rowcount

    async def all(
        self, sql: str, parameters: Parameters | None = None, *, prepare: bool | None = None
    ) -> list[dict[str, Any]]:
        """All rows of a query, as dictionaries."""
        return await (await self._cursor(sql, parameters, prepare)).fetchall()

    async def tuples(
        self, sql: str, parameters: Parameters | None = None, *, prepare: bool | None = None
    ) -> list[tuple[Any, ...]]:
        """All rows of a query, as they come: cheaper than dictionaries."""
        await self._write_pending()
        cursor = await self.connection.execute(sql.encode(), parameters, prepare=prepare)
        return await cursor.fetchall()

    async def first(
        self, sql: str, parameters: Parameters | None = None, *, prepare: bool | None = None
    ) -> dict[str, Any] | None:
        """The first row of a query, or nothing."""
        return await (await self._cursor(sql, parameters, prepare)).fetchone()

    async def one(
        self, sql: str, parameters: Parameters | None = None, *, prepare: bool | None = None
    ) -> dict[str, Any]:
        """The first row of a query that always has one."""
        row = await self.first(sql, parameters, prepare=prepare)
        if row is None:
            raise LookupError("a statement that always returns a row returned none")
        return row

    async def run(self, statement: Prepared, *values: Value) -> tuple[Any, ...] | None:
        """The first row of a long statement that is run all day."""
        if self.known is not None:
            opening, self.opening = self.opening, b""
            return await run(self.connection, self.known, statement, values, opening)
        await self._write_pending()
        sql, named = statement.positional(values)
        return await (await self.connection.execute(sql.encode(), named, prepare=True)).fetchone()

    async def insert(self, sql: str, parameters: Parameters) -> int:
        """Insert one row that needs nothing of what is pending; its new id."""
        if self.opening:
            await self._write_pending()
        cursor = await self.connection.execute(sql.encode(), parameters)
        row = await cursor.fetchone()
        if row is None:
            raise LookupError("the statement returned no id")
        return int(row[0])

    async def _cursor(
        self, sql: str, parameters: Parameters | None, prepare: bool | None
    ) -> AsyncCursor[dict[str, Any]]:
        await self._write_pending()
        cursor = self.connection.cursor(row_factory=dict_row)
        return await cursor.execute(sql.encode(), parameters, prepare=prepare)

    async def _write_pending(self) -> None:
        if self.opening:
            opening, self.opening = self.opening, b""
            await self.connection.execute(opening, prepare=False)
        # What was changed on mapped rows must be there for the statement that follows.
        session = self._session
        if session is not None and (session.new or session.dirty or session.deleted):
            await session.flush()

    @asynccontextmanager
    async def part(self) -> AsyncIterator[None]:
        """A part that is undone as a whole, facts included, if it raises; the rest stays."""
        before = len(self._recorded)
        try:
            async with self.session.begin_nested():
                # The savepoint is set when the session asks; our statements go past it.
                await self.session.connection()
                yield
                await self.session.flush()
        except BaseException:
            del self._recorded[before:]
            raise

    async def append_facts(self) -> None:
        """Write what was recorded to the event log; called once, just before the commit."""
        if self._recorded:
            await self._write_pending()
            await event_log.append(self.connection, self._recorded, quiet=self.quiet)
            self.left.extend(self._recorded)
            self._recorded.clear()

    def _record(
        self,
        account_id: AccountId,
        fact: Fact,
        by: Actor,
        conversation_id: ConversationId | None,
        at: datetime | None,
    ) -> None:
        self._recorded.append(
            Recorded(account_id, conversation_id, at or self.now, by, fact, self.after_rules)
        )


class TenantTx(Transaction):
    """A transaction that sees one account and nothing else."""

    def __init__(
        self,
        session: AsyncSession | None,
        connection: AsyncConnection[Any],
        now: datetime,
        account_id: AccountId,
        *,
        quiet: bool,
    ) -> None:
        super().__init__(session, connection, now, quiet=quiet)
        self.account_id = account_id

    def record(
        self, fact: Fact, *, by: Actor, conversation_id: ConversationId | None = None
    ) -> None:
        """Leave a fact for the event log."""
        self._record(self.account_id, fact, by, conversation_id, None)


class WideTx(Transaction):
    """A transaction across accounts: relay, streams, jobs and sync; every row names its account."""

    def within(self, account_id: AccountId) -> TenantTx:
        """The same transaction for one account's actions; it ends with this one."""
        narrowed = TenantTx(self.session, self.connection, self.now, account_id, quiet=self.quiet)
        narrowed._recorded = self._recorded
        narrowed.after_rules = self.after_rules
        return narrowed

    def record(
        self,
        account_id: AccountId,
        fact: Fact,
        *,
        by: Actor,
        conversation_id: ConversationId | None = None,
        at: datetime | None = None,
    ) -> None:
        """Leave a fact of one account for the event log."""
        self._record(account_id, fact, by, conversation_id, at)
