"""What the simulated program was told, in a file that a killed process leaves whole."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec


class Told(msgspec.Struct, frozen=True):
    """An event the desk told, once however often it came."""

    at: datetime
    to: str
    """The address of the customer the message is for."""
    request: dict[str, Any]
    headers: dict[str, str]


_TABLES = """
create table if not exists told
    (n integer primary key autoincrement, delivery text unique, at real not null,
     recipient text not null, headers text not null, request text not null);
"""


class Ledger:
    """Reads and writes the file; each call is one transaction."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "api.db", isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        # A killed process loses nothing this way; only a machine that loses power does.
        self._db.execute("pragma synchronous = off")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        self._db.close()

    def accept(self, delivery: str | None, told: Told) -> None:
        """Keep an event; one of this delivery that is kept already stays."""
        self._db.execute(
            "insert or ignore into told (delivery, at, recipient, headers, request) "
            "values (?, ?, ?, ?, ?)",
            [
                delivery,
                told.at.timestamp(),
                told.to,
                msgspec.json.encode(told.headers).decode(),
                msgspec.json.encode(told.request).decode(),
            ],
        )

    def since(self, n: int, limit: int) -> tuple[int, list[Told]]:
        """The events after the n-th, and the number to ask with next."""
        rows = self._db.execute(
            "select n, at, recipient, request, headers from told where n > ? order by n limit ?",
            [n, limit],
        ).fetchall()
        items = [
            Told(
                datetime.fromtimestamp(at, UTC),
                recipient,
                msgspec.json.decode(request),
                msgspec.json.decode(headers),
            )
            for _, at, recipient, request, headers in rows
        ]
        return (rows[-1][0] if rows else n), items
