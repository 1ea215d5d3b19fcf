"""The sensor that keeps the lake less than half a minute behind the desk, in the code server itself."""

from collections import Counter

import dagster as dg
import msgspec

from assets.extract.report import SyncReport
from assets.extract.sync import sync_lake
from assets.lineage import model_key, raw_key
from assets.policies import TELL_EVERY, TELL_STILL
from assets.resources import Warehouse
from assets.telling import all_months, made, month_of
from desk.words.errors import Conflict, Transient
from warehouse.models import FACTS, MARTS, SETTINGS
from warehouse.raw_tables import RAW_TABLES

LARGE = 5_000
"""Rows from which a run's connection is let go, with the memory that it filled."""


class _Untold(msgspec.Struct):
    """What happened to one asset since its last materialization was told."""

    told_at: float = 0.0
    rows: int = 0


_cursor = msgspec.json.Decoder(dict[str, _Untold])


@dg.sensor(
    name="keep_the_lake_fresh",
    minimum_interval_seconds=20,
    default_status=dg.DefaultSensorStatus.RUNNING,
    asset_selection=dg.AssetSelection.groups("raw", "facts", "marts"),
    description="Every 20 s: bring what changed at the desk into raw tables, facts and marts.",
)
def keep_the_lake_fresh(
    context: dg.SensorEvaluationContext, warehouse: dg.ResourceParam[Warehouse]
) -> dg.SensorResult | dg.SkipReason:
    try:
        report = sync_lake(warehouse.storage, warehouse.lake, wait=False)
    except (Conflict, Transient) as error:
        return dg.SkipReason(error.sentence)
    except Exception as error:
        warehouse.watch.tell("lake_sync_failed", "error", {}, error)
        raise
    if report.rows or report.buried:
        context.log.info(report.line())
    told = _told(warehouse, report, context.cursor)
    if report.rows.total() > LARGE:
        warehouse.lake.close()
    return told


def _told(warehouse: Warehouse, report: SyncReport, cursor: str | None) -> dg.SensorResult:
    """What moved, at most every five minutes; what stood still, that it was looked at.

    The first time, and after everything was made anew, all months are told.
    """
    untold = _cursor.decode(cursor) if cursor else {}
    everything = not untold or report.how == "full"
    now = report.read_at.timestamp()
    due: dict[dg.AssetKey, int] = {}
    for key, rows in _moved(report).items():
        name = key.to_user_string()
        asset = untold.setdefault(name, _Untold())
        asset.rows += rows
        if everything or now - asset.told_at >= _wait(key, asset.rows):
            due[key] = asset.rows
            untold[name] = _Untold(told_at=now)
    months = all_months() if everything else [month_of(report.read_at)]
    return dg.SensorResult(
        asset_events=[*made(warehouse.lake, due, report.snapshot, months)],
        cursor=msgspec.json.encode(untold).decode(),
    )


def _wait(key: dg.AssetKey, rows: int) -> float:
    return TELL_EVERY if rows or key == raw_key("events") else TELL_STILL


def _moved(report: SyncReport) -> dict[dg.AssetKey, int]:
    """How many rows of each asset came or went, or how many days; nothing is a number, too."""
    moved: Counter[dg.AssetKey] = Counter()
    for table in RAW_TABLES:
        moved[raw_key(table.name)] = report.rows[table.name] + report.buried[table.name]
    for model in (*SETTINGS, *FACTS):
        moved[model_key(model)] = report.built[model.label]
    for model in MARTS:
        moved[model_key(model)] = report.built["days"]
    return dict(moved)
