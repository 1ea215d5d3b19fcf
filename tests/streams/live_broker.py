"""A broker that a test may kill, whichever it is."""

import socket
import subprocess
from pathlib import Path
from typing import Protocol

from desk.local import broker


class LiveBroker(Protocol):
    """One broker, or one cluster, at addresses that stay."""

    url: str
    embedded: bool

    def start(self) -> None:
        """Start it on what it has."""

    def kill(self) -> None:
        """kill -9, all of it."""

    def empty(self) -> None:
        """Let it forget everything while it is dead."""


class Embedded:
    """Tansu, which forgets everything whenever it dies."""

    embedded = True

    def __init__(self, folder: Path) -> None:
        self.url = f"127.0.0.1:{free_ports(1)[0]}"
        self._log = folder / "broker.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                broker.command({"KAFKA_URL": self.url}), stdout=log, stderr=log
            )

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def empty(self) -> None:
        """It has been, since it died."""


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens at."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()
