"""Read this to know what runs: every process of `desk up`, in one table."""

import signal
import sys
from collections.abc import Callable, Mapping
from enum import IntEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from desk.local import broker, dagster, postgres, valkey
from desk.local.readiness import (
    Check,
    accepts_sql,
    accounts_are_told,
    answers,
    answers_ping,
    beats_lately,
    daemon_beats,
    listens,
    runs,
)

Environment = Mapping[str, str]
Command = Callable[[Environment], list[str]]


class Wave(IntEnum):
    """Stopped from the last to the first, so that nobody loses what it still needs."""

    SERVICES = 1
    DESK = 2
    REPORTS = 3


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table."""

    name: str
    command: Command
    wave: Wave
    after: tuple[str, ...] = ()
    """The processes that must be ready first; those that do not run here are not waited for."""
    ready: Check = runs
    health: Check | None = None
    """Asked by `desk health` instead, where being ready does not yet show that it works."""
    settles: float = 0
    """Seconds it must have lived before it may be called ready."""
    port: str | None = None
    """The variable that holds its port."""
    further_ports: tuple[str, ...] = ()
    """The variables of others it listens on."""
    replaced_by: str | None = None
    """The variable whose URL makes this embedded service superfluous."""
    demo: bool = False
    """Runs under `--demo` only."""
    within: str | None = None
    """The process that does this work as well, and under `desk up` alone does it."""
    once: bool = False
    """Runs to its end before others start, and is not kept running."""
    prepare: Callable[[Environment], None] | None = None
    """Done before every start."""
    stop_signal: signal.Signals = signal.SIGTERM
    niceness: int = 0
    patience: float = 90
    """Seconds until it must have become ready."""
    memory_limit: int | None = None
    """Bytes from which it is started anew."""

    @property
    def embedded(self) -> bool:
        """A service from a wheel: it needs none of the desk's secrets."""
        return self.replaced_by is not None


def module(name: str) -> Command:
    """A program of ours."""

    def command(_: Environment) -> list[str]:
        return [sys.executable, "-m", name]

    return command


def dashboards_command(environment: Environment) -> list[str]:
    """The report pages."""
    # Behind a proxy the pages may live below a path of the inbox's own address.
    below = urlsplit(environment.get("STREAMDESK_DASHBOARDS_URL", "")).path.strip("/")
    return [
        *(sys.executable, "-m", "streamlit", "run"),
        str(Path(environment["STREAMDESK_ROOT"]) / "dashboards" / "app.py"),
        *("--server.address", environment["STREAMDESK_BIND"]),
        *("--server.port", environment["STREAMDESK_DASHBOARDS_PORT"]),
        *("--server.headless", "true", "--server.fileWatcherType", "none"),
        *("--browser.gatherUsageStats", "false"),
        *(("--server.baseUrlPath", below) if below else ()),
    ]


MEGABYTE: Final = 1024 * 1024
SETTLED: Final = 1.5
READY: Final = ("postgres", "valkey", "broker", "migrations")

PROCESSES: tuple[Process, ...] = (
    Process(
        name="postgres",
        command=postgres.command,
        prepare=postgres.prepare,
        wave=Wave.SERVICES,
        ready=accepts_sql,
        port="STREAMDESK_POSTGRES_PORT",
        replaced_by="DATABASE_URL",
        stop_signal=signal.SIGINT,
        patience=600,
    ),
    Process(
        name="valkey",
        command=valkey.command,
        prepare=valkey.prepare,
        wave=Wave.SERVICES,
        ready=answers_ping,
        port="STREAMDESK_VALKEY_PORT",
        replaced_by="REDIS_URL",
    ),
    Process(
        name="broker",
        command=broker.command,
        wave=Wave.SERVICES,
        ready=listens("STREAMDESK_BROKER_PORT"),
        port="STREAMDESK_BROKER_PORT",
        replaced_by="KAFKA_URL",
        memory_limit=1024 * MEGABYTE,
    ),
    Process(
        name="databases",
        command=module("desk.local.databases"),
        wave=Wave.SERVICES,
        after=("postgres",),
        once=True,
    ),
    Process(
        name="migrations",
        command=module("desk.migrations.run"),
        wave=Wave.SERVICES,
        after=("databases",),
        once=True,
        patience=3600,
    ),
    Process(
        name="inbox_service",
        command=module("inbox_service.main"),
        wave=Wave.DESK,
        after=READY,
        ready=answers("STREAMDESK_PORT", "/api"),
        port="STREAMDESK_PORT",
    ),
    Process(
        name="sockets",
        command=module("inbox_service.sockets"),
        wave=Wave.DESK,
        after=READY,
        ready=answers("STREAMDESK_SOCKETS_PORT", "/cable"),
        port="STREAMDESK_SOCKETS_PORT",
        within="inbox_service",
    ),
    Process(
        name="worker",
        command=module("streams.worker"),
        wave=Wave.DESK,
        after=READY,
        ready=beats_lately("worker"),
        settles=SETTLED,
    ),
    Process(
        name="relay",
        command=module("streams.relay"),
        wave=Wave.DESK,
        after=READY,
        ready=beats_lately("relay"),
        settles=SETTLED,
    ),
    Process(
        name="jobs",
        command=module("streams.jobs.worker"),
        wave=Wave.DESK,
        after=READY,
        ready=beats_lately("jobs"),
        settles=SETTLED,
    ),
    Process(
        name="mail",
        command=module("ingest.receiver.smtp_door"),
        wave=Wave.DESK,
        after=READY,
        ready=listens("STREAMDESK_SMTP_PORT"),
        port="STREAMDESK_SMTP_PORT",
    ),
    Process(
        name="simulators",
        command=module("ingest.simulators.main"),
        wave=Wave.DESK,
        after=("migrations",),
        ready=listens("STREAMDESK_SIMULATORS_PORT"),
        port="STREAMDESK_SIMULATORS_PORT",
        further_ports=("STREAMDESK_SIMULATORS_SMTP_PORT",),
        demo=True,
    ),
    Process(
        name="demo",
        command=module("desk.local.demo.main"),
        wave=Wave.REPORTS,
        after=("inbox_service", "simulators", *READY),
        ready=accounts_are_told,
        demo=True,
        niceness=5,
        patience=180,
    ),
    Process(
        name="dashboards",
        command=dashboards_command,
        wave=Wave.REPORTS,
        after=("inbox_service", "demo"),
        ready=answers("STREAMDESK_DASHBOARDS_PORT", "/_stcore/health"),
        port="STREAMDESK_DASHBOARDS_PORT",
        niceness=5,
        patience=180,
    ),
    Process(
        name="dagster_code",
        command=dagster.code_command,
        prepare=dagster.prepare,
        wave=Wave.REPORTS,
        after=("inbox_service", "demo"),
        ready=listens("STREAMDESK_DAGSTER_CODE_PORT"),
        port="STREAMDESK_DAGSTER_CODE_PORT",
        niceness=5,
        patience=180,
    ),
    Process(
        name="dagster_webserver",
        command=dagster.webserver_command,
        prepare=dagster.prepare,
        wave=Wave.REPORTS,
        after=("dagster_code",),
        ready=answers("STREAMDESK_DAGSTER_PORT", "/server_info"),
        port="STREAMDESK_DAGSTER_PORT",
        niceness=5,
        patience=180,
    ),
    Process(
        name="dagster_daemon",
        command=dagster.daemon_command,
        prepare=dagster.prepare,
        wave=Wave.REPORTS,
        after=("dagster_code", "dagster_webserver"),
        health=daemon_beats,
        settles=SETTLED,
        niceness=5,
        patience=180,
    ),
)
