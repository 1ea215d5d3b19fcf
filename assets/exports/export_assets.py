"""Exports as Dagster sees them: an asset a report, and the sensor that lets nobody wait."""

from collections.abc import Iterator

import dagster as dg
from psycopg import OperationalError

from assets.exports.making import Made, is_anything_waiting, make_now
from assets.policies import OWNERS, TRY_AGAIN
from assets.resources import Warehouse
from desk.words.errors import Transient
from desk.words.exports import ReportType


def export_key(report: ReportType) -> dg.AssetKey:
    return dg.AssetKey(["exports", report.value])


def export_specs() -> list[dg.AssetSpec]:
    """A report's files."""
    return [
        dg.AssetSpec(
            export_key(report),
            group_name="exports",
            description=(
                f"{report.value.replace('_', ' ').capitalize()} as CSV and Parquet files: "
                "made for whoever asked, and for the schedules, with the numbers of the page."
            ),
            deps=[dg.AssetKey(["reports", report.value])],
            kinds={"polars", "csv", "parquet"},
            owners=OWNERS["numbers"],
            skippable=True,
        )
        for report in ReportType
    ]


@dg.multi_asset(name="report_files", specs=export_specs(), retry_policy=TRY_AGAIN)
def report_files(warehouse: dg.ResourceParam[Warehouse]) -> Iterator[dg.MaterializeResult[None]]:
    newest = {made.report_type: made for made in make_now(warehouse.settings, warehouse.reader)}
    for made in newest.values():
        yield dg.MaterializeResult(asset_key=export_key(made.report_type), metadata=_told(made))


make_waiting_exports = dg.define_asset_job(
    "make_waiting_exports",
    selection=dg.AssetSelection.groups("exports"),
    description="Makes all exports that wait, by hand: the sensor does the same every 5 s.",
)


@dg.sensor(
    name="make_exports_when_asked",
    # The daemon looks round every 5 s; a little less keeps a round from being left out.
    minimum_interval_seconds=3,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Every 5 s: queue what schedules want and write the files that are asked for.",
)
def make_exports_when_asked(
    context: dg.SensorEvaluationContext, warehouse: dg.ResourceParam[Warehouse]
) -> dg.SensorResult | dg.SkipReason:
    try:
        if not is_anything_waiting(warehouse.settings.storage):
            return dg.SkipReason("Nobody asked for an export.")
        made = make_now(warehouse.settings, warehouse.reader)
    except Transient as error:
        return dg.SkipReason(error.sentence)
    except OperationalError:
        return dg.SkipReason("The database does not answer.")
    for one in made:
        context.log.info(
            f"Export {one.export_id} of account {one.account_id}: {one.rows} rows, "
            f"{one.size} bytes, {one.seconds} s."
        )
    return dg.SensorResult(
        asset_events=[
            dg.AssetMaterialization(asset_key=export_key(one.report_type), metadata=_told(one))
            for one in made
        ]
    )


def _told(made: Made) -> dict[str, int | float]:
    return {
        "export": made.export_id,
        "account": made.account_id,
        "rows": made.rows,
        "bytes": made.size,
        "snapshot": made.snapshot,
        "attempts": made.attempts,
        "seconds": made.seconds,
    }
