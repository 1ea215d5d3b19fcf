"""Every service of compose.yaml run outside an engine: its command, its health check, its stop.

With `STREAMDESK_DESK` another installation's `desk` is run instead of this checkout's, as
root for a user who owns nothing of it; see docs/recipes/production.md.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from desk.local.databases import make_missing
from desk.local.processes import PROCESSES
from tests.deployment.compose_file import SECRETS, of_ours
from tests.streams.live_broker import free_ports

pytestmark = [pytest.mark.slow, pytest.mark.broker, pytest.mark.timeout(600)]

INSTALLED = os.environ.get("STREAMDESK_DESK")
DESK = INSTALLED or str(Path(sys.executable).with_name("desk"))
NOBODY = 10_001
PATIENCE = 180.0
ONCE = [process.name for process in PROCESSES if process.once]


class Alone:
    """Services of one database and one broker, each started as a container would be."""

    def __init__(self, shared: Mapping[str, str], folder: Path) -> None:
        self.folder = folder
        self.owner = NOBODY if INSTALLED and os.geteuid() == 0 else os.geteuid()
        url = urlsplit(shared["DATABASE_URL"])
        name = f"alone_{os.getpid()}"
        make_missing(shared["DATABASE_URL"], [name])
        ports = iter(free_ports(7))
        self.told = {
            "DATABASE_URL": urlunsplit(url._replace(path=f"/{name}")),
            "REDIS_URL": shared["REDIS_URL"],
            "KAFKA_URL": os.environ.get("STREAMDESK_KAFKA", shared["KAFKA_URL"]),
            "FILES_URL": (self._own("files")).as_uri(),
            "LAKE_PATH": str(self._own("lake")),
            "STREAMDESK_BIND": "127.0.0.1",
            "STREAMDESK_DAGSTER_CODE_HOST": "127.0.0.1",
            "STREAMDESK_PORT": str(next(ports)),
            "STREAMDESK_SOCKETS_PORT": str(next(ports)),
            "STREAMDESK_SMTP_PORT": str(next(ports)),
            "STREAMDESK_DASHBOARDS_PORT": str(next(ports)),
            "STREAMDESK_DAGSTER_PORT": str(next(ports)),
            "STREAMDESK_DAGSTER_CODE_PORT": str(next(ports)),
        }
        if "STREAMDESK_KAFKA" not in os.environ:
            self.told["STREAMDESK_EMBEDDED_BROKER"] = "true"
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def _own(self, name: str) -> Path:
        made = self.folder / name
        made.mkdir()
        os.chown(made, self.owner, -1)
        return made

    def environment(self, name: str) -> dict[str, str]:
        """The service's own, with the addresses of this machine instead of the network's."""
        home = self.folder / f"home-{name}"
        if not home.exists():
            self._own(home.name)
        return {
            "PATH": f"{Path(DESK).parent}:/usr/bin:/bin",
            **{name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
            "HOME": str(home),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            **of_ours()[name]["environment"],
            **self.told,
            "STREAMDESK_HOME": str(home),
        }

    def start(self, name: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [DESK, *of_ours()[name]["command"]],
                env=self.environment(name),
                cwd=self.folder / f"home-{name}" if INSTALLED else None,
                stdout=log,
                stderr=log,
                user=self.owner,
            )
        return self.running[name]

    def is_well(self, name: str) -> bool:
        """Run the health check of the service."""
        _, _, *line = of_ours()[name]["healthcheck"]["test"]
        try:
            asked = subprocess.run(
                [DESK, *line],
                env=self.environment(name),
                cwd=self.folder,
                capture_output=True,
                check=False,
                timeout=60,
                user=self.owner,
            )
        except subprocess.TimeoutExpired:
            return False
        return asked.returncode == 0

    def last_words(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()[-3000:]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Not below pytest's own, which is closed to the user of the image."""
    with tempfile.TemporaryDirectory(prefix="streamdesk-alone-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture(scope="module")
def alone(services: Mapping[str, str], folder: Path) -> Iterator[Alone]:
    alone = Alone(services, folder)
    try:
        for name in ONCE:
            assert alone.start(name).wait(PATIENCE) == 0, alone.last_words(name)
        yield alone
    finally:
        for process in alone.running.values():
            if process.poll() is None:
                process.kill()
                process.wait()


def test_the_database_is_made_and_brought_to_the_newest_schema_once(alone: Alone) -> None:
    with psycopg.connect(alone.told["DATABASE_URL"]) as connection:
        assert connection.execute("select count(*) from accounts").fetchone() == (0,)
    for name in ONCE:
        assert alone.start(name).wait(PATIENCE) == 0, "it must be harmless to repeat"


def test_every_service_starts_becomes_healthy_and_stops_in_its_time(alone: Alone) -> None:
    kept = [name for name in of_ours() if name not in ONCE]
    for name in kept:
        if name != "dagster_daemon":
            assert not alone.is_well(name), f"{name} is called healthy before it runs"
        alone.start(name)
    for name in kept:
        end = time.monotonic() + PATIENCE
        while not alone.is_well(name):
            assert alone.running[name].poll() is None, f"{name} ended\n{alone.last_words(name)}"
            assert time.monotonic() < end, f"{name} is not healthy\n{alone.last_words(name)}"
            time.sleep(0.5)
    began = time.monotonic()
    for name in kept:
        alone.running[name].send_signal(signal.SIGTERM)
    for name in kept:
        grace = float(of_ours()[name]["stop_grace_period"].removesuffix("s"))
        try:
            alone.running[name].wait(began + grace - time.monotonic())
        except subprocess.TimeoutExpired:
            # A sync under way may outlast it; killed, it leaves the lake as it was.
            assert name == "dagster_code"
    assert SECRETS["STREAMDESK_SECRET"] not in "".join(map(alone.last_words, kept))
