"""The two logs on their way to the broker: what has not travelled, what has, and what must again.

A row whose `epoch` is absent still has to travel; one that is done never has to.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from desk.store.transaction import WideTx

Key = tuple[int, int]
"""Account and id: how a row of either log is known."""


class Log(msgspec.Struct, frozen=True):
    """One of the two logs, as the relay reads it."""

    table: str
    columns: str
    bytes_of_row: str
    channel: str
    """The NOTIFY channel that wakes the relay."""


INBOUND = Log(
    "inbound",
    "account_id, id, inbox_id, channel, sender, headers::text, body, received_at",
    "octet_length(body)",
    "inbound",
)
EVENTS = Log(
    "events",
    "account_id, id, at, actor_kind, actor_id, fact::text, conversation_id, quiet, "
    "rules_version, after_rules",
    "0",
    "desk_events",
)
LOGS = (INBOUND, EVENTS)
LOG_OF_SOURCE: Mapping[str, Log] = {"inbound": INBOUND, "event": EVENTS}
"""By the word that parked rows have for them."""


async def next_unpublished(
    tx: WideTx, log: Log, *, limit: int, at_most_bytes: int
) -> list[dict[str, Any]]:
    """The oldest rows that still have to travel, in the order of their ids; one at least."""
    return await tx.all(
        f"""select {log.columns}
            from (select *, sum({log.bytes_of_row}) over (order by id) - {log.bytes_of_row} as before
                  from (select * from {log.table} where epoch is null and done_at is null
                        order by id limit %s) as oldest) as sized
            where before < %s order by id""",
        [limit, at_most_bytes],
        prepare=True,
    )


async def mark_published(tx: WideTx, log: Log, keys: list[Key], epoch: UUID) -> None:
    """The broker of this epoch has acknowledged them."""
    await tx.execute(
        f"""update {log.table} as row set epoch = %s, published_at = %s
            from unnest(%b::bigint[], %b::bigint[]) as sent(account_id, id)
            where row.account_id = sent.account_id and row.id = sent.id""",
        [epoch, tx.now, [account for account, _ in keys], [row_id for _, row_id in keys]],
    )


async def current_epoch(tx: WideTx) -> UUID | None:
    """The broker we believe to be talking to."""
    row = await tx.first("select epoch from broker_epochs order by id desc limit 1")
    return row["epoch"] if row else None


async def begin_epoch(tx: WideTx, epoch: UUID) -> None:
    """This is the broker now: what another one had and nobody finished must travel again."""
    if await current_epoch(tx) != epoch:
        await tx.execute("delete from broker_epochs where epoch = %s", [epoch])
        await tx.execute(
            "insert into broker_epochs (epoch, since) values (%s, %s)", [epoch, tx.now]
        )
    for log in LOGS:
        await tx.execute(
            f"update {log.table} set epoch = null where done_at is null and epoch <> %s", [epoch]
        )


async def oldest_in_flight(tx: WideTx, log: Log, *, seconds: float) -> int | None:
    """The oldest row that travelled this long ago and is not done."""
    row = await tx.first(
        f"""select id from {log.table}
            where done_at is null and epoch is not null
              and published_at < %s - make_interval(secs => %s)
            order by id limit 1""",
        [tx.now, seconds],
    )
    return row["id"] if row else None


async def publish_again(tx: WideTx, log: Log, *, seconds: float, limit: int) -> int:
    """Let the oldest rows that travelled this long ago and are not done travel once more."""
    return await tx.execute(
        f"""update {log.table} as row set epoch = null
            from (select account_id, id from {log.table}
                  where done_at is null and epoch is not null
                    and published_at < %s - make_interval(secs => %s)
                  order by id limit %s) as lost
            where row.account_id = lost.account_id and row.id = lost.id""",
        [tx.now, seconds, limit],
    )


async def travel_again(tx: WideTx, log: Log, key: Key) -> None:
    """Undo that a row is done: it is published and handled once more."""
    await tx.execute(
        f"update {log.table} set done_at = null, epoch = null where account_id = %s and id = %s",
        key,
    )
    await tx.execute("select pg_notify(%s, '')", [log.channel])
