"""A small house as a test sees it from outside: a command, its run.json, its processes."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

from desk.local.ports import is_free

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0


class House:
    """One running `desk up`."""

    def __init__(self, folder: Path, table: str, port: int) -> None:
        self.folder = folder
        self.port = port
        self.command = subprocess.Popen(
            [sys.executable, "-m", "tests.local.small_house", table, str(folder), str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )

    @property
    def run(self) -> dict[str, Any] | None:
        """run.json, if there is one of this run."""
        with contextlib.suppress(FileNotFoundError):
            run = dict(json.loads((self.folder / "run.json").read_text()))
            return run if run["pid"] == self.command.pid else None
        return None

    def until_ready(self) -> dict[str, Any]:
        """Wait for run.json and read it."""
        until(lambda: self.run is not None or self.command.poll() is not None)
        assert self.run is not None, self.said()
        return self.run

    def pid_of(self, name: str) -> int | None:
        """The number of one of its processes."""
        processes = self.run["processes"] if self.run else []
        return next((p["pid"] for p in processes if p["name"] == name), None)

    def kill(self, name: str) -> int:
        """Kill one of its processes; the answer is the number of the one that took its place."""
        before = self.pid_of(name)
        assert before is not None
        os.kill(before, signal.SIGKILL)
        until(lambda: self.pid_of(name) not in (None, before))
        after = self.pid_of(name)
        assert after is not None
        return after

    def family(self) -> list[psutil.Process]:
        """Everything below the command."""
        return list(psutil.Process(self.command.pid).children(recursive=True))

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code."""
        self.command.send_signal(number)
        return self.command.wait(25)

    def said(self) -> str:
        """All it printed; only after its end."""
        output, _ = self.command.communicate(timeout=25)
        return output


@contextlib.contextmanager
def house(folder: Path, table: str = "stand-ins", port: int | None = None) -> Iterator[House]:
    """Start a house, and see to it that it is gone afterwards."""
    started = House(folder, table, a_free_port() if port is None else port)
    try:
        yield started
    finally:
        if started.command.poll() is None:
            started.stop()


def a_free_port() -> int:
    """A port that nobody uses, outside those that `desk up` picks."""
    offset = os.getpid() % 500
    return next(port for port in range(17_000 + offset, 20_000) if is_free(port))


def until(holds: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait until it holds."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def gone(processes: list[psutil.Process]) -> bool:
    """Whether none of them runs any more."""
    return not any(
        process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes
    )
