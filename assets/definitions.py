"""Everything Dagster knows: read this to know what is made, when, and what is checked."""

import dagster as dg

from assets.checks.lake_checks import lake_invariants, reconciliation
from assets.cleanup.desk_cleanup import (
    CLEANUP_SCHEDULES,
    clean_the_desk,
    cleanup_assets,
    sweep_redis,
)
from assets.cleanup.nightly import (
    SCHEDULES,
    hourly_checks,
    hourly_tidying,
    nightly_maintenance,
    nightly_reconciliation,
    rebuild_the_lake,
)
from assets.exports.export_assets import (
    make_exports_when_asked,
    make_waiting_exports,
    report_files,
)
from assets.extract.raw_assets import raw_tables
from assets.facts.fact_assets import facts, settings
from assets.keep_fresh import keep_the_lake_fresh
from assets.lineage import desk_specs
from assets.marts.mart_assets import marts
from assets.pages import chatwoot_specs, report_specs
from assets.resources import Warehouse
from assets.watching import tell_of_failed_runs

_quiet_console = dg.colored_console_logger.configured(
    {"log_level": "WARNING"},
    description="A run's warnings; all it does stands in Dagster's own log.",
)


@dg.definitions
def defs() -> dg.Definitions:
    return dg.Definitions(
        assets=[
            *desk_specs(),
            raw_tables,
            settings,
            facts,
            marts,
            *report_specs(),
            *chatwoot_specs(),
            report_files,
            *cleanup_assets(),
        ],
        asset_checks=[lake_invariants, reconciliation],
        jobs=[
            nightly_maintenance,
            nightly_reconciliation,
            hourly_checks,
            hourly_tidying,
            rebuild_the_lake,
            make_waiting_exports,
            clean_the_desk,
            sweep_redis,
        ],
        schedules=[*SCHEDULES, *CLEANUP_SCHEDULES],
        sensors=[keep_the_lake_fresh, make_exports_when_asked, tell_of_failed_runs],
        resources={"warehouse": Warehouse()},
        executor=dg.in_process_executor,
        loggers={"console": _quiet_console},
    )
