"""Keeps the lake's files few and its past short: run nightly, alone."""

from collections.abc import Mapping

from desk.settings import Storage
from warehouse.freshness import Snapshot, read_freshness
from warehouse.lake import Lake
from warehouse.one_writer import OneWriter

KEEP_DAYS = 7
"""How long an old snapshot can still be read."""

SMALL_BYTES = 32 * 2**20
"""Files below this size are put together."""

_STEPS: Mapping[str, str] = {
    "flush": "call ducklake_flush_inlined_data('lake')",
    "rewrite": "call ducklake_rewrite_data_files('lake', delete_threshold => 0.3)",
    # What is large already stays as it is: a night costs what a day brought, not all there is.
    "merge": f"call ducklake_merge_adjacent_files('lake', max_file_size => {SMALL_BYTES})",
    "expire": (
        f"call ducklake_expire_snapshots('lake', older_than => now() - interval {KEEP_DAYS} days)"
    ),
    "clean": "call ducklake_cleanup_old_files('lake', older_than => now() - interval 1 day)",
    # A day's grace, because a run that is still writing owns files nobody knows of yet.
    "orphans": "call ducklake_delete_orphaned_files('lake', older_than => now() - interval 1 day)",
}


def maintain_lake(storage: Storage, lake: Lake) -> dict[str, int]:
    """Inlined rows to files, small files together, the old forgotten; the count of each step."""
    done: dict[str, int] = {}
    with OneWriter(storage, wait=True) as writer:
        known = read_freshness(storage)
        cursor = lake.cursor()
        for name, statement in _STEPS.items():
            done[name] = len(cursor.execute(statement).fetchall())
        if known is not None:
            writer.note(Snapshot(lake.newest(), known.read_at))
    return done
