"""`react`: what follows from facts, and how little one handler's trouble means to another."""

from collections.abc import Sequence
from datetime import timedelta

import psycopg
import pytest

from desk.actions.assign_conversation import assign_conversation, assign_team
from desk.actions.change_status import change_status
from desk.actions.send_reply import send_reply
from desk.clock import FixedClock
from desk.events.conversations import ConversationCreated
from desk.events.envelope import Event, encode
from desk.events.messages import MessageCreated
from desk.store.conversations import lock_conversation
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.event_log import event_of
from desk.store.presence import Presence
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import ConversationId, UserId
from desk.words.notifications import NotificationKind
from streams.reactions import React, Reaction
from streams.record import Record
from streams.topology import REACTIONS
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import receive, said
from tests.streams.arrivals import rows


async def events(desk: Desk, at: SmallDesk) -> list[Event]:
    """The account's facts that nobody has reacted to."""
    return [event_of(row) for row in await rows(desk, at, "events") if row["done_at"] is None]


async def react(desk: Desk, at: SmallDesk, reactions: Sequence[Reaction] = REACTIONS) -> None:
    await React(reactions, desk, Counters()).react(await events(desk, at))


async def come(desk: Desk, at: SmallDesk, *people: UserId) -> None:
    """They open their pages."""
    for user_id in people:
        await Presence(desk.redis, desk.clock).beat_user(at.account_id, user_id)


async def resolve(desk: Desk, at: SmallDesk, *, by: Actor) -> None:
    async with desk.transaction(at.account_id) as tx:
        conversation = await lock_conversation(tx, await _only(desk, at))
        await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)


async def _only(desk: Desk, at: SmallDesk) -> ConversationId:
    (conversation,) = await rows(desk, at, "conversations")
    return ConversationId(conversation["id"])


async def test_a_new_conversation_goes_to_the_agent_who_is_there(
    desk: Desk, clock: FixedClock
) -> None:
    at = await small_desk(desk, auto_assignment=True)
    await come(desk, at, at.agent, at.outsider)
    await receive(desk, at, said("Hello"))
    await react(desk, at)
    (conversation,) = await rows(desk, at, "conversations")
    assert conversation["assignee_id"] == at.agent
    assert await rows(desk, at, "parked_messages") == []


async def test_nobody_there_leaves_it_unassigned(desk: Desk, clock: FixedClock) -> None:
    at = await small_desk(desk, auto_assignment=True)
    await come(desk, at, at.agent)
    clock.set(clock.now() + timedelta(seconds=46))
    await receive(desk, at, said("Hello"))
    await react(desk, at)
    (conversation,) = await rows(desk, at, "conversations")
    assert conversation["assignee_id"] is None


async def test_an_inbox_without_auto_assignment_assigns_nobody(
    desk: Desk, halden: SmallDesk
) -> None:
    await come(desk, halden, halden.agent)
    await receive(desk, halden, said("Hello"))
    await react(desk, halden)
    (conversation,) = await rows(desk, halden, "conversations")
    assert conversation["assignee_id"] is None


async def test_a_busy_agent_is_given_nothing(desk: Desk) -> None:
    at = await small_desk(desk, auto_assignment=True)
    async with desk.transaction(at.account_id) as tx:
        await tx.execute("update account_users set availability = 2 where user_id = %s", [at.agent])
    await come(desk, at, at.agent)
    await receive(desk, at, said("Hello"))
    await react(desk, at)
    (conversation,) = await rows(desk, at, "conversations")
    assert conversation["assignee_id"] is None


async def test_a_team_keeps_its_conversations_to_itself(desk: Desk) -> None:
    at = await small_desk(desk, auto_assignment=True)
    async with desk.transaction(at.account_id) as tx:
        for user_id in (at.outsider, at.administrator):
            await tx.execute(
                "insert into inbox_members (account_id, inbox_id, user_id) values (%s, %s, %s)",
                [at.account_id, at.inbox, user_id],
            )
    await receive(desk, at, said("Hello"))
    async with desk.transaction(at.account_id) as tx:
        conversation = await lock_conversation(tx, await _only(desk, at))
        await assign_team(tx, conversation, at.team, by=Actor.user(at.administrator))
    await come(desk, at, at.outsider, at.administrator, at.agent)
    await react(desk, at)
    (after,) = await rows(desk, at, "conversations")
    assert after["assignee_id"] == at.agent


