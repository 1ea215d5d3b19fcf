"""Fixtures: real Postgres, Valkey and broker, started once for each test process."""

import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from desk.clock import FixedClock
from desk.local.home import Home
from desk.local.standalone import running
from desk.migrations.run import upgrade
from desk.settings import Settings
from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk, small_desk
from tests.kafka import fault_table


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that mostly wait for true processes begin among the first, so that others run meanwhile."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    waiting = [path for path, tests in files.items() if any(map(_waits, tests))]
    order = [path for path in files if path not in waiting]
    apart = len(order) * 2 // 3 // len(waiting) if waiting else 0
    for number, path in enumerate(waiting):
        order.insert(number * (apart + 1), path)
    items[:] = [item for path in order for item in files[path]]


def _waits(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("slow", "broker"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    fault_table.tell(terminalreporter)


@pytest.fixture(scope="session")
def services() -> Iterator[Mapping[str, str]]:
    """The environment of a home whose database is at the newest schema."""
    with (
        tempfile.TemporaryDirectory(
            prefix="streamdesk-test-", ignore_cleanup_errors=True
        ) as folder,
        running(Home(Path(folder)), throwaway=True) as environment,
    ):
        upgrade(environment["DATABASE_URL"])
        yield environment


@pytest.fixture(scope="session")
def settings(services: Mapping[str, str]) -> Settings:
    return Settings.from_environment({**services, "DESK_ALLOW_PRIVATE_TARGETS": "true"})


@pytest.fixture
def clock() -> FixedClock:
    """Monday morning."""
    return FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture
async def desk(settings: Settings, clock: FixedClock) -> AsyncIterator[Desk]:
    """A desk whose time stands still until the test moves it."""
    opened = Desk.open(settings, clock=clock, connections=4)
    yield opened
    await opened.close()


@pytest.fixture
async def halden(desk: Desk) -> SmallDesk:
    """A small account: every test has its own, so none sees another's."""
    return await small_desk(desk)


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the database in this process from now on."""
    asked: list[str] = []
    execute = psycopg.AsyncCursor.execute

    async def noted(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        text = query.decode() if isinstance(query, bytes) else str(query)
        asked.append(" ".join(text.split()))
        return await execute(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", noted)
    return asked
