"""What facts depend on and seldom changes, kept in the writer's memory from one sync to the next."""

import duckdb
from msgspec import Struct

Connection = duckdb.DuckDBPyConnection

_SOURCES = {
    "known_accounts": "select id, time_zone from lake.raw.accounts",
    "known_inboxes": "select account_id, id, channel from lake.raw.inboxes",
    "known_calendars": "select * from lake.facts.calendar",
    "known_team_changes": "select * from lake.facts.team_change",
    "known_merges": "select * from lake.facts.merge",
}
"""What the models call them, and what they are."""

TABLES = ("accounts", "inboxes")
"""The raw tables among them."""

SETTINGS = ("working_hours_changed", "team_members_changed")
"""The events that change how what is past is measured."""

EVENTS = (*SETTINGS, "conversation_merged")
"""The events that change the others of them."""


def keep(connection: Connection) -> None:
    """Copy them into memory as they are now; not within a transaction that writes the lake."""
    for name, source in _SOURCES.items():
        connection.execute(f"create or replace table held.main.{name} as {source}")


def use_kept(connection: Connection) -> None:
    """Let the models read what is kept."""
    for name in _SOURCES:
        connection.execute(f"create or replace temp view {name} as from held.main.{name}")


def use_lake(connection: Connection) -> None:
    """Let the models read the lake itself, as the transaction sees it."""
    for name, source in _SOURCES.items():
        connection.execute(f"create or replace temp view {name} as {source}")


class Memory(Struct):
    """What a writer remembers of the lake as its last sync left it."""

    snapshot: int | None = None
    kept: bool = False
    """Is what is kept as the lake has it?"""
    newest_xid: int | None = None
    """No row of the lake was written by a later transaction."""

    def recall(self, snapshot: int) -> None:
        """Forget everything if another process has written since."""
        if self.snapshot != snapshot:
            self.kept = False
            self.newest_xid = None
