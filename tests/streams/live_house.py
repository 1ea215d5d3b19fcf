"""A database and a broker of one's own, and the true processes, which may be killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from desk.local.databases import make_missing
from desk.local.environment import ROOT
from desk.migrations.run import upgrade
from desk.settings import Settings
from tests.streams.live_broker import Embedded, LiveBroker

_WAITS = {
    "hooks to publish": "select count(*) from inbound where epoch is null and done_at is null",
    "hooks undone": "select count(*) from inbound where done_at is null",
    "facts to publish": "select count(*) from events where epoch is null and done_at is null",
    "facts undone": "select count(*) from events where done_at is null",
    "facts untold": "select count(*) from events where position is null",
}


class Running:
    """A process of ours; started again when it ends, as the supervisor does."""

    def __init__(self, house: "LiveHouse", module: str, *, supervised: bool) -> None:
        self._house = house
        self.module = module
        self._supervised = supervised
        self.exit_codes: list[int] = []
        self._process = house.start(module)

    def look_after(self) -> None:
        """Start it again if it has ended."""
        code = self._process.poll()
        if code is not None:
            self.exit_codes.append(code)
            if self._supervised:
                self._process = self._house.start(self.module)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def tell_to_stop(self) -> None:
        """Ask it to end, and do not wait."""
        self._supervised = False
        self._process.send_signal(signal.SIGTERM)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ended(self, *, seconds: float) -> int:
        return self._process.wait(seconds)

    def stop(self) -> float:
        """End it in order; the seconds that took."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        return time.monotonic() - began


class LiveHouse:
    """Where the true relay and the true worker live."""

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        broker: LiveBroker | None = None,
        **extra: str,
    ) -> None:
        parts = urlsplit(settings.storage.database_url)
        name = f"streams_{os.getpid()}_{folder.name}"[:60].replace("-", "_")
        make_missing(settings.storage.database_url, [name])
        self.database_url = urlunsplit(parts._replace(path=f"/{name}"))
        upgrade(self.database_url)
        self._folder = folder
        self.broker = broker or Embedded(folder)
        self.environment = {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": settings.storage.redis_url,
            "KAFKA_URL": self.broker.url,
            "STREAMDESK_EMBEDDED_BROKER": str(self.broker.embedded).lower(),
            "STREAMDESK_SECRET": settings.security.secret,
            "STREAMDESK_HOME": str(folder),
            "DESK_ALLOW_PRIVATE_TARGETS": "true",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            **extra,
        }
        self._running: list[Running] = []
        self.broker.start()
        self.database = psycopg.connect(self.database_url, autocommit=True)

    @property
    def settings(self) -> Settings:
        return Settings.from_environment(self.environment)

    def start(self, module: str) -> "subprocess.Popen[bytes]":
        with (self._folder / f"{module}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", module],
                env={"PATH": os.environ["PATH"], **self.environment},
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    def log_of(self, module: str) -> str:
        log = self._folder / f"{module}.log"
        return log.read_text() if log.exists() else ""

    def forget_log_of(self, module: str) -> None:
        (self._folder / f"{module}.log").write_bytes(b"")

    @contextlib.contextmanager
    def processes(self, *modules: str, supervised: bool = True) -> Iterator[list[Running]]:
        """The processes, for as long as the block lasts."""
        started = [Running(self, module, supervised=supervised) for module in modules]
        self._running += started
        try:
            yield started
        finally:
            for running in started:
                self._running.remove(running)
                running._supervised = False
                running.stop()

    def restart_broker_empty(self) -> None:
        """Kill it, and start another that knows nothing."""
        self.broker.kill()
        self.broker.empty()
        self.broker.start()

    def value(self, query: str, parameters: Sequence[Any] = ()) -> Any:
        row = self.database.execute(query.encode(), parameters).fetchone()
        return row[0] if row else None

    def until(self, condition: Callable[[], bool], *, seconds: float) -> None:
        """Wait, looking after the processes; raises AssertionError with their last words."""
        end = time.monotonic() + seconds
        while not condition():
            for running in self._running:
                running.look_after()
            if time.monotonic() > end:
                words = "\n".join(
                    f"{path.name}:\n{path.read_text()[-1500:]}"
                    for path in sorted(self._folder.glob("*.log"))
                )
                waits = ", ".join(f"{what}: {self.value(query)}" for what, query in _WAITS.items())
                raise AssertionError(f"it did not happen within {seconds} s\n{waits}\n{words}")
            time.sleep(0.05)

    def all_done(self) -> bool:
        """Whether every hook and every fact has been worked on."""
        return not self.value(
            "select exists(select from inbound where done_at is null) "
            "or exists(select from events where done_at is null or position is null)"
        )

    def close(self) -> None:
        self.database.close()
        self.broker.kill()
