"""The guard around every batch: it returns only when all of it is done or put aside."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

from streams.failures import Verdict, judge, reason_of

T = TypeVar("T")

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = 0.05, 2.0


async def until_it_passes(work: Callable[[], Awaitable[None]]) -> None:
    """Do it again for as long as what stands in its way may pass."""
    wait = FIRST_WAIT
    while True:
        try:
            return await work()
        except Exception as error:
            if judge(error) is not Verdict.PASSES:
                raise
            log.warning("waiting", error=type(error).__name__, seconds=wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


async def do_all(
    items: Sequence[T],
    apply: Callable[[Sequence[T]], Awaitable[None]],
    put_aside: Callable[[T, str], Awaitable[None]],
) -> None:
    """Apply all items, together where possible; what cannot be applied is put aside alone.

    An error that is neither the data's nor a service's leaves the guard: nothing may be
    acknowledged then.
    """
    if not items:
        return
    reason = await _attempt(items, apply)
    if reason is None:
        return
    if len(items) > 1:
        half = len(items) // 2
        await do_all(items[:half], apply, put_aside)
        await do_all(items[half:], apply, put_aside)
        return
    # Two workers that meet over a new contact look like bad data to the one who comes second.
    reason = await _attempt(items, apply)
    if reason is not None:
        given_up = reason
        await until_it_passes(lambda: put_aside(items[0], given_up))


async def _attempt(
    items: Sequence[T], apply: Callable[[Sequence[T]], Awaitable[None]]
) -> str | None:
    """Nothing, or what is wrong with the data."""
    try:
        await until_it_passes(lambda: apply(items))
    except Exception as error:
        if judge(error) is not Verdict.DATA:
            raise
        return reason_of(error)
    return None
