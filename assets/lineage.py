"""The story of a number as assets, from the desk's tables to the marts, in business words."""

import re
from collections.abc import Iterator

import dagster as dg

from assets.months import MONTHS
from assets.policies import FRESH, FRESH_LOG, OWNERS
from desk.tables import Base
from warehouse.models import ACROSS_MERGES, FACTS, MARTS, MEASURED, SETTINGS, Model
from warehouse.raw_tables import RAW_TABLES, RawTable

_TABLES = {
    str(mapper.class_.__tablename__): " ".join((mapper.class_.__doc__ or "").split())
    for mapper in Base.registry.mappers
}


def desk_key(table: str) -> dg.AssetKey:
    return dg.AssetKey(["desk", table])


def raw_key(table: str) -> dg.AssetKey:
    return dg.AssetKey(["raw", table])


def fact_key(name: str) -> dg.AssetKey:
    return dg.AssetKey(["facts", name])


def mart_key(name: str) -> dg.AssetKey:
    return dg.AssetKey(["marts", name])


def model_key(model: Model) -> dg.AssetKey:
    return dg.AssetKey([model.schema, model.name])


def desk_specs() -> Iterator[dg.AssetSpec]:
    """The desk's own tables: where every number begins."""
    for table in RAW_TABLES:
        yield dg.AssetSpec(
            desk_key(table.name),
            group_name="desk",
            description=f"{_TABLES[table.name]} The desk's own table: people and programs write it.",
            kinds={"postgres"},
            tags={"grain": "row"},
            owners=OWNERS["desk"],
            metadata={"dagster/table_name": f"public.{table.name}"},
        )


def raw_specs() -> Iterator[dg.AssetSpec]:
    """The copies in the lake, without names, addresses or text."""
    for table in RAW_TABLES:
        yield dg.AssetSpec(
            raw_key(table.name),
            group_name="raw",
            description=(
                f"{_TABLES[table.name]} The lake's copy, every 20 s: only what numbers need, "
                "no name, address or text."
            ),
            deps=[desk_key(table.name)],
            kinds={"duckdb", "parquet"},
            tags={"grain": "row", "personal_data": "none"},
            owners=OWNERS["numbers"],
            freshness_policy=FRESH_LOG if table.name == "events" else FRESH,
            metadata={
                "dagster/table_name": f"lake.raw.{table.name}",
                "dagster/column_schema": _columns(table),
            },
        )


def _columns(table: RawTable) -> dg.TableSchema:
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                column.duck_type,
                constraints=dg.TableColumnConstraints(nullable=not column.key),
            )
            for column in table.columns
        ]
    )


def settings_specs() -> Iterator[dg.AssetSpec]:
    """What measuring depends on and itself changes over time."""
    for model in SETTINGS:
        yield _model_spec(model, "change", [raw_key("events")], partitions=None)


def fact_specs() -> Iterator[dg.AssetSpec]:
    """What happened, from the event log alone: a row for everything that lasts or counts."""
    for model in FACTS:
        deps = [raw_key("events"), raw_key("inboxes"), raw_key("accounts")]
        if model.name in MEASURED:
            deps.append(fact_key("calendar"))
        if model.name in ACROSS_MERGES:
            deps.append(fact_key("merge"))
        if "step_reply_teams" in model.sql:
            deps.append(fact_key("team_change"))
        yield _model_spec(model, "event", deps, partitions=MONTHS)


def mart_specs() -> Iterator[dg.AssetSpec]:
    """A day's work in one row."""
    for model in MARTS:
        facts = sorted(set(re.findall(r"\bdirty_(\w+)", model.sql)))
        grain = "hour" if "hour" in model.key else "day"
        spec = _model_spec(model, grain, [fact_key(fact) for fact in facts], partitions=MONTHS)
        yield spec.replace_attributes(skippable=True)


def _model_spec(
    model: Model,
    grain: str,
    deps: list[dg.AssetKey],
    *,
    partitions: dg.PartitionsDefinition[str] | None,
) -> dg.AssetSpec:
    return dg.AssetSpec(
        model_key(model),
        group_name=model.schema,
        description=model.description,
        deps=deps,
        kinds={"duckdb", "sql"},
        tags={"grain": grain, "personal_data": "none"},
        owners=OWNERS["numbers"],
        partitions_def=partitions,
        freshness_policy=FRESH,
        metadata={
            "dagster/table_name": model.table,
            "key": model.key_sql or "account_id, event_id",
            "query": dg.MetadataValue.md(f"```sql\n{model.sql}\n```"),
        },
    )
