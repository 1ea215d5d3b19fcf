"""`desk status` and `desk down`: looking at a home from outside, and stopping it."""

import asyncio
import contextlib
import os
import signal
import time
from typing import Any

import msgspec
import psutil

from desk.local.home import Home
from desk.local.processes import PROCESSES, Process
from desk.local.refusal import Refusal

STOP_PATIENCE = 30.0
HEALTHY, UNREADY, DEAD = "healthy", "unready", "dead"


def status(home: Home) -> dict[str, Any]:
    """run.json with a word about the health of each process."""
    holder = home.holder()
    if holder is None:
        raise Refusal("not_running", f"No desk runs in {home.folder}.")
    try:
        run = msgspec.json.decode(home.run_file.read_bytes(), type=dict[str, Any])
    except FileNotFoundError:
        raise Refusal(
            "still_starting", f"The desk in {home.folder} (process {holder}) is still starting."
        ) from None
    health = asyncio.run(_look_at_all(run["processes"], home.last_environment()))
    for process in run["processes"]:
        process["health"] = health[process["name"]]
    return run


def is_healthy(run: dict[str, Any]) -> bool:
    """Whether every process of the run is."""
    return all(process["health"] == HEALTHY for process in run["processes"])


async def _look_at_all(
    processes: list[dict[str, Any]], environment: dict[str, str]
) -> dict[str, str]:
    known = {process.name: process for process in PROCESSES}
    words = await asyncio.gather(
        *(_look_at(known.get(each["name"]), each["pid"], environment) for each in processes)
    )
    return {each["name"]: word for each, word in zip(processes, words, strict=True)}


async def _look_at(process: Process | None, pid: int | None, environment: dict[str, str]) -> str:
    if pid is None or not _lives(pid):
        return DEAD
    if process is None or await process.ready(environment):
        return HEALTHY
    return UNREADY


def _lives(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    return False


def down(home: Home) -> None:
    """Stop the desk that runs here and return when it is gone."""
    holder = home.holder()
    if holder is None:
        raise Refusal("not_running", f"No desk runs in {home.folder}.")
    os.kill(holder, signal.SIGTERM)
    until = time.monotonic() + STOP_PATIENCE
    while _lives(holder) and home.holder() == holder:
        if time.monotonic() > until:
            raise Refusal(
                "does_not_stop",
                f"The desk in {home.folder} (process {holder}) did not stop within "
                f"{STOP_PATIENCE:.0f} seconds.",
            )
        time.sleep(0.1)
