"""The lake: DuckDB over Parquet with its catalogue in Postgres, opened to read or to write."""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import duckdb
from msgspec import Struct, json
from psycopg.conninfo import make_conninfo

from desk.settings import Storage
from desk.words.errors import Transient
from warehouse.changes import Touched
from warehouse.freshness import FRESHNESS_QUERY, Snapshot
from warehouse.held import Held
from warehouse.known import Memory
from warehouse.literals import literal
from warehouse.ready import Ready
from warehouse.remembered import Remembered

INLINE_ROWS = 100
"""Smaller changes wait in the catalogue instead of becoming tiny files."""

MOST_THREADS = 2

_EXTENSIONS = ("ducklake", "postgres_scanner")
_READER_MEMORY = "480MB"
_WRITER_MEMORY = "512MB"

Row = tuple[Any, ...]

T = TypeVar("T", bound=Sized)


class Lake:
    """An open lake; every caller works on a cursor of its own."""

    def __init__(self, storage: Storage, *, writable: bool, ready: bool = False) -> None:
        self._storage = storage
        self._writable = writable
        self._keeps_ready = ready
        self._lock = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._held = Held(self.cursor)
        self._remembered = Remembered()
        self._ready: Ready | None = None
        self.memory = Memory()

    @classmethod
    def reader(cls, storage: Storage) -> Self:
        """A lake that refuses every change."""
        return cls(storage, writable=False)

    @classmethod
    def ready(cls, storage: Storage) -> Self:
        """A reader that follows the lake and keeps what is asked for ready, in threads of its own.

        A new snapshot is seen there once what was asked for lately is in memory as of it.
        """
        return cls(storage, writable=False, ready=True)

    @classmethod
    def writer(cls, storage: Storage) -> Self:
        """A lake that can be changed: only while holding `OneWriter`."""
        return cls(storage, writable=True)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of the kept connection, which is opened on first use."""
        with self._lock:
            if self._connection is None:
                self._connection = _connect(self._storage, writable=self._writable)
            return self._connection.cursor()

    def rows(self, sql: str) -> list[Row]:
        """The rows of a query."""
        return self.result(sql).rows

    def result(self, sql: str) -> "Result":
        """The rows of a query with their columns; a connection that broke is replaced once."""
        try:
            return _run(self.cursor(), sql)
        except (duckdb.IOException, duckdb.ConnectionException):
            self.close()
            return _run(self.cursor(), sql)

    def known(self, sql: str) -> "Result":
        """The result of a query over nothing but what `table` named: remembered, as that is fixed.

        Nobody may change it.
        """
        return self._remembered.get((sql,), lambda: self.result(sql))

    def remembered(self, question: tuple[object, ...], ask: Callable[[], T]) -> T:
        """What follows from such results, remembered as they are."""
        return self._remembered.get(question, ask)

    def times_heard(self, question: tuple[object, ...]) -> int:
        """How often that was asked, this time included."""
        return self._remembered.times_heard(question)

    def snapshot(self) -> Snapshot:
        """The newest snapshot that is whole; raises Transient before the first sync has ended."""
        if self._keeps_ready:
            newest = self._kept_ready().newest()
            if newest is not None:
                return newest
        try:
            found = self.rows(
                f"select * from postgres_query('__ducklake_metadata_lake', '{FRESHNESS_QUERY}')"
            )
        except duckdb.Error as error:
            raise not_ready() from error
        if not found:
            raise not_ready()
        return Snapshot(*found[0])

    def newest(self) -> int:
        """The id of the newest snapshot, be it whole or in the middle of a rebuild."""
        ((newest,),) = self.rows("select id from ducklake_current_snapshot('lake')")
        return int(newest)

    def table(self, label: str, account_id: int, snapshot: int) -> str:
        """Where one account's rows of `facts.message` or another table are read from."""
        if self._ready is not None:
            self._ready.was_asked(int(account_id))
        try:
            source = self._held.table(label, int(account_id), int(snapshot))
        except (duckdb.IOException, duckdb.ConnectionException):
            self.close()
            source = self._held.table(label, int(account_id), int(snapshot))
        if self._ready is not None and source.startswith("lake."):
            self._ready.is_wanted()
        return source

    def rows_in(self, source: str) -> int | None:
        """About how many rows there are in what `table` named; nothing if it is not held."""
        return self._held.rows(source)

    def held_bytes(self) -> int:
        """How much memory and disk the copies take."""
        return self._held.bytes()

    def is_copying(self) -> bool:
        """Is something large still being copied, or about to be?"""
        return self._ready is not None and self._ready.is_copying()

    def close(self) -> None:
        """Let the connection go; the next use opens a new one."""
        with self._lock:
            if self._ready is not None:
                self._ready.stop()
                self._ready = None
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self.memory = Memory()
        self._held.forget()
        self._remembered.forget()

    def _kept_ready(self) -> Ready:
        with self._lock:
            if self._ready is None:
                self._ready = Ready(self._storage, self._held, self._held.take_large)
            return self._ready


