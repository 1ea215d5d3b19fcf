"""What the simulated partner has accepted, in a file that a killed process leaves whole."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec


class Sent(msgspec.Struct, frozen=True):
    """Something the desk sent to a customer."""

    at: datetime
    to: str
    request: dict[str, Any]


class Errand(msgspec.Struct, frozen=True):
    """A customer's message on its way to the desk."""

    id: int
    key: str
    webhook_url: str
    body: bytes


_TABLES = """
create table if not exists partners (key text primary key, webhook_url text) without rowid;
create table if not exists sent
    (n integer primary key autoincrement, at real not null, recipient text not null,
     request text not null);
create table if not exists answers (key text, once text, message_id text not null,
     primary key (key, once)) without rowid;
create table if not exists errands
    (id integer primary key autoincrement, key text not null, webhook_url text not null,
     body blob not null);
create table if not exists written (key text, id text, primary key (key, id)) without rowid;
"""


class Ledger:
    """Reads and writes the file; each call is one transaction."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "custom.db", isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        # A killed process loses nothing this way; only a machine that loses power does.
        self._db.execute("pragma synchronous = off")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        self._db.close()

    def know(self, key: str, webhook_url: str | None = None) -> None:
        """The key is one of ours; the address for customers' messages, where it is given."""
        self._db.execute(
            """insert into partners values (?, ?) on conflict (key) do update
               set webhook_url = coalesce(excluded.webhook_url, webhook_url)""",
            [key, webhook_url],
        )

    def knows(self, key: str) -> bool:
        return self._one("select 1 from partners where key = ?", key) is not None

    def webhook_of(self, key: str) -> str | None:
        row = self._one("select webhook_url from partners where key = ?", key)
        return None if row is None else row[0]

    def answered(self, key: str, once: str) -> str | None:
        """The id under which a message with this idempotency key was taken."""
        row = self._one("select message_id from answers where key = ? and once = ?", key, once)
        return None if row is None else str(row[0])

    def accept(self, key: str, once: str | None, message_id: str, sent: Sent) -> None:
        """Keep a message of the desk."""
        self._db.execute("begin immediate")
        self._db.execute(
            "insert into sent (at, recipient, request) values (?, ?, ?)",
            [sent.at.timestamp(), sent.to, msgspec.json.encode(sent.request).decode()],
        )
        if once:
            self._db.execute("insert into answers values (?, ?, ?)", [key, once, message_id])
        self._db.execute("commit")

    def sent_since(self, n: int, limit: int) -> tuple[int, list[Sent]]:
        """The messages after the n-th, and the number to ask with next."""
        rows = self._db.execute(
            "select n, at, recipient, request from sent where n > ? order by n limit ?", [n, limit]
        ).fetchall()
        items = [
            Sent(datetime.fromtimestamp(at, UTC), recipient, msgspec.json.decode(request))
            for _, at, recipient, request in rows
        ]
        return (rows[-1][0] if rows else n), items

    def write(self, key: str, message_id: str, webhook_url: str, body: bytes) -> Errand | None:
        """Keep what a customer wrote; nothing if a message of this id was accepted before."""
        self._db.execute("begin immediate")
        fresh = self._db.execute(
            "insert or ignore into written values (?, ?)", [key, message_id]
        ).rowcount
        errand = None
        if fresh:
            cursor = self._db.execute(
                "insert into errands (key, webhook_url, body) values (?, ?, ?)",
                [key, webhook_url, body],
            )
            errand = Errand(cursor.lastrowid or 0, key, webhook_url, body)
        self._db.execute("commit")
        return errand

    def errands(self) -> list[Errand]:
        rows = self._db.execute("select id, key, webhook_url, body from errands order by id")
        return [Errand(*row) for row in rows.fetchall()]

    def done(self, errand: Errand) -> None:
        self._db.execute("delete from errands where id = ?", [errand.id])

    def _one(self, sql: str, *parameters: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(sql, parameters).fetchone()
        return row
