"""Loads every raw table from nothing, in one snapshot of the desk."""

from collections import Counter

import duckdb

from warehouse.raw_tables import CHANGED, RAW_TABLES, RawTable

Connection = duckdb.DuckDBPyConnection


def load_table(connection: Connection, table: RawTable) -> int:
    """Copy one whole table into its empty raw table; the number of rows."""
    columns = ", ".join([*(column.quoted for column in table.columns), f"{CHANGED}::bigint"])
    row = connection.execute(
        f"insert into lake.raw.{table.name} ({table.column_sql}) "
        f"select {columns} from desk.public.{table.name}"
    ).fetchone()
    return int(row[0]) if row else 0


def load_all(connection: Connection) -> Counter[str]:
    """Copy all tables; the number of rows of each."""
    return Counter({table.name: load_table(connection, table) for table in RAW_TABLES})
