"""Fixtures of this folder."""

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
