"""Compares the lake with the desk: each table by account, the large ones by month, too."""

from datetime import date

import duckdb
from msgspec import Struct

from assets.extract.source import postgres_query
from warehouse.raw_tables import RAW_TABLES, RawTable

Connection = duckdb.DuckDBPyConnection


class Difference(Struct, frozen=True):
    """One account whose rows in one table, of one month, are not the same on both sides."""

    table: str
    account_id: int
    month: date | None
    """The first day, in UTC; a small table is compared as a whole."""
    desk_rows: int
    lake_rows: int


def take_sums(connection: Connection) -> None:
    """Count the desk's rows into `desk_sums`, in the snapshot that the changes come from."""
    union = " union all ".join(f"({_sums(table, table.name)})" for table in RAW_TABLES)
    connection.execute(f"create or replace temp table desk_sums as {postgres_query(union)}")


def differences(connection: Connection) -> list[Difference]:
    """Where the lake, with those changes applied, holds other rows than the desk."""
    union = " union all ".join(
        f"({_sums(table, f'lake.raw.{table.name}')})" for table in RAW_TABLES
    )
    rows = connection.execute(
        f"""
        select coalesce(desk.table_name, lake.table_name), coalesce(desk.account, lake.account),
               coalesce(desk.month, lake.month),
               coalesce(desk.n, 0), coalesce(lake.n, 0)
        from desk_sums as desk
        full join ({union}) as lake
            on lake.table_name = desk.table_name and lake.account = desk.account
           and lake.month is not distinct from desk.month
        where (desk.n, desk.key_sum) is distinct from (lake.n, lake.key_sum)
        order by 1, 2, 3"""
    ).fetchall()
    return [Difference(*row) for row in rows]


def _sums(table: RawTable, place: str) -> str:
    month = (
        f"date_trunc('month', timezone('UTC', \"{table.month}\"))::date"
        if table.month
        else "null::date"
    )
    return (
        f"select '{table.name}' as table_name, {table.account_sql} as account, {month} as month, "
        f"count(*) as n, {table.sum_sql} as key_sum from {place} group by 1, 2, 3"
    )
