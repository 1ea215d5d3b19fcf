"""How fresh the lake is: a note in the catalogue's database, cheap enough for health checks."""

from datetime import datetime

import psycopg
from msgspec import Struct

from desk.settings import Storage
from desk.words.errors import Transient

STALE_AFTER = 900.0
"""Seconds after which the lake counts as left behind; it is brought up to the desk every twenty."""


class Snapshot(Struct, frozen=True):
    """A state of the lake that is whole, and the instant up to which it knows the desk."""

    id: int
    read_at: datetime


TOLD_ON = "streamdesk_lake"
"""The channel on which the writer says that there is a newer one."""

FRESHNESS_QUERY = "select snapshot, read_at from streamdesk.freshness"


def read_freshness(storage: Storage) -> Snapshot | None:
    """The newest whole snapshot, or nothing while the first sync has not ended."""
    try:
        with psycopg.connect(
            storage.lake_catalog_url, autocommit=True, connect_timeout=5
        ) as connection:
            row = connection.execute(FRESHNESS_QUERY).fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    except psycopg.OperationalError as error:
        if "does not exist" in str(error):
            return None
        raise Transient("lake_unreachable", "The lake's catalogue does not answer.") from error
    return None if row is None else Snapshot(row[0], row[1])
