"""The sensor that keeps the lake half a minute behind the desk, in the code server itself."""

from collections import Counter

import dagster as dg
import msgspec

from assets.extract.report import SyncReport
from assets.extract.sync import sync_lake
from assets.lineage import model_key, raw_key
from assets.resources import Warehouse
from desk.words.errors import Conflict, Transient
from warehouse.models import FACTS, MARTS

LARGE = 5_000
"""Rows from which a run's connection is let go, with the memory that it filled."""

TELL_EVERY = 300.0
"""Seconds between two materializations of one asset: each is a row that Dagster keeps."""


class _Untold(msgspec.Struct):
    """What happened to one asset since its last materialization was told."""

    told_at: float = 0.0
    rows: int = 0


_cursor = msgspec.json.Decoder(dict[str, _Untold])


@dg.sensor(
    name="keep_the_lake_fresh",
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Every 30 s: bring what changed at the desk into raw tables, facts and marts.",
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
    if report.rows.total() > LARGE:
        warehouse.lake.close()
    return _told(report, context.cursor)


def _told(report: SyncReport, cursor: str | None) -> dg.SensorResult:
    untold = _cursor.decode(cursor) if cursor else {}
    now = report.read_at.timestamp()
    events: list[dg.AssetMaterialization] = []
    for key, rows in _moved(report).items():
        name = key.to_user_string()
        asset = untold.setdefault(name, _Untold())
        asset.rows += rows
        if asset.rows and now - asset.told_at >= TELL_EVERY:
            metadata = {"rows": asset.rows, "snapshot": report.snapshot}
            events.append(dg.AssetMaterialization(asset_key=key, metadata=metadata))
            untold[name] = _Untold(told_at=now)
    return dg.SensorResult(asset_events=events, cursor=msgspec.json.encode(untold).decode())


def _moved(report: SyncReport) -> dict[dg.AssetKey, int]:
    moved: Counter[dg.AssetKey] = Counter()
    for table, rows in (report.rows + report.buried).items():
        moved[raw_key(table)] += rows
    for model in FACTS:
        moved[model_key(model)] += report.built[model.label]
    for model in MARTS:
        moved[model_key(model)] += report.built["days"]
    return dict(moved)
