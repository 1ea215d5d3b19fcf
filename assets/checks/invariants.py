"""What must hold for the rows of the lake, each as a query that finds the offenders."""

from collections.abc import Iterator

from msgspec import Struct

from warehouse.lake import Lake
from warehouse.models import FACTS, MARTS, MEASURED, Model
from warehouse.raw_tables import RAW_TABLES


class Invariant(Struct, frozen=True):
    """One thing that must be true of one table."""

    table: tuple[str, str]
    name: str
    offenders: str
    """The query that counts what breaks it."""

    def broken(self, lake: Lake) -> int:
        ((offenders,),) = lake.rows(self.offenders)
        return int(offenders)


def invariants() -> Iterator[Invariant]:
    """All of them, table by table."""
    for raw in RAW_TABLES:
        yield _once(("raw", raw.name), raw.key_sql)
        yield _has_tenant(("raw", raw.name), raw.account_sql)
    for model in FACTS:
        yield _once((model.schema, model.name), model.key_sql)
        yield _has_tenant((model.schema, model.name), "account_id")
        if model.name in MEASURED and model.name != "reporting_event":
            yield _not_negative(model)
    for model in MARTS:
        yield _once((model.schema, model.name), model.key_sql)
        yield _has_tenant((model.schema, model.name), "account_id")


def _once(table: tuple[str, str], key: str) -> Invariant:
    place = ".".join(table)
    return Invariant(
        table,
        "nothing_twice",
        f"select count(*) from (select {key} from lake.{place} group by all having count(*) > 1)",
    )


def _has_tenant(table: tuple[str, str], account: str) -> Invariant:
    place = ".".join(table)
    return Invariant(
        table,
        "every_row_has_its_tenant",
        f"select count(*) from lake.{place} where {account} is null or {account} not in "
        "(select id from lake.raw.accounts)",
    )


def _not_negative(model: Model) -> Invariant:
    return Invariant(
        (model.schema, model.name),
        "no_negative_duration",
        f"select count(*) from {model.table} where calendar_seconds < 0 or business_seconds < 0 "
        "or business_seconds > calendar_seconds + 0.000001",
    )
