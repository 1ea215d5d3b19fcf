"""The marts, each rebuilt from facts by itself or all in one step."""

from collections.abc import Iterator

import dagster as dg

from assets.facts.rebuild import rebuild_marts
from assets.lineage import mart_specs, model_key
from assets.months import MONTHS, ONE_RUN, months_of
from assets.policies import TRY_AGAIN, WRITER_POOL
from assets.resources import Warehouse
from warehouse.models import MARTS


@dg.multi_asset(
    specs=[*mart_specs()],
    partitions_def=MONTHS,
    backfill_policy=ONE_RUN,
    can_subset=True,
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
    name="rebuild_marts",
    description=(
        "Make the marts of some months from facts anew; between times the sync keeps up the days "
        "that moved."
    ),
)
def marts(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.MaterializeResult[None]]:
    asked = [mart for mart in MARTS if model_key(mart) in context.selected_asset_keys]
    rows = rebuild_marts(warehouse.storage, warehouse.lake, months_of(context), asked)
    for mart in asked:
        yield dg.MaterializeResult(
            asset_key=model_key(mart), metadata={"rows_of_the_run": rows[mart.label]}
        )
