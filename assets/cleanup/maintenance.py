"""Keeps the lake's files few by the hour and its past short by the night, alone."""

from collections.abc import Iterable

from desk.settings import Storage
from warehouse.freshness import Snapshot, read_freshness
from warehouse.lake import Lake, name_days, transaction
from warehouse.one_writer import OneWriter

KEEP_DAYS = 7
"""How long an old snapshot can still be read."""

SMALL_BYTES = 32 * 2**20
"""At night files below this size are put together."""

TINY_BYTES = 2**20
"""Each hour those below this."""

_STEPS = {
    "flush": "call ducklake_flush_inlined_data('lake')",
    "rewrite": "call ducklake_rewrite_data_files('lake', delete_threshold => 0.3)",
    "merge tiny": f"call ducklake_merge_adjacent_files('lake', max_file_size => {TINY_BYTES})",
    # What is large already stays as it is: a night costs what a day brought, not all there is.
    "merge": f"call ducklake_merge_adjacent_files('lake', max_file_size => {SMALL_BYTES})",
    "expire": (
        f"call ducklake_expire_snapshots('lake', older_than => now() - interval {KEEP_DAYS} days)"
    ),
    "clean": "call ducklake_cleanup_old_files('lake', older_than => now() - interval 1 day)",
    # A day's grace, because a run that is still writing owns files nobody knows of yet.
    "orphans": "call ducklake_delete_orphaned_files('lake', older_than => now() - interval 1 day)",
}


_HOURLY = ("flush", "rewrite", "merge tiny")
_NIGHTLY = ("flush", "rewrite", "merge")
_OF_THE_PAST = ("expire", "clean", "orphans")


def tidy_lake(storage: Storage, lake: Lake) -> dict[str, int]:
    """Inlined rows to files and tiny files together; a sync opens each of them."""
    return _run(storage, lake, _HOURLY, ())


def maintain_lake(storage: Storage, lake: Lake) -> dict[str, int]:
    """Inlined rows to files, small files together, the old forgotten; the count of each step."""
    return _run(storage, lake, _NIGHTLY, _OF_THE_PAST)


def _run(storage: Storage, lake: Lake, files: Iterable[str], past: Iterable[str]) -> dict[str, int]:
    done: dict[str, int] = {}
    with OneWriter(storage, wait=True) as writer:
        known = read_freshness(storage)
        cursor = lake.cursor()
        for name in files:
            with transaction(cursor, name):
                done[name] = len(cursor.execute(_STEPS[name]).fetchall())
                # Nobody's rows changed: readers keep what they hold.
                name_days(cursor, name, {})
        for name in past:
            done[name] = len(cursor.execute(_STEPS[name]).fetchall())
        if known is not None:
            writer.note(Snapshot(lake.newest(), known.read_at))
    return done
