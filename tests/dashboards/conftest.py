"""Fixtures of this folder."""

from tests.builders.lake_fixtures import (
    lake,
    shared_connection,
    shared_lake,
    shared_storage,
    template,
    unsynced,
)
from tests.dashboards.visiting import connection, halden, inbox, open_page, storage, world

__all__ = [
    "connection",
    "halden",
    "inbox",
    "lake",
    "open_page",
    "shared_connection",
    "shared_lake",
    "shared_storage",
    "storage",
    "template",
    "unsynced",
    "world",
]
