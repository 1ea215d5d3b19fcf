"""A file that is touched for as long as a process gets on: how one without a port is seen to live."""

import asyncio
import time
from pathlib import Path

EVERY_SECONDS = 5.0
DEAD_AFTER_SECONDS = 30.0


def file_of(home: Path, process: str) -> Path:
    """Where this process leaves its mark."""
    return home / "alive" / process


async def beat_for_ever(home: Path, process: str) -> None:
    """Touch the file from the loop that does the work: a loop that hangs stops beating."""
    mark = file_of(home, process)
    await asyncio.to_thread(mark.parent.mkdir, parents=True, exist_ok=True)
    while True:
        await asyncio.to_thread(mark.touch)
        await asyncio.sleep(EVERY_SECONDS)


def beats(home: Path, process: str) -> bool:
    """Whether the process has left its mark lately."""
    try:
        return time.time() - file_of(home, process).stat().st_mtime < DEAD_AFTER_SECONDS
    except FileNotFoundError:
        return False
