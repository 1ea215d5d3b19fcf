"""The facts as one asset: they share their steps, and are rebuilt together or not at all."""

from collections.abc import Iterator

import dagster as dg

from assets.facts.rebuild import count_rows, rebuild_facts, take_settings
from assets.lineage import fact_specs, model_key, settings_specs
from assets.months import MONTHS, ONE_RUN, months_of
from assets.policies import TRY_AGAIN, WRITER_POOL
from assets.resources import Warehouse
from warehouse.models import FACTS, SETTINGS


@dg.multi_asset(
    specs=[*settings_specs()],
    can_subset=False,
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
    name="take_settings",
    description="Opening hours and team changes that the facts do not know yet, with what follows.",
)
def settings(warehouse: dg.ResourceParam[Warehouse]) -> Iterator[dg.MaterializeResult[None]]:
    taken = take_settings(warehouse.storage, warehouse.lake)
    rows = count_rows(warehouse.lake, SETTINGS)
    for model in SETTINGS:
        yield dg.MaterializeResult(
            asset_key=model_key(model),
            metadata={"dagster/row_count": rows[model.label], "taken": taken},
        )


@dg.multi_asset(
    specs=[*fact_specs()],
    partitions_def=MONTHS,
    backfill_policy=ONE_RUN,
    can_subset=False,
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
    name="rebuild_facts",
    description=(
        "Make the facts of some months from the event log anew, with the marts that follow; "
        "between times the sync keeps them up."
    ),
)
def facts(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.MaterializeResult[None]]:
    months = months_of(context)
    differed = rebuild_facts(warehouse.storage, warehouse.lake, months)
    rows = count_rows(warehouse.lake, FACTS, months)
    for model in FACTS:
        yield dg.MaterializeResult(
            asset_key=model_key(model),
            metadata={"rows_of_the_run": rows[model.label], "differed": differed[model.label]},
        )
