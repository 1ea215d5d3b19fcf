"""The nights' and the hours' jobs."""

import dagster as dg

from assets.checks.lake_checks import lake_invariants, reconciliation
from assets.checks.standing import row_counts
from assets.cleanup.maintenance import maintain_lake, tidy_lake
from assets.extract.sync import sync_lake
from assets.facts.rebuild import rebuild_facts
from assets.policies import TRY_AGAIN, WRITER_POOL
from assets.resources import Warehouse
from assets.telling import all_months, made


@dg.op(
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
    description="Inlined rows to files, small files together, old snapshots and files away.",
)
def maintain_the_lake(
    context: dg.OpExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> None:
    context.log.info(f"Done: {maintain_lake(warehouse.storage, warehouse.lake)}")


@dg.job(description="Keeps the lake's files few and its past short.")
def nightly_maintenance() -> None:
    maintain_the_lake()


@dg.op(
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
    description="Inlined rows to files, and the tiny files of the hour together.",
)
def tidy_the_lake(context: dg.OpExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> None:
    context.log.info(f"Tidied: {tidy_lake(warehouse.storage, warehouse.lake)}")


@dg.job(description="Keeps a busy day's syncs as quick in the evening as in the morning.")
def hourly_tidying() -> None:
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


class HowToRebuild(dg.Config):
    """Whether the copies of the desk's tables are to be made anew, too."""

    from_the_desk: bool = False


@dg.op(
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
    description="Sync, then make facts and marts of all time anew.",
)
def rebuild_everything(
    context: dg.OpExecutionContext, config: HowToRebuild, warehouse: dg.ResourceParam[Warehouse]
) -> None:
    report = sync_lake(warehouse.storage, warehouse.lake, anew=config.from_the_desk)
    context.log.info(report.line())
    if not config.from_the_desk:
        rebuild_facts(warehouse.storage, warehouse.lake)
    moved = {dg.AssetKey([*table]): rows for table, rows in row_counts(warehouse.lake).items()}
    for told in made(warehouse.lake, moved, warehouse.lake.newest(), all_months()):
        context.log_event(told)


@dg.job(description="The repair for everything: facts and marts of all time, raw tables if asked.")
def rebuild_the_lake() -> None:
    rebuild_everything()


SCHEDULES = (
    dg.ScheduleDefinition(
        job=hourly_tidying,
        cron_schedule="55 * * * *",
        description="Every hour, alone for a few seconds.",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    ),
    dg.ScheduleDefinition(
        job=nightly_maintenance,
        cron_schedule="10 3 * * *",
        description="Every night, alone: the pool keeps other writers waiting.",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    ),
    dg.ScheduleDefinition(
        job=nightly_reconciliation,
        cron_schedule="40 3 * * *",
        description="Every night, when the files are few again.",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    ),
    dg.ScheduleDefinition(
        job=hourly_checks,
        cron_schedule="25 * * * *",
        description="Every hour.",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    ),
)
