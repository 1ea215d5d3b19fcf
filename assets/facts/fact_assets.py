"""The facts as one asset: they share their steps, and are rebuilt together or not at all."""

from collections.abc import Iterator

import dagster as dg

from assets.facts.rebuild import rebuild_facts
from assets.lineage import fact_specs, model_key
from assets.policies import TRY_AGAIN, WRITER_POOL
from assets.resources import Warehouse
from warehouse.models import FACTS, SETTINGS


@dg.multi_asset(
    specs=fact_specs(),
    can_subset=False,
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
    name="rebuild_facts",
    description="Make all facts from the event log anew; day by day the sync keeps them up.",
)
def facts(warehouse: dg.ResourceParam[Warehouse]) -> Iterator[dg.MaterializeResult[None]]:
    rows = rebuild_facts(warehouse.storage, warehouse.lake)
    for model in (*SETTINGS, *FACTS):
        yield dg.MaterializeResult(asset_key=model_key(model), metadata={"rows": rows[model.label]})
