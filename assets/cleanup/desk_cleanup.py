"""The clean-up of the desk as Dagster sees it: an asset a duty, told before and after."""

import asyncio

import dagster as dg

from assets.cleanup.duties import DUTIES, SWEEPS
from assets.cleanup.house import Duty, House, Outcome, do_duty
from assets.policies import OWNERS, TRY_AGAIN
from assets.resources import Warehouse
from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.files import FileStore

GROUP = "cleanup"


class HowToClean(dg.Config):
    """Whether to delete, or only to count what would be deleted."""

    dry_run: bool = False


def clean_now(settings: Settings, *duties: Duty, dry_run: bool = False) -> list[Outcome]:
    """Do these duties in order, on connections of their own."""

    async def do_all() -> list[Outcome]:
        desk = Desk.open(settings, connections=2)
        try:
            house = House(desk, FileStore(settings.storage.files_url))
            return [await do_duty(house, duty, dry_run=dry_run) for duty in duties]
        finally:
            await desk.close()

    return asyncio.run(do_all())


def _asset(duty: Duty) -> dg.AssetsDefinition:
    @dg.asset(
        key=dg.AssetKey([GROUP, duty.name]),
        group_name=GROUP,
        description=duty.description,
        deps=[dg.AssetKey([GROUP, name]) for name in duty.after],
        kinds={"redis" if duty in SWEEPS else "postgres"},
        owners=OWNERS["desk"],
        retry_policy=TRY_AGAIN,
    )
    def clean(
        context: dg.AssetExecutionContext,
        config: HowToClean,
        warehouse: dg.ResourceParam[Warehouse],
    ) -> dg.MaterializeResult[None]:
        (outcome,) = clean_now(warehouse.settings, duty, dry_run=config.dry_run)
        context.log.info(outcome.line())
        return dg.MaterializeResult(metadata=_told(outcome, dry_run=config.dry_run))

    return clean


def _told(outcome: Outcome, *, dry_run: bool) -> dict[str, int | bool | str]:
    cutoff = outcome.older_than
    return {
        "before": outcome.before,
        "deleted": outcome.deleted,
        "after": outcome.after,
        "accounts": outcome.accounts,
        "older_than": "never" if cutoff is None else cutoff.isoformat(timespec="seconds"),
        "dry_run": dry_run,
    }


def cleanup_assets() -> list[dg.AssetsDefinition]:
    """One asset a duty."""
    return [_asset(duty) for duty in (*DUTIES, *SWEEPS)]


clean_the_desk = dg.define_asset_job(
    "clean_the_desk",
    selection=dg.AssetSelection.assets(*([GROUP, duty.name] for duty in DUTIES)),
    description="Deletes what the retention settings no longer keep, and says how much.",
)

sweep_redis = dg.define_asset_job(
    "sweep_redis",
    selection=dg.AssetSelection.assets(*([GROUP, duty.name] for duty in SWEEPS)),
    description="Ends sign-ins that open nothing, and strikes out who fell silent.",
)

CLEANUP_SCHEDULES = (
    dg.ScheduleDefinition(
        job=clean_the_desk,
        cron_schedule="20 2 * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Every night before the lake's own maintenance.",
    ),
    dg.ScheduleDefinition(
        job=sweep_redis,
        cron_schedule="50 */6 * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Every six hours.",
    ),
)
