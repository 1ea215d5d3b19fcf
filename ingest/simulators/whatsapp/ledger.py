"""What the simulated WhatsApp has accepted, in a file that a killed process leaves whole."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec


class Number(msgspec.Struct, frozen=True):
    """A business phone number and the webhook its messages go to."""

    phone_number_id: str
    phone_number: str
    webhook_url: str
    app_secret: str
    access_token: str
    verify_token: str
    business_account_id: str = "102290129340398"


class PendingHook(msgspec.Struct, frozen=True):
    """A webhook request not yet taken; those of one lane go one after the other."""

    phone_number_id: str
    lane: str
    due_at: datetime
    body: bytes
    id: int = 0
    attempts: int = 0


class Sent(msgspec.Struct, frozen=True):
    """Something the desk sent to a customer."""

    at: datetime
    to: str
    request: dict[str, Any]


class Media(msgspec.Struct, frozen=True):
    """A file with WhatsApp."""

    id: str
    mime_type: str
    sha256: str
    size: int


class Pace(msgspec.Struct, frozen=True):
    """Seconds after sending at which receipts come; null for never."""

    sent_after: float | None = 0.2
    delivered_after: float | None = 0.8
    read_after: float | None = 4.0


_TABLES = """
create table if not exists numbers (id text primary key, number text not null);
create table if not exists sent
    (n integer primary key autoincrement, at real not null, recipient text not null,
     request text not null);
create table if not exists hooks
    (id integer primary key autoincrement, phone_number_id text not null, lane text not null,
     due_at real not null, attempts integer not null default 0, body blob not null);
create table if not exists customers
    (phone_number_id text, customer text, wrote_at real not null,
     primary key (phone_number_id, customer)) without rowid;
create table if not exists customer_messages (id text primary key) without rowid;
create table if not exists media (id text primary key, media text not null);
create table if not exists pace (id integer primary key check (id = 1), pace text not null);
"""


class Ledger:
    """Reads and writes the file; each call is one transaction."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._media = folder / "whatsapp-media"
        self._media.mkdir(exist_ok=True)
        self._db = sqlite3.connect(folder / "whatsapp.db", isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        # A killed process loses nothing this way; only a machine that loses power does.
        self._db.execute("pragma synchronous = off")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        self._db.close()

    def put_number(self, number: Number) -> None:
        self._db.execute(
            "insert or replace into numbers values (?, ?)",
            [number.phone_number_id, msgspec.json.encode(number).decode()],
        )

    def number(self, phone_number_id: str) -> Number | None:
        row = self._one("select number from numbers where id = ?", phone_number_id)
        return None if row is None else msgspec.json.decode(row[0], type=Number)

    def numbers(self) -> list[Number]:
        rows = self._db.execute("select number from numbers order by id").fetchall()
        return [msgspec.json.decode(row[0], type=Number) for row in rows]

    def accept_send(self, sent: Sent, receipts: list[PendingHook]) -> list[PendingHook]:
        """Keep a message of the desk together with the receipts it will get."""
        with _transaction(self._db):
            self._db.execute(
                "insert into sent (at, recipient, request) values (?, ?, ?)",
                [sent.at.timestamp(), sent.to, msgspec.json.encode(sent.request).decode()],
            )
            return [self._insert_hook(hook) for hook in receipts]

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

    def accept_customer_message(
        self, message_id: str, customer: str, hook: PendingHook
    ) -> PendingHook | None:
        """Keep what a customer wrote; nothing if a message of this id was accepted before."""
        with _transaction(self._db):
            fresh = self._db.execute(
                "insert or ignore into customer_messages values (?)", [message_id]
            ).rowcount
            if not fresh:
                return None
            self._db.execute(
                "insert or replace into customers values (?, ?, ?)",
                [hook.phone_number_id, customer, hook.due_at.timestamp()],
            )
            return self._insert_hook(hook)

    def last_wrote(self, phone_number_id: str, customer: str) -> datetime | None:
        row = self._one(
            "select wrote_at from customers where phone_number_id = ? and customer = ?",
            phone_number_id,
            customer,
        )
        return None if row is None else datetime.fromtimestamp(row[0], UTC)

    def pending_hooks(self) -> list[PendingHook]:
        rows = self._db.execute(
            "select phone_number_id, lane, due_at, body, id, attempts from hooks order by id"
        ).fetchall()
        return [
            PendingHook(number, lane, datetime.fromtimestamp(due_at, UTC), body, id_, attempts)
            for number, lane, due_at, body, id_, attempts in rows
        ]

    def remove_hook(self, hook_id: int) -> None:
        self._db.execute("delete from hooks where id = ?", [hook_id])

    def postpone_hook(self, hook_id: int, due_at: datetime) -> None:
        self._db.execute(
            "update hooks set attempts = attempts + 1, due_at = ? where id = ?",
            [due_at.timestamp(), hook_id],
        )

    def put_media(self, media: Media, content: bytes) -> None:
        (self._media / media.id).write_bytes(content)
        self._db.execute(
            "insert or replace into media values (?, ?)",
            [media.id, msgspec.json.encode(media).decode()],
        )

    def media(self, media_id: str) -> Media | None:
        row = self._one("select media from media where id = ?", media_id)
        return None if row is None else msgspec.json.decode(row[0], type=Media)

    def media_content(self, media: Media) -> bytes:
        return (self._media / media.id).read_bytes()

    def remove_media(self, media: Media) -> None:
        self._db.execute("delete from media where id = ?", [media.id])
        (self._media / media.id).unlink(missing_ok=True)

    def pace(self) -> Pace:
        row = self._one("select pace from pace")
        return Pace() if row is None else msgspec.json.decode(row[0], type=Pace)

    def put_pace(self, pace: Pace) -> None:
        self._db.execute(
            "insert or replace into pace values (1, ?)", [msgspec.json.encode(pace).decode()]
        )

    def _insert_hook(self, hook: PendingHook) -> PendingHook:
        cursor = self._db.execute(
            "insert into hooks (phone_number_id, lane, due_at, body) values (?, ?, ?, ?)",
            [hook.phone_number_id, hook.lane, hook.due_at.timestamp(), hook.body],
        )
        return msgspec.structs.replace(hook, id=cursor.lastrowid or 0)

    def _one(self, sql: str, *parameters: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(sql, parameters).fetchone()
        return row


class _transaction:
    """All of it, or nothing."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("begin immediate")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._db.execute("commit" if kind is None else "rollback")
