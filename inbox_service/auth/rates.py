"""How often something may be tried, counted in Redis for all processes."""

import redis.asyncio

from desk.words.errors import DeskError, Forbidden


class TooMany(Forbidden):
    """Try again later: the answer is 429 and says when."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "too_many_tries",
            f"Too many tries. Wait {seconds} seconds.",
            retry_after=seconds,
        )


async def count_try(
    store: "redis.asyncio.Redis", name: str, *, most: int, seconds: int
) -> DeskError | None:
    """Count one more; what to refuse with when it was one too many."""
    key = f"tries:{name}"
    async with store.pipeline(transaction=True) as pipeline:
        pipeline.incr(key)
        pipeline.expire(key, seconds, nx=True)
        pipeline.ttl(key)
        tried, _, left = await pipeline.execute()
    return TooMany(max(int(left), 1)) if int(tried) > most else None
