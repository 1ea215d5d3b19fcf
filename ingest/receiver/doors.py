"""Which inbox an address belongs to, remembered for a few seconds."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import msgspec

from desk.store.desk import Desk
from desk.words.errors import NotFound, Transient
from desk.words.ids import AccountId, InboxId
from ingest.channel_catalogue import channel_of
from ingest.channel_contract import Channel
from ingest.receiver.trouble import DATABASE_TROUBLE

REMEMBER_SECONDS = 5.0
REMEMBER_UNKNOWN_SECONDS = 1.0
MOST_REMEMBERED = 10_000


class Door(msgspec.Struct, frozen=True):
    """An inbox as the outside meets it, with its credentials opened."""

    account_id: AccountId
    inbox_id: InboxId
    channel: Channel
    config: dict[str, Any]
    secrets: dict[str, Any]


class Doors:
    """Finds inboxes by channel and address, across all accounts."""

    def __init__(self, desk: Desk, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._desk = desk
        self._seconds = seconds
        self._known: dict[tuple[str, str], tuple[float, Door | None]] = {}
        self._looking: dict[tuple[str, str], asyncio.Task[Door | None]] = {}

    async def find(self, kind: str, address: str) -> Door:
        """Raises NotFound, or Transient when the database does not answer."""
        key = (kind, address)
        until, door = self._known.get(key, (0.0, None))
        if until <= self._seconds():
            door = await self._look_once(key)
        if door is None:
            raise NotFound("unknown_inbox", "There is no inbox at this address.")
        return door

    async def _look_once(self, key: tuple[str, str]) -> Door | None:
        """Many requests for one address ask the database once."""
        task = self._looking.get(key)
        if task is None:
            task = self._looking[key] = asyncio.create_task(self._look(*key))
            task.add_done_callback(lambda _: self._looking.pop(key, None))
        return await asyncio.shield(task)

    async def _look(self, kind: str, address: str) -> Door | None:
        channel = channel_of(kind)
        spellings = list(channel.addresses(address)) if "\x00" not in address else []
        try:
            async with self._desk.transaction_across_accounts(
                reason="a webhook names an address, not an account"
            ) as tx:
                row = await tx.first(
                    "select i.account_id, i.id, i.config, i.secrets from inboxes i "
                    "join accounts a on a.id = i.account_id and a.deleted_at is null "
                    "where i.channel = %s and i.address = any(%s::text[]) "
                    "order by array_position(%s::text[], i.address::text) limit 1",
                    [channel.kind.value, spellings, spellings],
                )
        except DATABASE_TROUBLE as error:
            raise Transient("database_unreachable", "The database does not answer.") from error
        door = None if row is None else self._door(channel, row)
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        seconds = REMEMBER_UNKNOWN_SECONDS if door is None else REMEMBER_SECONDS
        self._known[kind, address] = (self._seconds() + seconds, door)
        return door

    def _door(self, channel: Channel, row: dict[str, Any]) -> Door:
        sealed = row["secrets"]
        return Door(
            account_id=AccountId(row["account_id"]),
            inbox_id=InboxId(row["id"]),
            channel=channel,
            config=row["config"],
            secrets=self._desk.secrets.open(sealed, f"inboxes:{row['id']}") if sealed else {},
        )
