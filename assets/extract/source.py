"""The desk's Postgres as the sync reads it: one snapshot, its horizon read first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import duckdb
from msgspec import Struct

from desk.settings import Storage
from warehouse import known
from warehouse.lake import libpq
from warehouse.merges import NEW, add_their_others
from warehouse.raw_tables import CHANGED, RAW_TABLES, RawTable, raw_table

Connection = duckdb.DuckDBPyConnection

_HORIZON = """
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon,
           system.system_identifier || '/' || point.timeline_id || '/' || base.oid as cluster,
           (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint
               || '/' || 'events'::regclass::oid as life,
           now() as read_at
    from pg_control_system() as system, pg_control_checkpoint() as point, pg_database as base
    where base.datname = current_database()"""


class Instant(Struct, frozen=True):
    """The point to which one snapshot of the desk reaches."""

    horizon: int
    cluster: str
    life: str
    """Since when its server runs, and its table of facts is there: both anew after any restore."""
    read_at: datetime

    @property
    def source(self) -> str:
        return f"{self.cluster}@{self.life}"

    def is_of_the_cluster(self, source: str) -> bool:
        """Is that source the same cluster, timeline and database, in whichever life?"""
        return source.partition("@")[0] == self.cluster


def attach_desk(connection: Connection, storage: Storage) -> None:
    """Make the desk's database known as `desk`, for reading."""
    known = connection.execute(
        "select count(*) from duckdb_databases() where database_name = 'desk'"
    ).fetchone()
    if known and known[0]:
        return
    address = libpq(storage.database_url, "streamdesk sync")
    connection.execute(f"attach '{address}' as desk (type postgres, read_only)")


@contextmanager
def snapshot(connection: Connection) -> Iterator[Instant]:
    """Everything read from the desk in the block is of one instant.

    The horizon comes first: what commits while the block runs is read again next time.
    """
    connection.execute("begin")
    try:
        row = connection.execute(postgres_query(_HORIZON)).fetchone()
        if row is None:
            raise RuntimeError("the desk's database did not say which one it is")
        yield Instant(*row)
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def postgres_query(sql: str) -> str:
    """A query that Postgres itself plans, so that its indexes are used."""
    return f"select * from postgres_query('desk', $desk${sql}$desk$)"


def changed_tables(connection: Connection, horizon: int) -> list[RawTable]:
    """The tables that have rows written at or after the horizon."""
    checks = " union all ".join(
        f"select '{table.name}' where exists "
        f"(select from {table.name} where {CHANGED} >= '{horizon}'::xid8)"
        for table in RAW_TABLES
    )
    names = {row[0] for row in connection.execute(postgres_query(checks)).fetchall()}
    return [table for table in RAW_TABLES if table.name in names]


def take_changes(connection: Connection, table: RawTable, horizon: int) -> None:
    """Put the rows written at or after the horizon into `changed_<table>`."""
    columns = ", ".join([*(c.quoted for c in table.columns), f"{CHANGED}::text::bigint {CHANGED}"])
    connection.execute(
        f"create or replace temp table changed_{table.name} as "
        + postgres_query(f"select {columns} from {table.name} where {CHANGED} >= '{horizon}'::xid8")
    )


MOST_STORIES = 20_000
"""So many conversations are read one by one; for more the lake is read through."""


def take_stories(connection: Connection, changed: list[RawTable]) -> bool:
    """Put all events of the conversations in `changed_events` into `stories`, where that will do.

    It will not where something else entered into facts that are there: hours, teams, time zones.
    """
    names = {table.name for table in changed}
    if "events" not in names or names & {*known.TABLES}:
        return False
    connection.execute(
        "create or replace temp table wanted as select distinct account_id, conversation_id "
        f"from changed_events where conversation_id is not null limit {MOST_STORIES + 1}"
    )
    add_their_others(connection, "wanted", also=NEW)
    found = connection.execute("from wanted").fetchall()
    settings = connection.execute(
        f"select 1 from changed_events where name in {known.SETTINGS!r} limit 1"
    ).fetchone()
    if settings is not None or len(found) > MOST_STORIES:
        return False
    accounts, conversations = (",".join(str(int(row[side])) for row in found) for side in (0, 1))
    columns = ", ".join(f"e.{column.quoted}" for column in raw_table("events").columns)
    connection.execute(
        "create or replace temp table stories as "
        + postgres_query(
            f"select {columns} from unnest('{{{accounts}}}'::bigint[], "
            f"'{{{conversations}}}'::bigint[]) as wanted(account_id, conversation_id) "
            "cross join lateral (select * from events e where e.account_id = wanted.account_id "
            "and e.conversation_id = wanted.conversation_id offset 0) e"
        )
    )
    return True


def take_tombstones(connection: Connection, horizon: int) -> None:
    """Put the keys deleted at or after the horizon into `tombstones`."""
    connection.execute(
        "create or replace temp table tombstones as "
        + postgres_query(
            "select table_name, row_key::text as row_key, xid::text::bigint as xid "
            f"from lake_tombstones where xid >= '{horizon}'::xid8"
        )
    )
