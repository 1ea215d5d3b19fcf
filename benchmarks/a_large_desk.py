"""A desk at a scale, made once and kept, with the real service and a bare one on it."""

import contextlib
import http.client
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
import psutil
from rich.console import Console

from benchmarks.stage import Stage, cpu_of, until
from desk.actions.employ_agent import api_token
from desk.local.home import Home
from desk.local.scale.main import seed
from desk.local.scale.sizes import scale_named
from desk.local.standalone import running
from desk.migrations.run import upgrade
from desk.settings import Settings
from desk.store.secrets import SecretBox
from desk.words.ids import UserId

HOMES = "STREAMDESK_BENCH_HOMES"
"""The folder in which seeded desks are kept between runs; the machine's temporary one unless set."""

KEPT_SECONDS = 2
"""A server lets go of a connection on which nothing was asked for a few seconds."""

LEAST_MS = 0.05
"""The clocks that tell a process's CPU go by hundredths of a second."""

SERVICES = ("postgres", "valkey")


Request = Callable[["Served"], bytes]


class Account(msgspec.Struct, frozen=True):
    """One account of the desk, with the tokens of an administrator and of an agent."""

    id: int
    administrator: str
    agent: str
    user_id: int
    conversations: int


class Cost(msgspec.Struct, frozen=True):
    """What one request takes, in milliseconds of CPU, and how large its answer is."""

    python: float
    postgres: float
    kilobytes: float = 0.0

    @property
    def total(self) -> float:
        return self.python + self.postgres


def home_of(scale: str) -> Path:
    """Where the desk of that scale is kept."""
    return Path(os.environ.get(HOMES) or tempfile.gettempdir()) / f"scale-{scale}"


@contextlib.contextmanager
def large_desk(scale: str) -> Iterator[Stage]:
    """The desk of that scale, seeded if it is not there yet."""
    with running(Home(home_of(scale)), SERVICES) as environment:
        upgrade(environment["DATABASE_URL"])
        house = Stage(environment)
        try:
            if not house.value(
                "select count(*) from accounts where settings ->> 'scale' = %s", scale
            ):
                settings = Settings.from_environment(environment)
                seed(settings, scale_named(scale), Console(stderr=True))
            yield house
        finally:
            house.database.close()


def accounts(house: Stage) -> list[Account]:
    """The desk's accounts, the largest first."""
    secrets = SecretBox(house.environment["STREAMDESK_SECRET"])
    rows = house.database.execute(
        """select a.id, n.last_display_id, min(u.user_id)
           from accounts a join conversation_numbers n on n.account_id = a.id
           join account_users u on u.account_id = a.id
           where a.settings ? 'scale' group by 1, 2 order by 2 desc, 1"""
    ).fetchall()
    return [
        Account(
            account_id,
            api_token(secrets, UserId(first)),
            api_token(secrets, UserId(first + 1)),
            first,
            conversations,
        )
        for account_id, conversations, first in rows
    ]


class Served:
    """A program that answers on a port, and what its answers cost."""

    def __init__(self, house: Stage, process: psutil.Process, port: int) -> None:
        self._house = house
        self._process = process
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._asked_at = 0.0

    def ask(self, path: str, token: str = "", body: dict[str, Any] | None = None) -> bytes:
        """One request on the kept connection; raises unless it is answered well."""
        headers = {"api_access_token": token} if token else {}
        if body is not None:
            headers["content-type"] = "application/json"
        sent = None if body is None else json.dumps(body)
        if time.monotonic() - self._asked_at > KEPT_SECONDS:
            self._http.close()
        self._http.request("GET" if body is None else "POST", path, sent, headers)
        answer = self._http.getresponse()
        self._asked_at = time.monotonic()
        content = answer.read()
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status} {content[:300]!r}")
        return content

    def cost(self, requests: Sequence[Request]) -> Cost:
        """What each of these requests takes on average."""
        python, postgres = cpu_of(self._process), self._house.services_cpu("postgres")
        size = sum(len(request(self)) for request in requests)
        python = cpu_of(self._process) - python
        postgres = self._house.services_cpu("postgres") - postgres
        count = len(requests)
        return Cost(python / count * 1000, postgres / count * 1000, size / count / 1000)


def asking(path: str, token: str = "", body: dict[str, Any] | None = None) -> Request:
    """A request to be made later."""
    return lambda door: door.ask(path, token, body)


@contextlib.contextmanager
def served(house: Stage, module: str) -> Iterator[Served]:
    """The module's program, ready."""
    port = _free_port()
    with house.process(module, STREAMDESK_PORT=str(port), PYTHONOPTIMIZE="") as process:
        until(lambda: _answers(port), seconds=60, what=f"{module} being ready")
        yield Served(house, process, port)


def side_by_side(
    ours: Callable[[], Cost], bare: Callable[[], Cost], rounds: int = 5
) -> tuple[Cost, Cost]:
    """Both in turn, the median of each figure."""
    ours(), bare()
    pairs = [(ours(), bare()) for _ in range(rounds)]
    return _median([one for one, _ in pairs]), _median([one for _, one in pairs])


def compared(name: str, ours: Cost, bare: Cost) -> dict[str, float]:
    """Both as details of a result."""
    return {
        f"{name}_python_ms": ours.python,
        f"{name}_postgres_ms": ours.postgres,
        f"{name}_bare_python_ms": bare.python,
        f"{name}_bare_postgres_ms": bare.postgres,
        f"{name}_python_ratio": ours.python / max(bare.python, LEAST_MS),
        f"{name}_postgres_ratio": ours.postgres / max(bare.postgres, LEAST_MS),
        f"{name}_kilobytes": ours.kilobytes,
    }


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        median(cost.python for cost in costs),
        median(cost.postgres for cost in costs),
        median(cost.kilobytes for cost in costs),
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", port)) != 0:
            return False
    time.sleep(0.2)
    return True


def note(line: str) -> None:
    """Say how far it is."""
    print(line, file=sys.stderr, flush=True)
