"""Fixtures: a desk and a lake of its own for every test that asks."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest

from desk.settings import Storage
from tests.builders.own_lake import make_templates, own_storage
from warehouse.lake import Lake


@pytest.fixture(scope="session")
def template(services: Mapping[str, str]) -> str:
    """A migrated database, and its lake, that tests' own are copied from."""
    return make_templates(services)


@pytest.fixture
def storage(services: Mapping[str, str], template: str, tmp_path: Path) -> Iterator[Storage]:
    with own_storage(services, tmp_path) as own:
        yield own


@pytest.fixture
def unsynced(services: Mapping[str, str], template: str, tmp_path: Path) -> Iterator[Storage]:
    """A desk of which there is no lake yet."""
    with own_storage(services, tmp_path / "unsynced", with_lake=False) as own:
        yield own


@pytest.fixture
def connection(storage: Storage) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(storage.database_url, autocommit=True) as opened:
        yield opened


@pytest.fixture
def lake(storage: Storage) -> Iterator[Lake]:
    opened = Lake.writer(storage)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shared_storage(
    services: Mapping[str, str], template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Storage]:
    """One desk and lake for a module whose tests have an account each."""
    with own_storage(services, tmp_path_factory.mktemp("shared")) as own:
        yield own


@pytest.fixture(scope="module")
def shared_connection(shared_storage: Storage) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(shared_storage.database_url, autocommit=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_lake(shared_storage: Storage) -> Iterator[Lake]:
    opened = Lake.writer(shared_storage)
    yield opened
    opened.close()
