"""How the assets run: one writer at a time, tried again when something was briefly away."""

import dagster as dg

WRITER_POOL = "lake_write"
"""Its limit is 1: the lake has one writer."""

TRY_AGAIN = dg.RetryPolicy(
    max_retries=3, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS
)
