"""Fixtures: a desk and a lake of its own for every test that asks."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest

from desk.settings import Storage
from tests.builders.own_lake import make_template, own_storage
from warehouse.lake import Lake


@pytest.fixture(scope="session")
def template(services: Mapping[str, str]) -> str:
    """A migrated database that tests' own are copied from."""
    return make_template(services)


@pytest.fixture
def storage(services: Mapping[str, str], template: str, tmp_path: Path) -> Iterator[Storage]:
    with own_storage(services, tmp_path) as own:
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