async def test_conversations_are_shared_out_evenly(desk: Desk) -> None:
    at = await small_desk(desk, auto_assignment=True)
    async with desk.transaction(at.account_id) as tx:
        await tx.execute(
            "insert into inbox_members (account_id, inbox_id, user_id) values (%s, %s, %s)",
            [at.account_id, at.inbox, at.outsider],
        )
    await come(desk, at, at.agent, at.outsider)
    await receive(desk, at, *[said("Hello", sender=f"479000000{n}") for n in range(6)])
    await react(desk, at)
    given = [row["assignee_id"] for row in await rows(desk, at, "conversations")]
    assert sorted(given) == sorted([at.agent, at.outsider] * 3)


async def test_after_an_agent_resolves_the_customer_is_asked_once(desk: Desk) -> None:
    at = await small_desk(desk, csat=True)
    await receive(desk, at, said("Hello"))
    async with desk.transaction(at.account_id) as tx:
        conversation = await lock_conversation(tx, await _only(desk, at))
        await send_reply(tx, conversation, "Here it is", by=at.agent)
    await resolve(desk, at, by=Actor.user(at.agent))
    facts = await events(desk, at)
    await react(desk, at)
    for event in facts:
        await _undo(desk, at, event)
    await react(desk, at)
    (survey,) = await rows(desk, at, "csat_surveys")
    assert survey["agent_id"] == at.agent
    asked = [m for m in await rows(desk, at, "messages") if m["message_type"] == 3]
    (conversation_row,) = await rows(desk, at, "conversations")
    assert len(asked) == 1
    assert f"/survey/responses/{conversation_row['uuid']}" in asked[0]["content"]


@pytest.mark.parametrize("by", [Actor.system(), Actor.rule(3)], ids=["the system", "a rule"])
async def test_what_resolves_by_itself_asks_nobody(desk: Desk, by: Actor) -> None:
    at = await small_desk(desk, csat=True)
    await receive(desk, at, said("Hello"))
    await resolve(desk, at, by=by)
    await react(desk, at)
    assert await rows(desk, at, "csat_surveys") == []


async def test_a_customer_who_can_no_longer_be_written_to_is_not_asked(
    desk: Desk, clock: FixedClock
) -> None:
    at = await small_desk(desk, csat=True)
    async with desk.transaction(at.account_id) as tx:
        await tx.execute("""update inboxes set config = config || '{"free_reply_hours": 24}'""")
    await receive(desk, at, said("Hello"))
    clock.set(clock.now() + timedelta(hours=25))
    await resolve(desk, at, by=Actor.user(at.agent))
    await react(desk, at)
    assert await rows(desk, at, "csat_surveys") == []
    assert await rows(desk, at, "parked_messages") == []


async def test_after_an_hours_outage_customers_are_left_in_peace(
    desk: Desk, clock: FixedClock
) -> None:
    at = await small_desk(desk, csat=True)
    await receive(desk, at, said("Hello"))
    await resolve(desk, at, by=Actor.user(at.agent))
    clock.set(clock.now() + timedelta(minutes=61))
    await react(desk, at)
    assert await rows(desk, at, "csat_surveys") == []
    assert await events(desk, at) == []


