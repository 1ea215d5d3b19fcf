"""The lake's tables: raw ones from the columns of the desk, facts and marts from their queries."""

from datetime import datetime
from hashlib import sha256

import duckdb
from msgspec import Struct, structs

from warehouse import build, known, models
from warehouse.literals import literal
from warehouse.models import FACTS, MARTS, SETTINGS, Model
from warehouse.raw_tables import RAW_TABLES, RawTable

SCHEMAS = ("meta", "raw", "facts", "marts")

Connection = duckdb.DuckDBPyConnection


class State(Struct, frozen=True):
    """How far the lake has followed which desk, and by which definitions."""

    horizon: int
    """Every transaction below this one is in the lake, as far as it committed."""
    source: str
    """The cluster, its timeline and database, and in which life: where transaction ids hold."""
    raw_digest: str
    model_digest: str
    """Empty while facts and marts still have to be made from what is in raw."""
    read_at: datetime


def raw_digest() -> str:
    """A fingerprint of the raw tables' columns: where it differs, raw is loaded anew."""
    text = "\n".join(f"{table.name} {table.definition_sql}" for table in RAW_TABLES)
    return sha256(text.encode()).hexdigest()


def read_state(connection: Connection) -> State | None:
    """Where the lake stands, or nothing if it holds nothing yet."""
    try:
        row = connection.execute(
            "select horizon, source, raw_digest, model_digest, read_at from lake.meta.sync_state"
        ).fetchone()
    except duckdb.CatalogException:
        return None
    return None if row is None else State(*row)


def write_state(connection: Connection, state: State) -> None:
    """Say where the lake stands, in the transaction that brought it there."""
    connection.execute("delete from lake.meta.sync_state")
    values = ", ".join(literal(value) for value in structs.astuple(state))
    connection.execute(f"insert into lake.meta.sync_state values ({values})")


def make_raw_tables(connection: Connection) -> None:
    """Make empty raw tables, in place of those that may be there."""
    for schema in SCHEMAS:
        connection.execute(f"create schema if not exists lake.{schema}")
    connection.execute(
        "create table if not exists lake.meta.sync_state (horizon bigint, source varchar, "
        "raw_digest varchar, model_digest varchar, read_at timestamptz)"
    )
    for table in RAW_TABLES:
        _make_raw_table(connection, table)
    connection.execute("call lake.set_option('parquet_compression', 'zstd')")


def _make_raw_table(connection: Connection, table: RawTable) -> None:
    connection.execute(f"drop table if exists lake.raw.{table.name}")
    connection.execute(f"create table lake.raw.{table.name} ({table.definition_sql})")


def make_model_tables(connection: Connection) -> None:
    """Make empty facts and marts with the columns that their queries have."""
    for model in (*SETTINGS, *FACTS, *MARTS):
        connection.execute(f"drop table if exists {model.table}")
    build.nothing_in_scope(connection)
    for model in SETTINGS:
        _make_from_query(connection, model)
    known.use_lake(connection)
    build.run_steps(connection)
    for model in FACTS:
        _make_from_query(connection, model)
    build.all_days(connection)
    for model in MARTS:
        _make_from_query(connection, model)


def _make_from_query(connection: Connection, model: Model) -> None:
    connection.execute(f"create table {model.table} as select * from (\n{model.sql}\n) limit 0")
    if model.order:
        columns = ", ".join(f'"{column}"' for column in model.order)
        connection.execute(f"alter table {model.table} set sorted by ({columns})")


def is_current(state: State | None) -> bool:
    """Does the lake hold raw tables of just these columns?"""
    return state is not None and state.raw_digest == raw_digest()


def models_are_current(state: State) -> bool:
    """Were facts and marts made by just these models?"""
    return state.model_digest == models.digest()
