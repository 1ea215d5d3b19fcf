"""The desk's rows, one file per aggregate; importing this package knows them all."""

from desk.tables import (
    accounts,
    contacts,
    conversations,
    inboxes,
    jobs,
    log,
    messages,
    satisfaction,
    teams,
)
from desk.tables.base import Base

__all__ = [
    "Base",
    "accounts",
    "contacts",
    "conversations",
    "inboxes",
    "jobs",
    "log",
    "messages",
    "satisfaction",
    "teams",
]
