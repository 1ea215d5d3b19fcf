"""Applies what changed at the desk to the raw tables, each change once."""

from collections import Counter
from datetime import date

import duckdb

from warehouse import known
from warehouse.changes import Touched
from warehouse.raw_tables import CHANGED, RawTable, raw_table

Connection = duckdb.DuckDBPyConnection


def leave_out_known(connection: Connection, table: RawTable, horizon: int) -> int:
    """Drop from `changed_<table>` what an earlier run already brought; how many rows remain.

    Rows stay above the horizon while an older transaction is open, and are then read each time.
    """
    connection.execute(
        f"delete from changed_{table.name} as changed using ("
        f"  select {table.key_sql}, {CHANGED} from lake.raw.{table.name}"
        f"  where {CHANGED} >= {horizon}) as known "
        f"where {_same_key(table, 'changed', 'known')} "
        f"and changed.{CHANGED} = known.{CHANGED} "
        f"and not exists (from tombstones t where {_is_tombstone(table, 'changed')})"
    )
    return _count(connection, f"changed_{table.name}")


def newest_xid(connection: Connection, tables: list[RawTable]) -> int:
    """The latest transaction that wrote any of the changed rows."""
    union = " union all ".join(f"select {CHANGED} from changed_{table.name}" for table in tables)
    row = connection.execute(f"select max({CHANGED}) from ({union})").fetchone() if tables else None
    return int(row[0]) if row and row[0] is not None else 0


def touches_what_is_known(
    connection: Connection, tables: list[RawTable], buried: list[str]
) -> bool:
    """Do changes or deletions enter into what the writer keeps in memory?"""
    names = {table.name for table in tables}
    if (names | {*buried}) & {*known.TABLES}:
        return True
    if "events" not in names:
        return False
    found = connection.execute(
        f"select 1 from changed_events where name in {known.EVENTS!r} limit 1"
    ).fetchone()
    return found is not None


def find_graves(connection: Connection, table: RawTable) -> int:
    """Put the keys that tombstones name into `graves_<table>`, unless written again since."""
    condition = _is_tombstone(table, "buried")
    connection.execute(
        f"create or replace temp table graves_{table.name} as select {table.key_sql} "
        f"from lake.raw.{table.name} as buried "
        f"where exists (from tombstones t where {condition} and t.xid >= buried.{CHANGED})"
    )
    return _count(connection, f"graves_{table.name}")


def bury(connection: Connection, table: RawTable) -> None:
    """Delete the rows that `graves_<table>` names."""
    connection.execute(
        f"delete from lake.raw.{table.name} as buried using graves_{table.name} as graves "
        f"where {_same_key(table, 'buried', 'graves')}"
    )


def apply_changes(connection: Connection, table: RawTable) -> int:
    """Replace the rows of `changed_<table>` in the raw table."""
    if not table.grows:
        connection.execute(
            f"delete from lake.raw.{table.name} as stale using changed_{table.name} as changed "
            f"where {_same_key(table, 'stale', 'changed')}"
        )
    connection.execute(
        f"insert into lake.raw.{table.name} ({table.column_sql}) "
        f"select {table.column_sql} from changed_{table.name}"
    )
    return _count(connection, f"changed_{table.name}")


def dirty_conversations(connection: Connection, tables: list[RawTable]) -> None:
    """Collect the conversations whose story grew, and those of accounts whose zone changed.

    Called before the changes are applied: it compares with what the lake still holds.
    """
    connection.execute(
        "create or replace temp table dirty_conversations "
        "(account_id bigint, conversation_id bigint)"
    )
    names = {table.name for table in tables}
    if "events" in names:
        connection.execute(
            "insert into dirty_conversations select distinct account_id, conversation_id "
            "from changed_events where conversation_id is not null"
        )
    if "accounts" in names:
        connection.execute(
            """
            insert into dirty_conversations
            select distinct e.account_id, e.conversation_id from lake.raw.events e
            where e.conversation_id is not null and e.account_id in (
                select changed.id from changed_accounts changed
                join lake.raw.accounts before using (id)
                where changed.time_zone <> before.time_zone)"""
        )


def changed_rows(connection: Connection, tables: list[RawTable]) -> int:
    """How many rows there are to bring."""
    return sum(_count(connection, f"changed_{table.name}") for table in tables)


def touched(
    connection: Connection, tables: list[RawTable], buried: list[str], built: Counter[str]
) -> Touched:
    """Whose rows the changes and deletions are, and of which days the rows and what follows are.

    A conversation's day is the one in UTC on which it began; of what was deleted it is not known.
    """
    days = [f"select {table.account_sql}, null::date from changed_{table.name}" for table in tables]
    if any(table.name == "conversations" for table in tables):
        days.append("select account_id, created_at::date from changed_conversations")
    if built["conversations"]:
        days.append("select account_id, day from dirty_days")
    found: dict[int, list[date]] = {}
    for account, day in connection.execute(" union ".join(days)).fetchall() if days else []:
        found.setdefault(account, []).extend([day] if day else [])
    told: Touched = {**found}
    for name in buried:
        graves = f"select distinct {raw_table(name).account_sql} from graves_{name}"
        told |= {account: None for (account,) in connection.execute(graves).fetchall()}
    return told


def _same_key(table: RawTable, left: str, right: str) -> str:
    return " and ".join(f'{left}."{column}" = {right}."{column}"' for column in table.key)


def _is_tombstone(table: RawTable, row: str) -> str:
    key = " and ".join(
        f"(t.row_key ->> '$.{column}')::bigint = {row}.\"{column}\"" for column in table.key
    )
    return f"t.table_name = '{table.name}' and {key}"


def _count(connection: Connection, table: str) -> int:
    result = connection.execute(f"select count(*) from {table}").fetchone()
    return int(result[0]) if result else 0
