"""The product as its users start it: `desk up` in a process of its own, known by run.json alone."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg.rows import dict_row

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Product:
    """A running desk."""

    home: Path
    process: "subprocess.Popen[bytes]"

    @property
    def run(self) -> dict[str, Any]:
        """run.json as it is now."""
        return dict(json.loads((self.home / "run.json").read_text()))

    @property
    def inbox_url(self) -> str:
        return str(self.run["urls"]["inbox"])

    def whatsapp(self, account: int) -> dict[str, Any]:
        """The WhatsApp inbox of the n-th account."""
        inboxes = self.run["accounts"][account]["inboxes"]
        return next(inbox for inbox in inboxes if inbox["kind"] == "whatsapp")

    def pid(self, name: str) -> int:
        return int(next(p["pid"] for p in self.run["processes"] if p["name"] == name))

    def kill(self, name: str) -> int:
        """kill -9; the pid that died."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        return pid

    def rows(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        """Read the desk's database as its owner, trying again while it comes back."""
        until = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(
                    self.run["database_url"], row_factory=dict_row, connect_timeout=5
                ) as connection:
                    return connection.execute(sql.encode(), parameters).fetchall()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)


def wait_until(what: str, true: Callable[[], object], seconds: float = 60) -> None:
    """Look again until it is so; fails with the sentence when it never is."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            raise AssertionError(f"after {seconds:g} s it is still not so: {what}")
        time.sleep(0.1)


@contextlib.contextmanager
def desk_up(home: Path, *options: str, ready_within: float = 180) -> Iterator[Product]:
    """Start the product and stop it again, making sure that nothing is left behind."""
    port = free_port()
    with (home.parent / f"{home.name}.out").open("wb") as out:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "desk.cli", "up", "--home", str(home)),
                *("--port", str(port), "--no-browser", *options),
            ],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    product = Product(home, process)
    try:
        wait_until(
            "the product is ready",
            lambda: (home / "run.json").exists() or process.poll() is not None,
            ready_within,
        )
        if process.poll() is not None:
            raise AssertionError((home.parent / f"{home.name}.out").read_text()[-4000:])
        yield product
    finally:
        family = _family(process)
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        left = [p for p in family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
    assert left == [], f"processes were left behind: {left}"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _family(process: "subprocess.Popen[bytes]") -> list[psutil.Process]:
    found: list[psutil.Process] = []
    with contextlib.suppress(psutil.NoSuchProcess):
        found += psutil.Process(process.pid).children(recursive=True)
    return found
