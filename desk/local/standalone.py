"""The embedded services without a desk around them, for as long as a block lasts."""

import asyncio
import contextlib
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence

from desk.local.environment import Options, compose
from desk.local.home import Home
from desk.local.launching import own_environment, start_line
from desk.local.processes import PROCESSES, Process
from desk.local.refusal import Refusal
from desk.version import VERSION

SERVICES = ("postgres", "valkey", "broker")
PATIENCE = 60.0

IN_A_HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For data that nobody will miss after the block, such as a test's."""


@contextlib.contextmanager
def running(
    home: Home, names: Sequence[str] = SERVICES, *, throwaway: bool = False
) -> Iterator[Mapping[str, str]]:
    """Run those services on the home's data; gives the environment that reaches them."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(home.claimed(VERSION))
        home.lay_out(VERSION)
        services = [process for process in PROCESSES if process.embedded]
        environment = compose(home, Options(home.folder), services, {})
        started: dict[Process, subprocess.Popen[bytes]] = {}
        for process in services:
            if process.name in names:
                started[process] = _start(process, environment, home, throwaway)
                stack.callback(_stop, process, started[process])
        asyncio.run(_all_ready(started, environment, home))
        yield environment


def _start(
    process: Process, environment: Mapping[str, str], home: Home, throwaway: bool
) -> "subprocess.Popen[bytes]":
    if process.prepare is not None:
        process.prepare(environment)
    line = start_line(process, environment)
    if throwaway and process.name == "postgres":
        for setting in IN_A_HURRY:
            line += ["-c", setting]
    with home.log_of(process.name).open("ab") as log:
        return subprocess.Popen(
            line,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=environment["STREAMDESK_ROOT"],
            env=own_environment(process, environment),
            start_new_session=True,
        )


async def _all_ready(
    started: Mapping[Process, "subprocess.Popen[bytes]"], environment: Mapping[str, str], home: Home
) -> None:
    until = time.monotonic() + PATIENCE
    for process, running in started.items():
        while not await process.ready(environment):
            if running.poll() is not None or time.monotonic() > until:
                log = home.log_of(process.name)
                raise Refusal("process_failed", f"{process.name} does not start; see {log}.")
            await asyncio.sleep(0.05)


def _stop(process: Process, running: "subprocess.Popen[bytes]") -> None:
    running.send_signal(process.stop_signal)
    try:
        running.wait(10)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