class Handlers:
    """Two reactions: one that fails as told, and its neighbour."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.met: list[int] = []
        self.reactions = (
            Reaction("fails", self._fail, to=(MessageCreated,)),
            Reaction("goes_on", self._go_on, to=(MessageCreated, ConversationCreated)),
        )

    async def _fail(self, _event: Event, _desk: Desk) -> None:
        if self.failures:
            raise self.failures.pop(0)

    async def _go_on(self, event: Event, _desk: Desk) -> None:
        self.met.append(event.id)


@pytest.mark.parametrize("error", [KeyError("data"), AttributeError("a bug")])
async def test_a_failing_handler_is_parked_under_its_name_and_its_neighbours_go_on(
    desk: Desk, halden: SmallDesk, error: Exception
) -> None:
    await receive(desk, halden, said("Hello"), said("Again"))
    handlers = Handlers(error)
    await react(desk, halden, handlers.reactions)
    (parked,) = await rows(desk, halden, "parked_messages")
    assert (parked["consumer"], parked["source"]) == ("fails", "event")
    assert len(handlers.met) == 3
    assert handlers.met == sorted(handlers.met)
    assert await events(desk, halden) == []


async def test_a_handler_waits_while_the_database_is_away(desk: Desk, halden: SmallDesk) -> None:
    await receive(desk, halden, said("Hello"))
    await react(desk, halden, Handlers(psycopg.OperationalError("gone")).reactions)
    assert await rows(desk, halden, "parked_messages") == []


async def test_a_fact_that_comes_again_meets_nobody(desk: Desk, halden: SmallDesk) -> None:
    await receive(desk, halden, said("Hello"))
    facts = await events(desk, halden)
    handlers = Handlers()
    consumer = React(handlers.reactions, desk, Counters())
    records = [
        Record(encode(event), {"account_id": str(event.account_id).encode()}) for event in facts
    ]
    await consumer(records + records)
    await consumer(records)
    assert len(handlers.met) == 2


async def test_a_batch_that_concerns_nobody_asks_the_same_however_long_it_is(
    desk: Desk, halden: SmallDesk, statements: list[str]
) -> None:
    async def asked(*customers: str) -> int:
        await receive(desk, halden, *(said("Hello", sender=sender) for sender in customers))
        facts = await events(desk, halden)
        statements.clear()
        await React(REACTIONS, desk, Counters()).react(facts)
        return len(statements)

    await asked("4790")
    few = await asked("4791")
    many = await asked(*(str(4800 + n) for n in range(20)))
    assert many == few == 3


async def test_who_is_given_a_conversation_hears_what_follows_in_the_same_batch(
    desk: Desk, halden: SmallDesk
) -> None:
    kind = int(NotificationKind.PARTICIPATING_CONVERSATION_NEW_MESSAGE)
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute(
            """insert into notification_settings (account_id, user_id, email_kinds, push_kinds)
               values (%s, %s, '{}', %s)""",
            [halden.account_id, halden.agent, [kind]],
        )
    await receive(desk, halden, said("Hello"))
    for person in (halden.agent, None):
        async with desk.transaction(halden.account_id) as tx:
            conversation = await lock_conversation(tx, await _only(desk, halden))
            await assign_conversation(tx, conversation, person, by=Actor.user(halden.administrator))
    await receive(desk, halden, said("Still waiting"))
    await react(desk, halden)
    told = await rows(desk, halden, "notifications")
    assert [(one["user_id"], one["kind"]) for one in told] == [(halden.agent, kind)]


async def test_imported_history_is_done_when_it_is_written(desk: Desk, halden: SmallDesk) -> None:
    async with desk.transaction(halden.account_id, quiet=True) as tx:
        tx.record(MessageCreated(1, 1, 1, 0, False, None, None), by=Actor.system())  # type: ignore[arg-type]
    written = (await rows(desk, halden, "events"))[-1]
    assert written["quiet"]
    assert written["done_at"] is not None
    assert written["position"] is None


async def test_bytes_that_are_no_event_are_parked_under_their_headers(
    desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Hello"))
    event = (await events(desk, halden))[-1]
    headers = {"account_id": str(halden.account_id).encode(), "event_id": str(event.id).encode()}
    await React(REACTIONS, desk, Counters())([Record(b"{}", headers), Record(b"nonsense", {})])
    (parked,) = await rows(desk, halden, "parked_messages")
    assert (parked["consumer"], parked["source_id"]) == ("react", event.id)
    assert event.id not in [left.id for left in await events(desk, halden)]


async def _undo(desk: Desk, at: SmallDesk, event: Event) -> None:
    async with desk.transaction(at.account_id) as tx:
        await tx.execute("update events set done_at = null where id = %s", [event.id])
