"""Take in a batch of what customers wrote and providers reported, in one transaction."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from desk.actions.apply_receipts import ReceiptArrival, apply_receipts
from desk.actions.park import Parking, park
from desk.actions.write_intake import write_intake
from desk.rules.intake import Address, Arrival, Name, Person, Thread, plan_intake
from desk.rules.threading import names_of_its_conversation
from desk.store.mail_references import Asked, conversations_named
from desk.store.sender_locks import hold, of_mail_address, of_sender, of_threads
from desk.store.transaction import WideTx
from desk.words.channels import DeliveryReceipt, Inbound, InboundMessage, InboundParked
from desk.words.conversation import ConversationStatus
from desk.words.ids import AccountId, InboundId, InboxId

CONSUMER = "receive"


class Received(msgspec.Struct, frozen=True):
    """A hook from the journal with what its channel's adapter read in it."""

    inbound_id: InboundId
    account_id: AccountId
    inbox_id: InboxId
    received_at: datetime
    readings: tuple[Inbound, ...]
    met_by_bot: bool = False
    """What begins with it is a bot's until the bot hands it over."""


class Intake(msgspec.Struct, frozen=True):
    """What a batch came to."""

    messages: int
    duplicates: int
    receipts: int
    parked: int


async def receive_messages(tx: WideTx, batch: list[Received]) -> Intake:
    """Store messages once each, in order, with their people, conversations, clocks and facts.

    Harmless when repeated: a message is known by its inbox and the provider's id.
    """
    # Several partitions fill a batch: the journal knows in which order we accepted.
    batch = sorted(batch, key=lambda hook: hook.inbound_id)
    arrivals, receipts, parked = _sort_out(batch)
    duplicates = 0
    if arrivals:
        await _serialize_senders(tx, arrivals)
        fresh = await _without_known(tx, arrivals)
        duplicates = len(arrivals) - len(fresh)
        if fresh:
            people, threads, named = await _what_is_known(tx, fresh)
            locked, with_bot = await _about_inboxes(tx, fresh)
            arriving = [
                msgspec.structs.replace(a, bot_at_door=True) if a.inbox_id in with_bot else a
                for a in fresh
            ]
            plan = plan_intake(arriving, people, threads, named, locked_inboxes=locked)
            await write_intake(tx, plan)
        arrivals = fresh
    await apply_receipts(tx, receipts)
    await park(tx, parked)
    await _mark_done(tx, batch)
    return Intake(len(arrivals), duplicates, len(receipts), len(parked))


def _sort_out(
    batch: list[Received],
) -> tuple[list[Arrival], list[ReceiptArrival], list[Parking]]:
    arrivals: list[Arrival] = []
    receipts: list[ReceiptArrival] = []
    parked: list[Parking] = []
    for hook in batch:
        for part, reading in enumerate(hook.readings):
            match reading:
                case InboundMessage():
                    arrivals.append(
                        Arrival(
                            hook.account_id,
                            hook.inbox_id,
                            hook.inbound_id,
                            hook.received_at,
                            reading,
                            hook.met_by_bot,
                        )
                    )
                case DeliveryReceipt():
                    receipts.append(
                        ReceiptArrival(hook.account_id, hook.inbox_id, hook.received_at, reading)
                    )
                case InboundParked(reason):
                    parked.append(
                        Parking(hook.account_id, CONSUMER, "inbound", hook.inbound_id, part, reason)
                    )
    return arrivals, receipts, parked


async def _serialize_senders(tx: WideTx, arrivals: list[Arrival]) -> None:
    # While partitions move from one worker to another both may hold a sender's messages for a
    # moment: the lock lets one of them decide about contact and conversation at a time.
    await hold(tx, (words for arrival in arrivals for words in _locks(arrival)))


def _locks(arrival: Arrival) -> Iterator[str]:
    inbox_id, message = int(arrival.inbox_id), arrival.message
    yield of_sender(inbox_id, message.sender)
    if message.sender_email:
        yield of_mail_address(int(arrival.account_id), message.sender_email)
    if message.follows is not None:
        yield of_threads(inbox_id)


async def _without_known(tx: WideTx, arrivals: list[Arrival]) -> list[Arrival]:
    rows = await tx.all(
        """select m.inbox_id, m.source_id from messages m
           join unnest(%b::bigint[], %b::text[]) as asked(inbox_id, source_id)
             on m.inbox_id = asked.inbox_id and m.source_id = asked.source_id""",
        [[a.inbox_id for a in arrivals], [a.message.source_id for a in arrivals]],
    )
    known: set[tuple[int, str]] = {(row["inbox_id"], row["source_id"]) for row in rows}
    fresh = []
    for arrival in arrivals:
        key = (int(arrival.inbox_id), arrival.message.source_id)
        if key not in known:
            known.add(key)
            fresh.append(arrival)
    return fresh


_INBOXES = """
select i.id, i.lock_to_single_conversation as locked,
       exists (select from agent_bot_inboxes b
               left join webhooks w on w.account_id = b.account_id
                   and w.agent_bot_id = b.agent_bot_id
               where b.account_id = i.account_id and b.inbox_id = i.id and b.status = 0
                 and w.paused_at is null)
           or exists (select from integration_hooks h where h.account_id = i.account_id
               and h.inbox_id = i.id and h.app_id = 'dialogflow' and h.status = 1) as with_bot
from inboxes i where i.id = any(%s)"""


