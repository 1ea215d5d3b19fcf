"""From the two logs to the broker: in the order of ids, marked when acknowledged."""

import asyncio
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
import structlog

from desk.events import envelope, inbound
from desk.events.envelope import SealedEvent
from desk.events.inbound import InboundHook
from desk.events.topics import (
    ACCOUNT_HEADER,
    EVENT_HEADER,
    INBOUND_HEADER,
    TRACE_HEADER,
    Topic,
    event_key,
    inbound_key,
)
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.outbox import (
    EVENTS,
    INBOUND,
    Log,
    mark_published,
    next_unpublished,
    oldest_in_flight,
    publish_again,
)
from desk.watching.origin import Origin
from desk.watching.watch import current_watch
from desk.watching.work import published
from desk.words.actor import Actor, ActorKind
from desk.words.channels import ChannelKind
from streams.broker import Broker
from streams.wakeups import Bell

log = structlog.get_logger()

BATCH = 500
BATCH_BYTES = 4 * 1024 * 1024
LARGEST_BODY = 512 * 1024
"""A larger hook travels without its body; brokers take a megabyte at most."""
POLL_SECONDS = 0.5
GATHER_SECONDS = 0.004
"""Between two batches: what comes in the meantime shares the next one's two transactions."""

Outgoing = tuple[bytes, bytes, list[tuple[str, bytes]]]


class Route(msgspec.Struct, frozen=True):
    """One log on its way to one topic."""

    log: Log
    topic: Topic
    record: Callable[[dict[str, Any]], Outgoing]
    began_at: str
    """The column that, with the account, names the trace of a row."""


def hook_record(row: dict[str, Any]) -> Outgoing:
    """The record of a row of the journal."""
    too_large = len(row["body"]) > LARGEST_BODY
    hook = hook_of(row)
    if too_large:
        hook = msgspec.structs.replace(hook, body=b"", in_journal=True)
    return (
        inbound_key(row["account_id"], row["inbox_id"], row["sender"]),
        inbound.encode(hook),
        [
            (INBOUND_HEADER, str(row["id"]).encode()),
            (ACCOUNT_HEADER, str(row["account_id"]).encode()),
            *_trace(Origin(row["account_id"], row["received_at"])),
        ],
    )


def hook_of(row: dict[str, Any]) -> InboundHook:
    """The hook of a row of the journal."""
    return InboundHook(
        id=row["id"],
        account_id=row["account_id"],
        inbox_id=row["inbox_id"],
        channel=ChannelKind(row["channel"]),
        received_at=row["received_at"],
        headers=msgspec.json.decode(row["headers"], type=dict[str, str]),
        body=bytes(row["body"]),
    )


def event_record(row: dict[str, Any]) -> Outgoing:
    """The record of a row of the event log."""
    event = SealedEvent(
        id=row["id"],
        account_id=row["account_id"],
        at=row["at"],
        by=Actor(ActorKind(row["actor_kind"]), row["actor_id"]),
        fact=msgspec.Raw(row["fact"].encode()),
        conversation_id=row["conversation_id"],
        quiet=row["quiet"],
        rules_version=row["rules_version"],
        after_rules=tuple(row["after_rules"]),
    )
    return (
        event_key(row["account_id"], row["conversation_id"]),
        envelope.encode(event),
        [
            (EVENT_HEADER, str(row["id"]).encode()),
            (ACCOUNT_HEADER, str(row["account_id"]).encode()),
            *_trace(Origin(row["account_id"], row["at"])),
        ],
    )


def _trace(origin: Origin) -> list[tuple[str, bytes]]:
    """For readers that are not ours; our own find the trace by themselves."""
    return [(TRACE_HEADER, origin.traceparent)] if current_watch().traces is not None else []


ROUTES = (
    Route(INBOUND, Topic.CHANNEL_INBOUND, hook_record, "received_at"),
    Route(EVENTS, Topic.DESK_EVENTS, event_record, "at"),
)


async def publish_for_ever(
    desk: Desk, broker: Broker, epoch: UUID, route: Route, bell: Bell, counters: Counters
) -> None:
    """Publish whatever has to travel, for as long as this broker is the one."""
    while True:
        await bell.wait(at_most=POLL_SECONDS)
        while await publish_once(desk, broker, epoch, route, counters):
            await asyncio.sleep(GATHER_SECONDS)


async def publish_once(
    desk: Desk, broker: Broker, epoch: UUID, route: Route, counters: Counters
) -> bool:
    """Publish one batch; whether there was any."""
    async with desk.transaction_across_accounts(reason="the relay serves every account") as tx:
        rows = await next_unpublished(tx, route.log, limit=BATCH, at_most_bytes=BATCH_BYTES)
    if not rows:
        return False
    began = time.time_ns()
    # No transaction is open while the broker takes its time.
    await broker.send(route.topic, [route.record(row) for row in rows], epoch)
    async with desk.transaction_across_accounts(reason="the relay serves every account") as tx:
        keys = [(row["account_id"], row["id"]) for row in rows]
        await mark_published(tx, route.log, keys, epoch)
    counters.add(f"published_{route.log.table}", len(rows))
    published(
        began, [Origin(row["account_id"], row[route.began_at]) for row in rows], route.topic.value
    )
    return True


SWEEP_EVERY_SECONDS = 10.0
IN_FLIGHT_SECONDS = 60.0
UNMOVED_SECONDS = 30.0
SWEEP_AT_MOST = 2000


class Sweeper:
    """Sends on their way again records that a broker took and no worker ever saw.

    The sign is an oldest row that stays the oldest; while a worker is merely behind, it moves.
    """

    def __init__(self, log_swept: Log) -> None:
        self._log = log_swept
        self._oldest: int | None = None
        self._since = 0.0

    async def sweep(self, desk: Desk, seconds: float) -> int:
        """Look once, `seconds` being any clock's; how many rows will travel again."""
        async with desk.transaction_across_accounts(reason="the relay serves every account") as tx:
            oldest = await oldest_in_flight(tx, self._log, seconds=IN_FLIGHT_SECONDS)
            if oldest is None or oldest != self._oldest:
                self._oldest, self._since = oldest, seconds
                return 0
            if seconds - self._since < UNMOVED_SECONDS:
                return 0
            swept = await publish_again(
                tx, self._log, seconds=IN_FLIGHT_SECONDS, limit=SWEEP_AT_MOST
            )
        self._oldest = None
        log.warning("published_again", table=self._log.table, rows=swept)
        return swept


async def sweep_for_ever(desk: Desk) -> None:
    """Sweep both logs."""
    sweepers = [Sweeper(route.log) for route in ROUTES]
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(SWEEP_EVERY_SECONDS)
        for sweeper in sweepers:
            await sweeper.sweep(desk, loop.time())