class Result(Struct, frozen=True):
    """Rows and the names and types of their columns."""

    columns: list[tuple[str, str]]
    rows: list[Row]

    def __len__(self) -> int:
        return len(self.rows)


def _run(cursor: duckdb.DuckDBPyConnection, sql: str) -> Result:
    cursor.execute(sql)
    columns = [(str(column[0]), str(column[1])) for column in cursor.description or ()]
    return Result(columns, cursor.fetchall())


def not_ready() -> Transient:
    """What is said while there is no lake to read."""
    return Transient(
        "lake_not_ready",
        "The lake holds nothing yet: the first sync fills it within about a minute.",
    )


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection, why: str) -> Iterator[None]:
    """Everything written in the block becomes one snapshot of the lake, or nothing of it."""
    connection.execute("begin")
    try:
        connection.execute(f"call lake.set_commit_message('streamdesk', {literal(why)})")
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def use_threads(connection: duckdb.DuckDBPyConnection, threads: int) -> None:
    """How many threads the whole lake works with from now on."""
    connection.execute(f"set global threads = {int(threads)}")


def name_days(connection: duckdb.DuckDBPyConnection, why: str, touched: Touched) -> None:
    """Say within a transaction that it changes rows of these days alone: readers keep the others."""
    connection.execute(
        f"call lake.set_commit_message('streamdesk', {literal(why)}, "
        f"extra_info => {literal(json.encode(touched).decode())})"
    )


def libpq(url: str, application: str) -> str:
    """A Postgres URL as a libpq string that fits into a quoted SQL literal."""
    return make_conninfo(url, application_name=application).replace("'", "''")


def _connect(storage: Storage, *, writable: bool) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": _WRITER_MEMORY if writable else _READER_MEMORY,
            "threads": MOST_THREADS,
            # Memory of a big load goes back by itself, not at the next load.
            "allocator_background_threads": True,
            # Else what every second statement needs would be given back and asked for again.
            "allocator_flush_threshold": "1GB",
            "temp_directory": str(Path(tempfile.gettempdir()) / f"streamdesk-lake-{os.getpid()}"),
        }
    )
    remote = "://" in storage.lake_path
    for extension in (*_EXTENSIONS, *(("httpfs",) if remote else ())):
        connection.execute(f"load '{_extension_file(extension)}'")
    if remote and storage.s3_endpoint:
        _name_endpoint(connection, storage.s3_endpoint)
    connection.execute("set global TimeZone = 'UTC'")
    # Unlike what is temporary, this is compressed when it is told to.
    connection.execute("attach ':memory:' as held")
    # Misjudging how few rows there are, it would compare each with every interval.
    connection.execute("set global asof_loop_join_threshold = 0")
    catalogue = libpq(storage.lake_catalog_url, "streamdesk lake")
    if writable and not remote:
        Path(storage.lake_path).mkdir(parents=True, exist_ok=True)
    path = storage.lake_path.replace("'", "''")
    try:
        connection.execute(
            f"attach 'ducklake:postgres:{catalogue}' as lake (data_path '{path}', "
            f"override_data_path true, data_inlining_row_limit {INLINE_ROWS}"
            f"{'' if writable else ', read_only'})"
        )
    except duckdb.Error as error:
        connection.close()
        raise not_ready() from error
    return connection


def _name_endpoint(connection: duckdb.DuckDBPyConnection, url: str) -> None:
    """Keys and region httpfs takes from AWS's variables by itself; another server it does not."""
    parts = urlsplit(url)
    connection.execute(f"set global s3_endpoint = {literal(parts.netloc)}")
    connection.execute(f"set global s3_use_ssl = {str(parts.scheme == 'https').lower()}")
    connection.execute("set global s3_url_style = 'path'")


def _extension_file(name: str) -> Path:
    """The extension inside its wheel, loaded from there: nothing is downloaded or copied."""
    spec = find_spec(f"duckdb_extension_{name}")
    if spec is None or not spec.submodule_search_locations:
        raise Transient(
            "lake_extension_missing",
            f"The DuckDB extension {name} is not installed: "
            f"pip install duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}.",
        )
    folder = Path(spec.submodule_search_locations[0])
    return folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
