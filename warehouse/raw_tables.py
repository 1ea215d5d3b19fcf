"""The lake's raw tables, derived from the columns that `desk.tables` marks for the lake."""

from msgspec import Struct
from sqlalchemy import ARRAY, BigInteger, Boolean, Column, DateTime, SmallInteger, String, Table
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from desk.tables import Base

CHANGED = "lc_xid"
"""The transaction that wrote a row last: the watermark every increment is read by."""

_LARGE = {"events": "at", "messages": "created_at", "conversations": "created_at"}


class RawColumn(Struct, frozen=True):
    """One column that is copied to the lake."""

    name: str
    duck_type: str
    key: bool

    @property
    def quoted(self) -> str:
        return f'"{self.name}"'


class RawTable(Struct, frozen=True):
    """One Postgres table with those of its columns that the lake may know."""

    name: str
    columns: tuple[RawColumn, ...]
    month: str | None
    """The instant by whose month rows are reconciled; small tables have none.

    In the lake rows lie as they came, which is nearly by conversation and by time: a file for each
    month or sorting them would cost half the load and spare no report a file.
    """

    grows: bool = False
    """Rows come and are never changed: what is new need not be looked for."""

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.key)

    @property
    def key_sql(self) -> str:
        return ", ".join(column.quoted for column in self.columns if column.key)

    @property
    def column_sql(self) -> str:
        """The columns as both sides name them, with the watermark last."""
        return ", ".join([*(column.quoted for column in self.columns), CHANGED])

    @property
    def definition_sql(self) -> str:
        columns = [f"{column.quoted} {column.duck_type}" for column in self.columns]
        return ", ".join([*columns, f"{CHANGED} bigint"])

    @property
    def sum_sql(self) -> str:
        """An expression that tells sets of keys apart well enough to reconcile by."""
        ids = [column.quoted for column in self.columns if column.key][-1]
        return f"sum({ids})::bigint"

    @property
    def account_sql(self) -> str:
        return "account_id" if "account_id" in self.key else "id"


def _duck_type(kind: TypeEngine[object]) -> str:
    match kind:
        case ARRAY():
            return f"{_duck_type(kind.item_type)}[]"
        case SmallInteger():
            return "smallint"
        case BigInteger():
            return "bigint"
        case Boolean():
            return "boolean"
        case DateTime():
            return "timestamptz"
        case JSONB() | String():
            return "varchar"
        case _:
            raise TypeError(f"no lake type for {kind!r}: add it to warehouse/raw_tables.py")


def _raw_table(table: Table) -> RawTable:
    marked: list[Column[object]] = [c for c in table.columns if c.info.get("lake")]
    return RawTable(
        name=table.name,
        columns=tuple(RawColumn(c.name, _duck_type(c.type), c.primary_key) for c in marked),
        month=_LARGE.get(table.name),
        grows=table.name == "events",
    )


RAW_TABLES: tuple[RawTable, ...] = tuple(
    _raw_table(table) for table in Base.metadata.sorted_tables if CHANGED in table.columns
)
"""Every table that feeds the lake, parents before children."""


def raw_table(name: str) -> RawTable:
    """The raw table of that name."""
    return next(table for table in RAW_TABLES if table.name == name)
