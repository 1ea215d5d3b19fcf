"""The desk's rows, one file per aggregate; importing this package knows them all."""

from desk.tables import (
    accounts,
    automation,
    bots,
    canned_responses,
    contacts,
    conversations,
    exports,
    inboxes,
    jobs,
    log,
    mail,
    messages,
    notifications,
    roles,
    satisfaction,
    teams,
    webhooks,
)
from desk.tables.base import Base

__all__ = [
    "Base",
    "accounts",
    "automation",
    "bots",
    "canned_responses",
    "contacts",
    "conversations",
    "exports",
    "inboxes",
    "jobs",
    "log",
    "mail",
    "messages",
    "notifications",
    "roles",
    "satisfaction",
    "teams",
    "webhooks",
]
