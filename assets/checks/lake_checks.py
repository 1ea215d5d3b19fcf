"""The lake's checks as Dagster shows them: hourly invariants, and the nightly reconciliation."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import dagster as dg

from assets.checks.invariants import invariants
from assets.cleanup.tombstones import forget_tombstones
from assets.extract.sync import sync_lake
from assets.lineage import raw_key
from assets.policies import TRY_AGAIN, WRITER_POOL
from assets.resources import Warehouse
from warehouse.raw_tables import RAW_TABLES

STALE_AFTER = timedelta(minutes=5)
RECONCILED = "same_as_the_desk"
FRESH = "fresh"


@dg.multi_asset_check(
    name="lake_invariants",
    specs=[
        dg.AssetCheckSpec(invariant.name, asset=dg.AssetKey(list(invariant.table)))
        for invariant in invariants()
    ]
    + [dg.AssetCheckSpec(FRESH, asset=raw_key("events"))],
)
def lake_invariants(warehouse: dg.ResourceParam[Warehouse]) -> Iterator[dg.AssetCheckResult]:
    """Nothing twice, nothing without its tenant, no negative time, nothing stale."""
    lake = warehouse.lake
    for invariant in invariants():
        offenders = invariant.broken(lake)
        yield dg.AssetCheckResult(
            asset_key=dg.AssetKey(list(invariant.table)),
            check_name=invariant.name,
            passed=offenders == 0,
            metadata={"offenders": offenders},
        )
    age = datetime.now(UTC) - lake.snapshot().read_at
    yield dg.AssetCheckResult(
        asset_key=raw_key("events"),
        check_name=FRESH,
        passed=age <= STALE_AFTER,
        metadata={"seconds_old": age.total_seconds()},
    )


@dg.multi_asset_check(
    name="reconcile_with_the_desk",
    specs=[dg.AssetCheckSpec(RECONCILED, asset=raw_key(table.name)) for table in RAW_TABLES],
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
)
def reconciliation(
    context: dg.AssetCheckExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.AssetCheckResult]:
    """Count and sum of keys by account on both sides of one snapshot; what differs is reloaded."""
    report = sync_lake(warehouse.storage, warehouse.lake, check=True)
    context.log.info(report.line())
    found = Counter(difference.table for difference in report.differences or ())
    for table in RAW_TABLES:
        yield dg.AssetCheckResult(
            asset_key=raw_key(table.name),
            check_name=RECONCILED,
            passed=found[table.name] == 0,
            metadata={"accounts_that_differed": found[table.name]},
        )
    if not found:
        forget_tombstones(warehouse.storage, warehouse.lake)
