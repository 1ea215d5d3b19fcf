"""Signs of life that stand in Postgres: what waits, and since when."""

from datetime import datetime

import msgspec

from desk.store.transaction import WideTx

LAGS_AFTER = 120.0
"""Seconds after which something undone means that a stream stands still."""


class Vitals(msgspec.Struct, frozen=True):
    """How far the streams and the job workers are behind."""

    oldest_inbound: datetime | None
    """The hook that has waited longest for `receive`."""
    oldest_event: datetime | None
    """The fact that has waited longest for `react`."""
    jobs_due: int
    jobs_failed: int
    parked: int


_VITALS = """
select (select received_at from inbound where done_at is null order by id limit 1)
           as oldest_inbound,
       (select at from events where done_at is null and not quiet order by id limit 1)
           as oldest_event,
       (select count(*) from jobs where done_at is null and failed_at is null
           and due_at <= %(now)s) as jobs_due,
       (select count(*) from jobs where failed_at is not null) as jobs_failed,
       (select count(*) from parked_messages where resolved_at is null) as parked"""


async def vitals(tx: WideTx) -> Vitals:
    """One look at all of them."""
    return msgspec.convert(await tx.one(_VITALS, {"now": tx.now}), Vitals)
