"""Which processes of this machine belong to a run of `desk up`, and how they are ended."""

import contextlib
import os
import signal
from collections.abc import Iterable

import msgspec
import psutil

MARK = "STREAMDESK_RUN"
"""The variable that marks everything started by one run, grandchildren included."""


class Trace(msgspec.Struct, frozen=True):
    """A process as it was written down: its number alone may belong to somebody else by now."""

    name: str
    pid: int
    started: float


class Record(msgspec.Struct):
    """What a run writes down, so that a later one can clear up after it."""

    run: str
    traces: list[Trace]


def trace(name: str, pid: int) -> Trace | None:
    """Write down a live process, or None if it is gone already."""
    try:
        return Trace(name, pid, psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None


def members(record: Record) -> list[psutil.Process]:
    """Everything alive that belongs to the run: what it started, and what that started."""
    found: dict[int, psutil.Process] = {}
    for known in record.traces:
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(known.pid)
            if abs(process.create_time() - known.started) < 0.05:
                found[process.pid] = process
                found.update((child.pid, child) for child in process.children(recursive=True))
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied, OSError):
            if process.pid not in found and process.environ().get(MARK) == record.run:
                found[process.pid] = process
    found.pop(os.getpid(), None)
    return [process for process in found.values() if _runs(process)]


def end(processes: Iterable[psutil.Process], patience: float) -> list[str]:
    """Ask the processes to stop, insist after a while; the answer names what there was to end."""
    asked, names = list(processes), []
    for process in asked:
        with contextlib.suppress(psutil.NoSuchProcess):
            names.append(f"{process.name()} ({process.pid})")
            process.send_signal(_polite_signal(process))
    _, stubborn = psutil.wait_procs(asked, timeout=patience)
    for process in stubborn:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(stubborn, timeout=5)
    return names


def _polite_signal(process: psutil.Process) -> signal.Signals:
    # PostgreSQL waits for its clients on SIGTERM; SIGINT makes it stop in order and at once.
    return signal.SIGINT if process.name().startswith("postgres") else signal.SIGTERM


def _runs(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
