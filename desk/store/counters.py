"""What the processes without a door of their own count, added up in Redis."""

from collections import defaultdict

import redis.asyncio

from desk.watching.watch import current_watch

KEY = "streamdesk:counters"


class Counters:
    """Counts in memory; whoever holds it writes the sums down every few seconds."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, float] = defaultdict(float)

    def add(self, name: str, amount: float = 1) -> None:
        self._waiting[name] += amount
        current_watch().count(name, amount)

    async def flush(self, store: "redis.asyncio.Redis") -> None:
        """Add the sums to those of all processes; what Redis does not take is counted next time."""
        waiting, self._waiting = self._waiting, defaultdict(float)
        try:
            async with store.pipeline(transaction=True) as pipeline:
                for name, amount in waiting.items():
                    pipeline.hincrbyfloat(KEY, name, amount)
                await pipeline.execute()
        except redis.RedisError:
            for name, amount in waiting.items():
                self._waiting[name] += amount
            raise


async def read_counters(store: "redis.asyncio.Redis") -> dict[str, float]:
    """All sums since the Redis was empty."""
    found = await store.hgetall(KEY)
    return {
        name.decode() if isinstance(name, bytes) else name: float(value)
        for name, value in found.items()
    }
