"""What a simulated program has been sent, and what it answered, in a file that survives a kill."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

PAGE = 1000

_TABLE = """
create table if not exists sent
    (n integer primary key autoincrement, at real not null, recipient text not null,
     request text not null, key text unique, answer text not null)"""


class Sent(msgspec.Struct, frozen=True):
    """One request of the desk."""

    at: datetime
    to: str
    request: dict[str, Any]


class SentPage(msgspec.Struct, frozen=True):
    """What the desk sent, and the number with which to ask for what comes after."""

    next: int
    items: list[Sent]


class SentLog:
    """Keeps each request once by its idempotency key; whoever asks again gets the same answer."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(file, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        # A killed process loses nothing this way; only a machine that loses power does.
        self._db.execute("pragma synchronous = off")
        self._db.execute(_TABLE)

    def close(self) -> None:
        self._db.close()

    def keep(self, sent: Sent, key: str | None, answer: dict[str, Any]) -> dict[str, Any]:
        """Keep the request; the answer it gets, which is the first one's where it is repeated."""
        self._db.execute(
            """insert into sent (at, recipient, request, key, answer) values (?, ?, ?, ?, ?)
               on conflict (key) do nothing""",
            [
                sent.at.timestamp(),
                sent.to,
                msgspec.json.encode(sent.request).decode(),
                key,
                msgspec.json.encode(answer).decode(),
            ],
        )
        if key is None:
            return answer
        row = self._db.execute("select answer from sent where key = ?", [key]).fetchone()
        kept: dict[str, Any] = msgspec.json.decode(row[0])
        return kept

    def count(self) -> int:
        """How many there are."""
        return int(self._db.execute("select count(*) from sent").fetchone()[0])

    def answers_to(self, recipient: str) -> list[dict[str, Any]]:
        """What was answered about a recipient, newest first."""
        rows = self._db.execute(
            "select answer from sent where recipient = ? order by n desc limit ?",
            [recipient, PAGE],
        ).fetchall()
        return [msgspec.json.decode(row[0]) for row in rows]

    def since(self, n: int) -> SentPage:
        """Everything after the n-th, a thousand at a time."""
        rows = self._db.execute(
            "select n, at, recipient, request from sent where n > ? order by n limit ?", [n, PAGE]
        ).fetchall()
        items = [
            Sent(datetime.fromtimestamp(at, UTC), recipient, msgspec.json.decode(request))
            for _, at, recipient, request in rows
        ]
        return SentPage(rows[-1][0] if rows else n, items)
