"""Loops that run side by side end together, even where one loses its cancellation."""

import asyncio
import time

import pytest

from streams.side_by_side import end, side_by_side


async def for_ever(ended: list[str]) -> None:
    try:
        await asyncio.sleep(3600)
    finally:
        ended.append("for ever")


async def deaf(ended: list[str]) -> None:
    """Loses its first cancellation, as `asyncio.wait_for` may on Python 3.11."""
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        await for_ever(ended)


async def broken() -> None:
    await asyncio.sleep(0.01)
    raise ConnectionError("gone")


async def test_the_end_of_one_is_the_end_of_all_and_its_error_is_raised() -> None:
    ended: list[str] = []
    began = time.monotonic()
    with pytest.raises(ConnectionError, match="gone"):
        await side_by_side(for_ever(ended), deaf(ended), broken())
    assert ended == ["for ever", "for ever"]
    assert time.monotonic() - began < 2


async def test_ending_from_outside_ends_them_all() -> None:
    ended: list[str] = []
    both = asyncio.create_task(side_by_side(for_ever(ended), deaf(ended)))
    await asyncio.sleep(0.01)
    await end([both])
    assert both.cancelled()
    assert len(ended) == 2
