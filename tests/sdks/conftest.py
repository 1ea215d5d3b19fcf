"""Fixtures: the packages, a running service, and an account that programs may use."""

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desk.clock import FixedClock
from desk.settings import Settings
from tests.builders.accounts import SmallDesk
from tests.builders.synced import sync
from tests.inbox_service.serving import serving
from tests.sdks import packages

PROGRAMS = Path(__file__).parent / "programs"

Told = dict[str, Any]
Tell = Callable[[list[str | Path], str], Told]


@pytest.fixture(scope="session")
def service_url(settings: Settings) -> Iterator[str]:
    with serving(settings, FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))) as url:
        yield url


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packages.python_with_sdks(tmp_path_factory.mktemp("sdks") / "venv")


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packages.node_modules(tmp_path_factory.mktemp("node"))


@pytest.fixture
def tell(service_url: str, settings: Settings, halden: SmallDesk) -> Tell:
    """Runs a program against the account; gives what it printed."""

    def run(command: list[str | Path], part: str) -> Told:
        sync(settings)
        given = {
            "part": part,
            "url": service_url,
            "account": halden.account_id,
            "token": halden.tokens[halden.administrator],
            "agent": halden.agent,
            "new_agent": f"edda.{halden.account_id}@desk.example",
            "since": "1793491200",
            "until": "1796083200",
        }
        done = subprocess.run(
            [*(str(word) for word in command), json.dumps(given)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        told: Told = json.loads(done.stdout)
        return told

    return run
