"""The desk as a program holds it: its database, its Redis, its clock and its settings."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from typing import Any, Self

import psycopg
import redis.asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from desk.clock import Clock, SystemClock
from desk.settings import Settings
from desk.store.automation import RuleShelf
from desk.store.event_log import name_of
from desk.store.reading import WRITING, Readers, begin
from desk.store.secrets import SecretBox
from desk.store.subscriptions import SubscriptionShelf
from desk.store.transaction import TenantTx, Transaction, WideTx
from desk.watching.watch import current_watch
from desk.watching.work import Changed, committed
from desk.words.errors import Transient
from desk.words.ids import AccountId

APP_ROLE = "streamdesk_app"
SYSTEM_ROLE = "streamdesk_system"


class Desk:
    """Opens transactions; a transaction is the only way to the desk's rows."""

    def __init__(
        self,
        settings: Settings,
        *,
        app: AsyncEngine,
        system: AsyncEngine,
        readers: Readers,
        wide_readers: Readers,
        writers: Readers,
        redis: "redis.asyncio.Redis",
        clock: Clock,
    ) -> None:
        self.settings = settings
        self.redis = redis
        self.clock = clock
        self.secrets = SecretBox(settings.security.secret)
        self._app = app
        self._system = system
        self._readers = readers
        self._wide_readers = wide_readers
        self._writers = writers
        self.subscriptions = SubscriptionShelf()
        self.rules = RuleShelf()
        self._after_rules: tuple[int, ...] = ()

    @classmethod
    def open(cls, settings: Settings, *, clock: Clock | None = None, connections: int = 8) -> Self:
        """A desk on the services named in the settings; connects when first used."""
        return cls(
            settings,
            app=_engine(settings, APP_ROLE, connections),
            system=_engine(settings, SYSTEM_ROLE, connections),
            readers=Readers(settings.storage.database_url, APP_ROLE, connections),
            wide_readers=Readers(settings.storage.database_url, SYSTEM_ROLE, connections),
            writers=Readers(settings.storage.database_url, APP_ROLE, connections, WRITING),
            redis=redis.asyncio.Redis.from_url(
                settings.storage.redis_url, socket_timeout=5, socket_connect_timeout=5
            ),
            clock=clock or SystemClock(),
        )

    def following(self, rule_ids: tuple[int, ...]) -> Self:
        """The same desk; what is recorded through it followed from the firing of these rules."""
        follower = copy(self)
        follower._after_rules = rule_ids
        return follower

    async def close(self) -> None:
        await self._readers.close()
        await self._wide_readers.close()
        await self._writers.close()
        await self._app.dispose()
        await self._system.dispose()
        await self.redis.aclose()

    @asynccontextmanager
    async def transaction(
        self, account_id: AccountId, *, quiet: bool = False
    ) -> AsyncIterator[TenantTx]:
        """One account's transaction; `quiet` marks its facts as imported history."""
        began = time.time_ns()
        async with _session(self._app) as (session, connection):
            await connection.execute(
                "select set_config('app.account_id', %s, true)", [str(int(account_id))]
            )
            tx = TenantTx(session, connection, self.clock.now(), account_id, quiet=quiet)
            tx.after_rules = self._after_rules
            yield tx
            await _finish(tx)
        _tell_traces(tx, began)

    @asynccontextmanager
    async def reading(self, account_id: AccountId) -> AsyncIterator[TenantTx]:
        """One account's rows to look at; each statement sees the newest commit by itself."""
        async with self._readers.lend(account_id) as reader:
            tx = TenantTx(None, reader.connection, self.clock.now(), account_id, quiet=True)
            tx.known = reader.known
            yield tx

    @asynccontextmanager
    async def reading_across_accounts(self, *, reason: str) -> AsyncIterator[WideTx]:
        """All accounts' rows to look at; the reason stands in the code for its reviewers."""
        if not reason:
            raise ValueError("say why this reading crosses accounts")
        async with self._wide_readers.lend(None) as reader:
            yield WideTx(None, reader.connection, self.clock.now(), quiet=True)

    @asynccontextmanager
    async def plain_transaction(self, account_id: AccountId) -> AsyncIterator[TenantTx]:
        """A transaction without mapped rows, for what is written all day: its SQL is its own."""
        began = time.time_ns()
        async with self._writers.transaction() as writer:
            tx = TenantTx(None, writer.connection, self.clock.now(), account_id, quiet=False)
            tx.known = writer.known
            tx.opening = begin(account_id)
            tx.after_rules = self._after_rules
            yield tx
            await tx.append_facts()
        _tell_traces(tx, began)

    @asynccontextmanager
    async def transaction_across_accounts(
        self, *, reason: str, quiet: bool = False
    ) -> AsyncIterator[WideTx]:
        """A transaction over all accounts; the reason stands in the code for its reviewers."""
        if not reason:
            raise ValueError("say why this transaction crosses accounts")
        began = time.time_ns()
        async with _session(self._system) as (session, connection):
            tx = WideTx(session, connection, self.clock.now(), quiet=quiet)
            tx.after_rules = self._after_rules
            yield tx
            await _finish(tx)
        _tell_traces(tx, began)


async def _finish(tx: Transaction) -> None:
    await tx.session.flush()
    await tx.append_facts()


def _tell_traces(tx: Transaction, began: int) -> None:
    if tx.left and not tx.quiet and current_watch().traces is not None:
        committed(
            began,
            [Changed(r.account_id, r.at, name_of(r.fact), r.conversation_id) for r in tx.left],
        )


@asynccontextmanager
async def _session(
    engine: AsyncEngine,
) -> AsyncIterator[tuple[AsyncSession, psycopg.AsyncConnection[Any]]]:
    session = AsyncSession(engine, expire_on_commit=False)
    try:
        try:
            raw = await (await session.connection()).get_raw_connection()
        except (psycopg.OperationalError, OSError) as error:
            raise Transient("database_unreachable", "The database does not answer.") from error
        connection = raw.driver_connection
        if not isinstance(connection, psycopg.AsyncConnection):
            raise TypeError("the desk's engine must speak psycopg")
        yield session, connection
        # Always COMMIT, also after reads: ROLLBACK makes psycopg forget its prepared statements.
        await session.commit()
    finally:
        await session.close()


def _engine(settings: Settings, role: str, connections: int) -> AsyncEngine:
    return create_async_engine(
        settings.storage.sqlalchemy_url,
        pool_size=connections,
        max_overflow=connections,
        pool_timeout=10,
        pool_pre_ping=False,
        connect_args={
            "options": f"-c role={role} -c jit=off -c idle_in_transaction_session_timeout=60000",
            "application_name": f"streamdesk {role.removeprefix('streamdesk_')}",
            "connect_timeout": 5,
        },
    )
