"""The nights' jobs."""

import dagster as dg

from assets.checks.lake_checks import lake_invariants, reconciliation
from assets.cleanup.maintenance import maintain_lake
from assets.policies import TRY_AGAIN, WRITER_POOL
from assets.resources import Warehouse


@dg.op(
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
    description="Inlined rows to files, small files together, old snapshots and files away.",
)
def tidy_the_lake(context: dg.OpExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> None:
    context.log.info(f"Tidied: {maintain_lake(warehouse.storage, warehouse.lake)}")


@dg.job(description="Keeps the lake's files few and its past short.")
def nightly_maintenance() -> None:
    tidy_the_lake()


nightly_reconciliation = dg.define_asset_job(
    "nightly_reconciliation",
    selection=dg.AssetSelection.checks(reconciliation),
    description="Compares every raw table with the desk, and loads anew what differs.",
)

hourly_checks = dg.define_asset_job(
    "hourly_checks",
    selection=dg.AssetSelection.checks(lake_invariants),
    description="Nothing twice, nothing without its tenant, no negative time, nothing stale.",
)

rebuild_the_lake = dg.define_asset_job(
    "rebuild_the_lake",
    selection=dg.AssetSelection.groups("raw", "facts", "marts"),
    description="Syncs, then makes facts and marts anew: the repair for everything.",
)

SCHEDULES = (
    dg.ScheduleDefinition(
        job=nightly_maintenance,
        cron_schedule="10 3 * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    ),
    dg.ScheduleDefinition(
        job=nightly_reconciliation,
        cron_schedule="40 3 * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    ),
    dg.ScheduleDefinition(
        job=hourly_checks,
        cron_schedule="25 * * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    ),
)
