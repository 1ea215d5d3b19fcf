"""`receive`: raw hooks become messages, receipts, or parked rows, a batch to a transaction."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import structlog

from desk.actions.park import Parking, park
from desk.actions.receive_messages import CONSUMER, Received, receive_messages
from desk.events.inbound import InboundHook, decode
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.transaction import WideTx
from desk.watching.origin import Origin
from desk.watching.work import handling
from desk.words.channels import Inbound, InboundParked
from desk.words.ids import AccountId
from ingest.channel_catalogue import channel_of
from streams.failures import reason_of
from streams.guard import do_all, until_it_passes
from streams.record import Record

log = structlog.get_logger()

MOST_LARGE_TOGETHER = 8
"""Hooks whose bodies are read from the journal into one transaction."""
SLOW_SECONDS = 5.0
"""From our acceptance to the commit: longer than this somebody should look."""


class ReceiveInbound:
    """The consumer of `channel.inbound`."""

    def __init__(self, desk: Desk, counters: Counters) -> None:
        self._desk = desk
        self._counters = counters

    async def __call__(self, records: Sequence[Record]) -> None:
        hooks: dict[int, InboundHook] = {}
        for record in records:
            try:
                hook = decode(record.value or b"")
                _check(record, hook)
            except msgspec.MsgspecError as error:
                await self._refuse(record, reason_of(error))
            else:
                hooks.setdefault(hook.id, hook)
        await self.receive(list(hooks.values()))

    async def receive(self, hooks: Sequence[InboundHook]) -> None:
        """Take in hooks that are known to be ours."""
        for portion in _portions(hooks):
            await do_all(portion, self._apply, self._put_aside)

    async def _apply(self, hooks: Sequence[InboundHook]) -> None:
        with handling("receive", [Origin(hook.account_id, hook.received_at) for hook in hooks]):
            await self._take_in(hooks)

    async def _take_in(self, hooks: Sequence[InboundHook]) -> None:
        async with self._desk.transaction_across_accounts(
            reason="a batch of hooks belongs to several accounts"
        ) as tx:
            configs = await _configs(tx, hooks)
            bodies = await _bodies(tx, [hook for hook in hooks if hook.in_journal])
            intake = await receive_messages(
                tx,
                [
                    Received(
                        hook.id,
                        hook.account_id,
                        hook.inbox_id,
                        hook.received_at,
                        _read(hook, configs, bodies),
                    )
                    for hook in hooks
                ],
            )
        self._count(hooks, intake.messages, intake.duplicates, intake.receipts, intake.parked)

    async def _put_aside(self, hook: InboundHook, reason: str) -> None:
        await self._park(hook.account_id, hook.id, reason)

    async def _refuse(self, record: Record, reason: str) -> None:
        account_id, inbound_id = record.account_id, record.inbound_id
        if account_id is None or inbound_id is None:
            log.error("foreign_record", reason=reason)
            return
        await until_it_passes(lambda: self._park(account_id, inbound_id, reason))

    async def _park(self, account_id: AccountId, inbound_id: int, reason: str) -> None:
        async with self._desk.transaction_across_accounts(
            reason="the stream parks what it cannot take in"
        ) as tx:
            await park(tx, [Parking(account_id, CONSUMER, "inbound", inbound_id, 0, reason)])
            await tx.execute(
                """update inbound set done_at = %s
                   where account_id = %s and id = %s and done_at is null""",
                [tx.now, account_id, inbound_id],
            )
        self._counters.add("inbound_parked")
        log.warning("parked", consumer=CONSUMER, account=account_id, inbound=inbound_id)

    def _count(
        self, hooks: Sequence[InboundHook], messages: int, known: int, receipts: int, parked: int
    ) -> None:
        for name, amount in (
            ("inbound_hooks", len(hooks)),
            ("inbound_batches", 1),
            ("inbound_messages", messages),
            ("inbound_duplicates", known),
            ("inbound_receipts", receipts),
            ("inbound_parked", parked),
        ):
            if amount:
                self._counters.add(name, amount)
        now = self._desk.clock.now()
        waits = [(now - hook.received_at).total_seconds() for hook in hooks]
        slow = [wait for wait in waits if wait > SLOW_SECONDS]
        if slow:
            self._counters.add("inbound_slow", len(slow))
            log.warning("slow_messages", count=len(slow), slowest_seconds=round(max(slow), 1))


def _portions(hooks: Sequence[InboundHook]) -> Iterator[Sequence[InboundHook]]:
    """The hooks in order, so many at a time that those as large as mails fit into memory."""
    begin = large = 0
    for place, hook in enumerate(hooks):
        if hook.in_journal and large == MOST_LARGE_TOGETHER:
            yield hooks[begin:place]
            begin, large = place, 0
        large += hook.in_journal
    if begin < len(hooks):
        yield hooks[begin:]


def _check(record: Record, hook: InboundHook) -> None:
    if record.account_id not in (None, hook.account_id):
        raise msgspec.ValidationError("the record's header names another account")


def _read(
    hook: InboundHook, configs: dict[tuple[int, int], dict[str, Any]], bodies: dict[int, bytes]
) -> tuple[Inbound, ...]:
    """Everything the hook says; an adapter that stumbles parks the whole hook."""
    config = configs.get((hook.account_id, hook.inbox_id))
    if config is None:
        return (InboundParked("the inbox is gone"),)
    if hook.in_journal:
        hook = msgspec.structs.replace(hook, body=bodies[hook.id], in_journal=False)
    try:
        return tuple(channel_of(hook.channel).read(hook, config))
    except Exception as error:  # noqa: BLE001 - one channel must not stop the others
        return (InboundParked(f"the channel could not read the hook: {reason_of(error)}"),)


async def _configs(
    tx: WideTx, hooks: Sequence[InboundHook]
) -> dict[tuple[int, int], dict[str, Any]]:
    rows = await tx.all(
        "select account_id, id, config from inboxes where id = any(%s)",
        [sorted({int(hook.inbox_id) for hook in hooks})],
    )
    return {(row["account_id"], row["id"]): row["config"] for row in rows}


async def _bodies(tx: WideTx, hooks: Sequence[InboundHook]) -> dict[int, bytes]:
    if not hooks:
        return {}
    rows = await tx.all(
        """select id, body from inbound
           where (account_id, id) in (select * from unnest(%b::bigint[], %b::bigint[]))""",
        [[hook.account_id for hook in hooks], [hook.id for hook in hooks]],
    )
    return {row["id"]: bytes(row["body"]) for row in rows}
