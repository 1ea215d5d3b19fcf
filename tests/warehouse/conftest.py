"""Fixtures of this folder."""

from collections.abc import Iterator, Mapping

import pytest

from tests.builders.lake_fixtures import (
    connection,
    lake,
    shared_connection,
    shared_lake,
    shared_storage,
    storage,
    template,
    unsynced,
)
from tests.warehouse.fed import Fed, feed

__all__ = [
    "connection",
    "lake",
    "shared_connection",
    "shared_lake",
    "shared_storage",
    "storage",
    "template",
    "unsynced",
]


@pytest.fixture(scope="session")
def fed(
    services: Mapping[str, str], template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Fed]:
    """Random histories, and what the slow reference knows of them."""
    yield from feed(services, tmp_path_factory.mktemp("worlds"))
