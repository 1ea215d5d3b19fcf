"""One process, started and started again until it is told to stop."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import psutil

from desk.local.belonging import Trace, trace
from desk.local.launching import own_environment, start_line
from desk.local.processes import Process
from desk.local.refusal import Refusal

FIRST_DELAY, LONGEST_DELAY = 0.2, 10.0
HEALTHY_AFTER = 30.0
"""Seconds of life after which the next death is a new story."""


class Listener(Protocol):
    """Whoever wants to know what becomes of a child."""

    def started(self, child: "Child") -> None: ...
    def ended(self, child: "Child", how: str, delay: float) -> None: ...


class Child:
    """A process of the table with its log, its number, and its past failures."""

    def __init__(
        self, process: Process, environment: Mapping[str, str], log: Path, listener: Listener
    ) -> None:
        self.process = process
        self.environment = environment
        self.log = log
        self.listener = listener
        self.pid: int | None = None
        self.trace: Trace | None = None
        self.failures = 0
        self.alive_since = 0.0
        self._stopping = asyncio.Event()
        self._running: asyncio.subprocess.Process | None = None

    async def keep_running(self) -> None:
        """Start it, and again whenever it dies, ever later while it keeps dying."""
        loop = asyncio.get_running_loop()
        delay = FIRST_DELAY
        while not self._stopping.is_set():
            began = loop.time()
            how = await self._run()
            if self._stopping.is_set():
                return
            if loop.time() - began > HEALTHY_AFTER:
                self.failures, delay = 0, FIRST_DELAY
            self.failures += 1
            self.listener.ended(self, how, delay)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), delay)
            delay = min(delay * 2, LONGEST_DELAY)

    async def run_once(self) -> None:
        """Run it to its end; refuse to go on if that is a failure."""
        how = await self._run()
        if how != "ended" and not self._stopping.is_set():
            raise Refusal("process_failed", f"{self.process.name} {how}.\n{self.last_words()}")

    async def _run(self) -> str:
        try:
            if self.process.prepare is not None:
                await asyncio.to_thread(self.process.prepare, self.environment)
            if self._stopping.is_set():
                return "was not wanted any more"
            running = await self._start()
        except OSError as error:
            return f"could not be started ({error})"
        code = await running.wait()
        self._sweep(running.pid)
        return _how(code)

    async def _start(self) -> asyncio.subprocess.Process:
        with self.log.open("ab") as log:
            self._running = await asyncio.create_subprocess_exec(
                *start_line(self.process, self.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
                cwd=self.environment["STREAMDESK_ROOT"],
                env=own_environment(self.process, self.environment),
                start_new_session=True,
            )
        self.pid = self._running.pid
        self.alive_since = asyncio.get_running_loop().time()
        self.trace = trace(self.process.name, self.pid)
        self.listener.started(self)
        return self._running

    def _sweep(self, pid: int) -> None:
        """End what the dead process left in its group, or it would hold its port and its locks."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        self.pid = None

    def ask_to_restart(self) -> None:
        """End it in order; it is started again like after any other death."""
        if self._running is not None and self._running.returncode is None:
            self._running.send_signal(self.process.stop_signal)

    async def stop(self, patience: float) -> None:
        """End it and everything below it: in order if it can be done in time."""
        self._stopping.set()
        running = self._running
        if running is None or running.returncode is not None:
            return
        below = _descendants(running.pid)
        with contextlib.suppress(ProcessLookupError):
            running.send_signal(self.process.stop_signal)
        try:
            await asyncio.wait_for(running.wait(), patience)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                running.kill()
            await running.wait()
        self._sweep(running.pid)
        for process in below:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    def last_words(self, lines: int = 12) -> str:
        """The end of its log."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        tail = "\n".join(text.splitlines()[-lines:])
        return f"The end of {self.log}:\n{tail}" if tail else f"{self.log} is empty."


def _descendants(pid: int) -> list[psutil.Process]:
    try:
        return list(psutil.Process(pid).children(recursive=True))
    except psutil.NoSuchProcess:
        return []


def _how(code: int) -> str:
    if code == 0:
        return "ended"
    if code < 0:
        return f"was killed by signal {-code}"
    return f"failed with exit code {code}"
