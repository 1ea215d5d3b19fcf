"""The lake's one writer: a lock in the catalogue's database, and the note of how fresh it is."""

from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql

from desk.settings import Storage
from desk.words.errors import Conflict, Transient
from warehouse.freshness import TOLD_ON, Snapshot

_LOCK = 7_316_022


class OneWriter:
    """The right to change the lake, held until the block ends or the process dies."""

    def __init__(self, storage: Storage, *, wait: bool) -> None:
        self._storage = storage
        self._wait = wait
        self._connection: psycopg.Connection[Any] | None = None

    def __enter__(self) -> Self:
        connection = _open_catalogue(self._storage)
        if self._wait:
            connection.execute("select pg_advisory_lock(%s)", [_LOCK])
        elif not _first(connection, "select pg_try_advisory_lock(%s)", [_LOCK]):
            connection.close()
            raise Conflict("lake_busy", "Another process is writing the lake just now.")
        self._connection = connection
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    def note(self, snapshot: Snapshot) -> None:
        """Make a snapshot the one that readers see; a run that found nothing new does it too."""
        if self._connection is None:
            raise RuntimeError("only the writer in its block may say how fresh the lake is")
        self._connection.execute(
            "insert into streamdesk.freshness (one, read_at, snapshot) values (true, %s, %s) "
            "on conflict (one) do update set read_at = excluded.read_at, "
            "snapshot = excluded.snapshot",
            [snapshot.read_at, snapshot.id],
        )
        self._connection.execute("select pg_notify(%s, '')", [TOLD_ON])


def _open_catalogue(storage: Storage) -> psycopg.Connection[Any]:
    try:
        connection = psycopg.connect(storage.lake_catalog_url, autocommit=True)
    except psycopg.OperationalError as error:
        if "does not exist" not in str(error):
            raise Transient("lake_unreachable", "The lake's catalogue does not answer.") from error
        _create_database(storage)
        connection = psycopg.connect(storage.lake_catalog_url, autocommit=True)
    if not _first(connection, "select to_regclass('streamdesk.freshness') is not null", []):
        connection.execute("create schema if not exists streamdesk")
        connection.execute(
            "create table if not exists streamdesk.freshness "
            "(one boolean primary key check (one), read_at timestamptz not null, "
            "snapshot bigint not null)"
        )
    return connection


def _create_database(storage: Storage) -> None:
    name = psycopg.conninfo.conninfo_to_dict(storage.lake_catalog_url)["dbname"]
    with psycopg.connect(storage.database_url, autocommit=True) as connection:
        try:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(str(name))))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return


def _first(connection: psycopg.Connection[Any], query: str, parameters: list[object]) -> bool:
    row = connection.execute(query.encode(), parameters).fetchone()
    return bool(row and row[0])