async def _about_inboxes(
    tx: WideTx, arrivals: list[Arrival]
) -> tuple[frozenset[int], frozenset[int]]:
    """Those that keep to one conversation, and those where a bot is at the door."""
    rows = await tx.all(_INBOXES, [sorted({int(a.inbox_id) for a in arrivals})], prepare=True)
    return (
        frozenset(row["id"] for row in rows if row["locked"]),
        frozenset(row["id"] for row in rows if row["with_bot"]),
    )


_KNOWN = """
select asked.account_id, asked.inbox_id, asked.sender,
       ci.id as contact_inbox_id, coalesce(known.id, by_mail.id, by_phone.id) as contact_id,
       coalesce(known.blocked, by_mail.blocked, by_phone.blocked) as blocked,
       coalesce(c.merged_into_id, c.id) as conversation_id
from unnest(%(accounts)b::bigint[], %(inboxes)b::bigint[], %(senders)b::text[], %(phones)b::text[],
            %(emails)b::text[]) as asked(account_id, inbox_id, sender, phone, email)
left join contact_inboxes ci on ci.inbox_id = asked.inbox_id and ci.source_id = asked.sender
left join contacts known on known.account_id = asked.account_id and known.id = ci.contact_id
left join lateral (
    select k.id, k.blocked from contacts k
    where ci.id is null and k.account_id = asked.account_id and k.phone_number = asked.phone
    order by k.id limit 1) by_phone on true
left join lateral (
    select k.id, k.blocked from contacts k
    where ci.id is null and k.account_id = asked.account_id
      and lower(k.email) = lower(asked.email)) by_mail on true
left join lateral (
    select c.id, c.merged_into_id from conversations c
    where c.account_id = asked.account_id and c.contact_inbox_id = ci.id
    order by (c.status <> 1) desc, c.id desc limit 1) c on true"""

_LOCK = """
select account_id, id, display_id, inbox_id, contact_id, status, assignee_id, team_id,
       waiting_since, merged_into_id from conversations
where (account_id, id) in (select * from unnest(%b::bigint[], %b::bigint[]))
order by id for update"""


async def _what_is_known(
    tx: WideTx, arrivals: list[Arrival]
) -> tuple[dict[Address, Person], dict[Address, Thread], dict[Name, Thread]]:
    asked = {arrival.address: arrival for arrival in arrivals}
    rows = await tx.all(
        _KNOWN,
        {
            "accounts": [a.account_id for a in asked.values()],
            "inboxes": [a.inbox_id for a in asked.values()],
            "senders": [a.message.sender for a in asked.values()],
            "phones": [a.message.sender_phone for a in asked.values()],
            "emails": [a.message.sender_email for a in asked.values()],
        },
    )
    people: dict[Address, Person] = {}
    for row in rows:
        if row["contact_id"] is not None:
            people[row["inbox_id"], row["sender"]] = Person(
                account_id=row["account_id"],
                inbox_id=row["inbox_id"],
                sender=row["sender"],
                contact_id=row["contact_id"],
                contact_inbox_id=row["contact_inbox_id"] or 0,
                blocked=row["blocked"],
                is_new_address=row["contact_inbox_id"] is None,
            )
    recent = [row for row in rows if row["conversation_id"]]
    called = await conversations_named(tx, _asked(arrivals))
    threads = await _threads(tx, [*recent, *called])
    return (
        people,
        {(r["inbox_id"], r["sender"]): threads[r["conversation_id"]] for r in recent},
        {(r["inbox_id"], r["name"]): threads[r["conversation_id"]] for r in called},
    )


def _asked(arrivals: list[Arrival]) -> list[Asked]:
    return [
        Asked(int(arrival.account_id), int(arrival.inbox_id), name)
        for arrival in arrivals
        for name in names_of_its_conversation(arrival.message)
    ]


async def _threads(tx: WideTx, rows: list[dict[str, Any]]) -> dict[int, Thread]:
    """Each conversation once, by the ids that led to it."""
    found = {row["conversation_id"]: row["account_id"] for row in rows}
    current = await _lock_conversations(tx, found)
    # Found by itself and merged before it was locked.
    parts = {row["id"]: row["merged_into_id"] for row in current if row["merged_into_id"]}
    if parts:
        current += await _lock_conversations(tx, {parts[one]: found[one] for one in parts})
    threads = {row["id"]: _thread(row) for row in current if not row["merged_into_id"]}
    return threads | {part: threads[whole] for part, whole in parts.items()}


def _thread(row: dict[str, Any]) -> Thread:
    status = ConversationStatus(row["status"])
    return Thread(
        Person(
            account_id=row["account_id"],
            inbox_id=row["inbox_id"],
            sender="",
            contact_id=row["contact_id"],
        ),
        conversation_id=row["id"],
        display_id=row["display_id"],
        status=status,
        status_before=status,
        assignee_id=row["assignee_id"],
        team_id=row["team_id"],
        waiting_since=row["waiting_since"],
    )


async def _lock_conversations(tx: WideTx, found: dict[int, int]) -> list[dict[str, Any]]:
    # In the order of ids, as everybody who locks several does; read again under the lock, since
    # an agent may have resolved one in between.
    if not found:
        return []
    return await tx.all(_LOCK, [list(found.values()), list(found)])


async def _mark_done(tx: WideTx, batch: list[Received]) -> None:
    await tx.execute(
        """update inbound set done_at = %s
           where (account_id, id) in (select * from unnest(%b::bigint[], %b::bigint[]))
             and done_at is null""",
        [tx.now, [hook.account_id for hook in batch], [hook.inbound_id for hook in batch]],
    )
