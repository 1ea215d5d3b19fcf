"""The live line as its own process, as `desk worker sockets` runs it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
PATIENCE = 60


class SocketsProcess:
    """One such process."""

    def __init__(self, services: Mapping[str, str], port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.started = subprocess.Popen(
            [sys.executable, "-m", "inbox_service.sockets"],
            cwd=ROOT,
            env={**os.environ, **services, "STREAMDESK_SOCKETS_PORT": str(port)},
            stdout=subprocess.DEVNULL,
        )

    def wait_until_fed(self) -> None:
        until = time.monotonic() + PATIENCE
        # Another may answer on the same port: this one must listen itself.
        while not self._listens() or self.status("/health") != 200:
            assert self.started.poll() is None, "the process ended"
            assert time.monotonic() < until, "the process does not become ready"
            time.sleep(0.1)

    def _listens(self) -> bool:
        with suppress(psutil.NoSuchProcess):
            connections = psutil.Process(self.started.pid).net_connections("tcp")
            return any(one.status == psutil.CONN_LISTEN for one in connections)
        return False

    def status(self, path: str) -> int:
        """What a plain request is answered with; 0 while nobody is there."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def stop(self) -> None:
        self.started.terminate()
        self.started.wait(15)

    def end(self) -> None:
        if self.started.poll() is None:
            self.started.kill()
            self.started.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def sockets_process(
    services: Mapping[str, str], port: int | None = None
) -> Iterator[SocketsProcess]:
    """Started and fed; ended with the block."""
    process = SocketsProcess(services, port or free_port())
    try:
        process.wait_until_fed()
        yield process
    finally:
        process.end()
