"""How the assets run: one writer at a time, tried again when something was briefly away."""

from collections.abc import Mapping
from datetime import timedelta

import dagster as dg

from warehouse.freshness import STALE_AFTER

WRITER_POOL = "lake_write"
"""Its limit is 1: the lake has one writer."""

TRY_AGAIN = dg.RetryPolicy(
    max_retries=3, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS
)

TELL_EVERY = 300.0
"""Seconds between two materializations of an asset that moves: each is a row Dagster keeps."""

TELL_STILL = 900.0
"""The same for one that does not: it was looked at, and is as fresh as the others."""

FRESH_LOG = dg.FreshnessPolicy.time_window(
    warn_window=timedelta(seconds=2 * TELL_EVERY), fail_window=timedelta(seconds=STALE_AFTER)
)
"""Of the event log, which is told as if it always moved."""

FRESH = dg.FreshnessPolicy.time_window(
    warn_window=timedelta(seconds=TELL_STILL + TELL_EVERY),
    fail_window=timedelta(seconds=2 * TELL_STILL),
)
"""Of everything else that the sync keeps up."""

OWNERS: Mapping[str, tuple[str, ...]] = {
    "desk": ("team:desk",),
    "numbers": ("team:numbers",),
}
"""Who answers for an asset: those who run the desk, or those who define what its numbers mean."""
