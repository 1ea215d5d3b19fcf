"""Looks every half minute whether the desk keeps up, and says when it does not.

One process does, the relay that holds the lock: it is the one that is always there, and Dagster
and the workers cannot say of themselves that they are gone.
"""

import asyncio
from datetime import datetime

import structlog

from desk.store.desk import Desk
from desk.store.vitals import LAGS_AFTER, vitals
from streams.failures import Verdict, judge
from warehouse.freshness import STALE_AFTER, read_freshness

log = structlog.get_logger()

EVERY_SECONDS = 30.0
GRACE_SECONDS = 120.0
"""After a start everything may be behind for a moment."""


async def look_out_for_ever(desk: Desk) -> None:
    """Look until cancelled; what cannot be asked is asked again."""
    await asyncio.sleep(GRACE_SECONDS)
    while True:
        try:
            await look_once(desk)
        except Exception as error:
            if judge(error) is Verdict.PASSES:
                log.warning("not_seen", error=type(error).__name__)
            else:
                # Looking must not stop what is looked at.
                log.exception("look_out_broke")
        await asyncio.sleep(EVERY_SECONDS)


async def look_once(desk: Desk) -> None:
    """One look at the streams and the lake."""
    async with desk.transaction_across_accounts(reason="how far the streams are") as tx:
        found = await vitals(tx)
    now = desk.clock.now()
    receive, react = _age(now, found.oldest_inbound), _age(now, found.oldest_event)
    if max(receive, react) > LAGS_AFTER:
        log.error("streams_late", receive_seconds=round(receive), react_seconds=round(react))
    newest = await asyncio.to_thread(read_freshness, desk.settings.storage)
    if newest is not None and (age := _age(now, newest.read_at)) > STALE_AFTER:
        log.error("lake_late", seconds=round(age))


def _age(now: datetime, then: datetime | None) -> float:
    return 0.0 if then is None else max(0.0, (now - then).total_seconds())
