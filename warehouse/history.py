"""Earlier states of the lake: what was known then."""

from datetime import UTC, datetime

from desk.words.errors import NotFound
from warehouse.freshness import Snapshot
from warehouse.lake import Lake
from warehouse.literals import literal

_WHOLE = ("sync", "rebuilt")
"""The commits after which raw rows, facts and marts agree."""


def snapshot_known_at(lake: Lake, at: datetime) -> Snapshot:
    """The newest whole snapshot that was there at an instant; raises NotFound if none is kept."""
    newest = lake.snapshot()
    if at >= newest.read_at:
        return newest
    found = lake.rows(
        f"""select snapshot_id, snapshot_time from ducklake_snapshots('lake')
            where commit_message in {_WHOLE} and snapshot_time <= {literal(at)}
            order by snapshot_id desc limit 1"""
    )
    if not found:
        raise NotFound(
            "snapshot_not_kept",
            f"No snapshot is kept of {at.astimezone(UTC):%-d %b %Y, %H:%M} UTC: "
            "the lake keeps the last days only.",
        )
    return Snapshot(*found[0])


def first_known(lake: Lake) -> datetime | None:
    """The instant of the oldest whole snapshot that is kept, or nothing."""
    ((first,),) = lake.rows(
        "select min(snapshot_time) from ducklake_snapshots('lake') "
        f"where commit_message in {_WHOLE}"
    )
    return first if isinstance(first, datetime) else None
