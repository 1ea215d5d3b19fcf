"""Running loops side by side, so that the end of one is the end of all."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

AGAIN_SECONDS = 0.2


async def side_by_side(*loops: Coroutine[Any, Any, None]) -> None:
    """Run them until one ends, end the others, and raise what one of them raised.

    A task group would cancel each once. That is not enough: on Python 3.11 a cancellation is
    lost when it meets the end of an `asyncio.wait_for`, and the group would wait for ever.
    """
    tasks = [asyncio.create_task(loop) for loop in loops]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await end(tasks)
    raised = [error for task in tasks if not task.cancelled() and (error := task.exception())]
    for task in done:
        task.result()
    for error in raised:
        raise error


async def end(tasks: Iterable["asyncio.Task[Any]"]) -> None:
    """Cancel the tasks, as often as it takes."""
    cancelled: asyncio.CancelledError | None = None
    while waiting := [task for task in tasks if not task.done()]:
        for task in waiting:
            task.cancel()
        try:
            await asyncio.wait(waiting, timeout=AGAIN_SECONDS)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
