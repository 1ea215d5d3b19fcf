"""How much stands in the lake: the numbers that a check's result tells beside its verdict."""

from collections.abc import Mapping

from msgspec import Struct

from warehouse.lake import Lake
from warehouse.models import FACTS, MARTS, SETTINGS
from warehouse.raw_tables import RAW_TABLES

TABLES: tuple[tuple[str, str], ...] = (
    *(("raw", table.name) for table in RAW_TABLES),
    *((model.schema, model.name) for model in (*SETTINGS, *FACTS, *MARTS)),
)


class KeySums(Struct, frozen=True):
    """What one raw table holds, as it is reconciled."""

    rows: int
    keys: int
    accounts: int


def row_counts(lake: Lake) -> Mapping[tuple[str, str], int]:
    """The rows of every table, in one question."""
    parts = " union all ".join(
        f"select '{schema}' as schema, '{name}' as name, count(*) as n from lake.{schema}.{name}"
        for schema, name in TABLES
    )
    return {(schema, name): int(n) for schema, name, n in lake.rows(parts)}


def key_sums(lake: Lake) -> Mapping[str, KeySums]:
    """Count, sum of keys and number of accounts of every raw table."""
    parts = " union all ".join(
        f"select '{table.name}' as name, count(*), coalesce({table.sum_sql}, 0), "
        f"count(distinct {table.account_sql}) from lake.raw.{table.name}"
        for table in RAW_TABLES
    )
    return {name: KeySums(*map(int, sums)) for name, *sums in lake.rows(parts)}
