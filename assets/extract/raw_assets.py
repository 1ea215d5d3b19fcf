"""The raw tables as one asset: they come from one snapshot of the desk, or not at all."""

from collections.abc import Iterator

import dagster as dg

from assets.checks.standing import row_counts
from assets.extract.sync import sync_lake
from assets.lineage import raw_key, raw_specs
from assets.policies import TRY_AGAIN, WRITER_POOL
from assets.resources import Warehouse
from warehouse.raw_tables import RAW_TABLES


@dg.multi_asset(
    specs=[*raw_specs()],
    can_subset=False,
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
    name="sync_raw_tables",
    description="Bring what changed at the desk into the lake, with the facts and marts of it.",
)
def raw_tables(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.MaterializeResult[None]]:
    report = sync_lake(warehouse.storage, warehouse.lake)
    context.log.info(report.line())
    held = row_counts(warehouse.lake)
    for table in RAW_TABLES:
        yield dg.MaterializeResult(
            asset_key=raw_key(table.name),
            metadata={
                "rows": report.rows[table.name],
                "dagster/row_count": held["raw", table.name],
                "deleted": report.buried[table.name],
                "snapshot": report.snapshot,
            },
        )
