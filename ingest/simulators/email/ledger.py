"""The mails the simulated server has taken, in a file that a killed process leaves whole."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec


class Sent(msgspec.Struct, frozen=True):
    """A mail the desk sent to a customer."""

    at: datetime
    to: str
    request: dict[str, Any]


_TABLES = """
create table if not exists sent
    (n integer primary key autoincrement, at real not null, recipient text not null,
     request text not null);
"""


class Ledger:
    """Reads and writes the file; each call is one transaction."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "email.db", isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        # A killed process loses nothing this way; only a machine that loses power does.
        self._db.execute("pragma synchronous = off")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        self._db.close()

    def keep(self, sent: Sent) -> None:
        """Take a mail."""
        self._db.execute(
            "insert into sent (at, recipient, request) values (?, ?, ?)",
            [sent.at.timestamp(), sent.to, msgspec.json.encode(sent.request).decode()],
        )

    def sent_since(self, n: int, limit: int) -> tuple[int, list[Sent]]:
        """The mails after the n-th, and the number to ask with next."""
        rows = self._db.execute(
            "select n, at, recipient, request from sent where n > ? order by n limit ?", [n, limit]
        ).fetchall()
        items = [
            Sent(datetime.fromtimestamp(at, UTC), recipient, msgspec.json.decode(request))
            for _, at, recipient, request in rows
        ]
        return (rows[-1][0] if rows else n), items
