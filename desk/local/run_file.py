"""run.json: what runs here, for programs that know nothing else of us."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from desk.local.child import Child
from desk.local.home import Home, write_json

_FROM_DEMO: Mapping[str, Any] = {"platform_app": None, "demo": None, "accounts": []}


class RunFile:
    """Written when all is ready, again whenever something in it changes, and gone on stop."""

    def __init__(self, home: Home, version: str, pid: int, environment: Mapping[str, str]) -> None:
        self.home = home
        self.version = version
        self.pid = pid
        self.environment = environment
        self.ready_at: str | None = None
        self._demo_seen = _stamp(home.demo_file)
        self._last_pids: dict[str, int] = {}

    def ready(self, at: datetime, children: Mapping[str, Child]) -> None:
        """All is ready: from now on there is a file."""
        self.ready_at = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.write(children)

    def withdraw(self) -> None:
        """Nothing is promised any more."""
        self.ready_at = None
        self.home.run_file.unlink(missing_ok=True)

    def write(self, children: Mapping[str, Child]) -> None:
        """Say what is so now; nothing is said before all is ready."""
        if self.ready_at is None:
            return
        given = self.environment
        write_json(
            self.home.run_file,
            {
                "version": self.version,
                "home": str(self.home.folder),
                "pid": self.pid,
                "ready_at": self.ready_at,
                "urls": urls(given),
                "database_url": given["DATABASE_URL"],
                "redis_url": given["REDIS_URL"],
                "kafka_url": given["KAFKA_URL"],
                "smtp": given.get("STREAMDESK_SMTP") or None,
                "processes": [
                    {"name": name, "pid": self._pid_of(name, child), "port": _port(child)}
                    for name, child in children.items()
                    if not child.process.once
                ],
                **_FROM_DEMO,
                **demo_parts(self.home),
            },
        )

    def _pid_of(self, name: str, child: Child) -> int | None:
        """The process that runs, or ran last: readers of the file always find a number."""
        if child.pid is not None:
            self._last_pids[name] = child.pid
        return self._last_pids.get(name)

    def demo_changed(self) -> bool:
        """Whether the demo has written its part anew since the last look."""
        before, self._demo_seen = self._demo_seen, _stamp(self.home.demo_file)
        return before != self._demo_seen


def urls(environment: Mapping[str, str]) -> dict[str, str | None]:
    """The addresses of everything with pages."""
    inbox = environment["STREAMDESK_PUBLIC_URL"]
    return {
        "inbox": inbox,
        "dashboards": environment.get("STREAMDESK_DASHBOARDS_URL"),
        "dagster": environment.get("STREAMDESK_DAGSTER_URL"),
        "metrics": f"{inbox}/metrics",
        "simulators": environment.get("STREAMDESK_SIMULATORS_URL"),
    }


def demo_parts(home: Home) -> dict[str, Any]:
    """What the demo wrote about its accounts, or nothing."""
    if not home.demo_file.exists():
        return {}
    written = msgspec.json.decode(home.demo_file.read_bytes(), type=dict[str, Any])
    return {name: written[name] for name in _FROM_DEMO if name in written}


def _port(child: Child) -> int | None:
    variable = child.process.port
    return None if variable is None else int(child.environment[variable])


def _stamp(path: Path) -> int | None:
    return path.stat().st_mtime_ns if path.exists() else None
