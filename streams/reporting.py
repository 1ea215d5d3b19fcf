"""Writing down what a process has counted, every few seconds."""

import asyncio

import redis
import structlog

from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.watching.watch import current_watch

log = structlog.get_logger()

EVERY_SECONDS = 2.0


async def report_for_ever(desk: Desk, counters: Counters) -> None:
    """Flush until cancelled; while Redis is away, the sums wait."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        for receiver, amount in current_watch().untold().items():
            counters.add(f"untold_to_{receiver}", amount)
        try:
            await counters.flush(desk.redis)
        except redis.RedisError as error:
            log.warning("not_counted", error=type(error).__name__)
