"""Service levels: when promises fall due, and that each is kept or broken exactly once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.actions.apply_sla import apply_sla
from desk.actions.change_status import change_status
from desk.actions.follow_sla import WATCH_SLA, follow_sla
from desk.actions.keep_sla_policy import SlaPolicyWanted, add_sla_policy, change_sla_policy
from desk.actions.open_inbox import set_working_hours
from desk.actions.send_reply import send_reply
from desk.clock import FixedClock
from desk.events.administration import OpeningHours
from desk.rules.business_hours import Calendar, CalendarVersion, open_intervals, open_seconds
from desk.rules.sla import Clocks, Story, Terms, due_at
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.store.event_log import event_of
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.errors import Invalid
from desk.words.ids import ConversationId
from desk.words.sla import SlaPromise, SlaStatus
from streams.handlers.follow_sla import follow_clocks
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.settle import settle

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 10, 19, 8, 0, tzinfo=UTC)
NEVER_CLOSED = Calendar(enabled=False, time_zone="UTC", week=())
OFFICE = Calendar(
    enabled=True,
    time_zone="Europe/Oslo",
    week=tuple(OpeningHours(day, 540, 1020) for day in range(1, 6)),
)
ALL_PROMISED = Terms(3600, 1800, 86_400, only_during_business_hours=False)


@settings(max_examples=150, deadline=None)
@given(
    minutes=st.integers(0, 20 * 24 * 60),
    seconds=st.integers(1, 400_000),
    zone=st.sampled_from(["Europe/Oslo", "America/New_York", "Asia/Kolkata"]),
    opens=st.sampled_from([0, 540, 1320]),
    closes=st.sampled_from([360, 1020, 1440]),
    days=st.sets(st.integers(0, 6), min_size=1),
)
def test_due_is_the_instant_at_which_so_many_open_seconds_have_passed(
    minutes: int, seconds: int, zone: str, opens: int, closes: int, days: set[int]
) -> None:
    calendar = Calendar(True, zone, tuple(OpeningHours(day, opens, closes) for day in sorted(days)))
    begin = MONDAY + minutes * MINUTE
    due = due_at(begin, seconds, calendar)
    assert due is not None
    hours = open_intervals([CalendarVersion(begin, calendar)], begin, due + HOUR)
    assert open_seconds(hours, begin, due) == seconds
    assert open_seconds(hours, begin, due - timedelta(seconds=1)) < seconds


def test_an_hour_asked_for_on_friday_evening_ends_on_monday_morning_also_when_clocks_change() -> (
    None
):
    friday = datetime(2026, 10, 23, 14, 30, tzinfo=UTC)
    assert due_at(friday, 3600, OFFICE) == datetime(2026, 10, 26, 8, 30, tzinfo=UTC)
    assert due_at(friday, 3600, None) == friday + HOUR
    assert due_at(friday, 3600, Calendar(True, "UTC", ())) is None


def test_what_is_promised_is_kept_until_the_very_instant_and_broken_after_it() -> None:
    clocks = Clocks(ALL_PROMISED, NEVER_CLOSED, MONDAY)
    assert clocks.begin(Story(None, MONDAY, resolved=False), MONDAY) == []
    assert clocks.next_due_at == MONDAY + HOUR
    (first,) = clocks.answered(MONDAY + HOUR)
    assert (first.promise, first.kept) == (SlaPromise.FRT, True)
    assert clocks.asked(MONDAY + 2 * HOUR, 7) == []
    assert clocks.asked(MONDAY + 2 * HOUR + MINUTE, 8) == []
    (missed,) = clocks.answered(MONDAY + 2 * HOUR + 31 * MINUTE)
    assert (missed.promise, missed.kept, missed.message_id) == (SlaPromise.NRT, False, 7)
    assert missed.due_at == MONDAY + 2 * HOUR + 30 * MINUTE
    clocks.asked(MONDAY + 3 * HOUR, 9)
    kept = clocks.resolved(MONDAY + 3 * HOUR + MINUTE)
    assert [(one.promise, one.kept) for one in kept] == [
        (SlaPromise.NRT, True),
        (SlaPromise.RT, True),
    ]
    assert clocks.status == SlaStatus.MISSED
    assert clocks.next_due_at is None


def test_a_policy_that_comes_late_judges_what_had_happened() -> None:
    late = Clocks(ALL_PROMISED, NEVER_CLOSED, MONDAY)
    outcomes = late.begin(
        Story(MONDAY + 2 * HOUR, MONDAY + 3 * HOUR, resolved=False), MONDAY + 4 * HOUR
    )
    assert [(one.promise, one.kept) for one in outcomes] == [
        (SlaPromise.FRT, False),
        (SlaPromise.NRT, False),
    ]
    over = Clocks(ALL_PROMISED, NEVER_CLOSED, MONDAY)
    over.begin(Story(MONDAY + MINUTE, None, resolved=True), MONDAY + timedelta(days=9))
    assert over.status is SlaStatus.HIT


# In the desk ------------------------------------------------------------------------------------


async def promised(
    desk: Desk, at: SmallDesk, *, business: bool = False, **thresholds: float
) -> ConversationId:
    """The account's newest conversation, with a policy."""
    async with desk.transaction(at.account_id) as tx:
        row = await tx.one(
            "select id from conversations where account_id = %s order by id desc limit 1",
            [at.account_id],
        )
        given_: dict[str, Any] = {f"{name}_time_threshold": n for name, n in thresholds.items()}
        wanted = SlaPolicyWanted("Gold {1}", only_during_business_hours=business, **given_)
        policy_id = await add_sla_policy(tx, wanted, by=Actor.user(at.administrator))
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await apply_sla(tx, conversation, policy_id, by=Actor.user(at.agent))
        await apply_sla(tx, conversation, policy_id, by=Actor.user(at.agent))
    return ConversationId(row["id"])


async def facts(desk: Desk, at: SmallDesk) -> list[tuple[str, Any]]:
    async with desk.transaction(at.account_id) as tx:
        rows = await tx.all(
            """select name, coalesce(fact ->> 'promise', fact ->> 'status') as what from events
               where account_id = %s and name in ('sla_met', 'sla_missed', 'sla_settled')
               order by id""",
            [at.account_id],
        )
    return [(row["name"], row["what"]) for row in rows]


async def standing(desk: Desk, at: SmallDesk) -> dict[str, Any]:
    async with desk.transaction(at.account_id) as tx:
        return await tx.one("select * from applied_slas where account_id = %s", [at.account_id])


async def answer(desk: Desk, at: SmallDesk, conversation_id: ConversationId) -> None:
    async with desk.transaction(at.account_id) as tx:
        await send_reply(
            tx, await lock_conversation(tx, conversation_id), "Here it is", by=at.agent
        )


async def resolve(desk: Desk, at: SmallDesk, conversation_id: ConversationId) -> None:
    async with desk.transaction(at.account_id) as tx:
        await change_status(
            tx,
            await lock_conversation(tx, conversation_id),
            ConversationStatus.RESOLVED,
            by=Actor.user(at.agent),
        )


async def test_a_conversation_is_followed_from_its_policy_to_its_end(
    desk: Desk, halden: SmallDesk, clock: FixedClock
) -> None:
    start = clock.now()
    await receive(desk, halden, said("Where is my bag?"))
    conversation_id = await promised(
        desk, halden, first_response=3600, next_response=1800, resolution=86_400
    )
    await settle(desk, halden.account_id)
    assert (await standing(desk, halden))["next_due_at"] == start + HOUR

    clock.set(start + 59 * MINUTE)
    await answer(desk, halden, conversation_id)
    await settle(desk, halden.account_id)
    assert await facts(desk, halden) == [("sla_met", "frt")]

    clock.set(start + 2 * HOUR)
    await receive(desk, halden, said("And the strap?"))
    await receive(desk, halden, said("Hello?"))
    await settle(desk, halden.account_id)
    assert (await standing(desk, halden))["next_due_at"] == start + 2 * HOUR + 30 * MINUTE
    clock.set(start + 2 * HOUR + 30 * MINUTE)
    await settle(desk, halden.account_id)
    assert (await facts(desk, halden))[1:] == [("sla_missed", "nrt")]
    assert (await standing(desk, halden))["sla_status"] == SlaStatus.ACTIVE_WITH_MISSES

    clock.set(start + 3 * HOUR)
    await answer(desk, halden, conversation_id)
    await settle(desk, halden.account_id)
    clock.set(start + 4 * HOUR)
    await resolve(desk, halden, conversation_id)
    await settle(desk, halden.account_id)
    assert (await facts(desk, halden))[2:] == [("sla_met", "rt"), ("sla_settled", "2")]
    assert (await standing(desk, halden))["next_due_at"] is None
    clock.set(start + timedelta(days=9))
    await receive(desk, halden, said("Again"))
    await settle(desk, halden.account_id)
    assert len(await facts(desk, halden)) == 4


async def test_whoever_looks_late_judges_by_when_it_happened_and_again_changes_nothing(
    desk: Desk, halden: SmallDesk, clock: FixedClock
) -> None:
    start = clock.now()
    await receive(desk, halden, said("Where is my bag?"))
    conversation_id = await promised(desk, halden, first_response=3600, resolution=7200)
    clock.set(start + 30 * MINUTE)
    await answer(desk, halden, conversation_id)
    clock.set(start + 3 * HOUR)
    await settle(desk, halden.account_id)
    told = await facts(desk, halden)
    assert told == [("sla_met", "frt"), ("sla_missed", "rt")]
    async with desk.transaction(halden.account_id) as tx:
        rows = await tx.all(
            """select id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet
               from events where account_id = %s and conversation_id = %s order by id""",
            [halden.account_id, conversation_id],
        )
        jobs = await tx.all(
            "select id from jobs where account_id = %s and kind = %s",
            [halden.account_id, WATCH_SLA],
        )
    assert jobs == []
    for row in rows:
        await follow_clocks(event_of(row), desk)
    assert await facts(desk, halden) == told


async def test_a_transaction_that_dies_leaves_the_promise_to_the_next_one(
    desk: Desk, halden: SmallDesk, clock: FixedClock
) -> None:
    start = clock.now()
    await receive(desk, halden, said("Where is my bag?"))
    conversation_id = await promised(desk, halden, first_response=60)
    clock.set(start + HOUR)

    with pytest.raises(Killed):
        await _follow_and_die(desk, halden, conversation_id)
    assert await facts(desk, halden) == []

    async def look() -> None:
        async with desk.transaction(halden.account_id) as tx:
            await follow_sla(tx, conversation_id)

    await asyncio.gather(look(), look(), look())
    await settle(desk, halden.account_id)
    assert await facts(desk, halden) == [("sla_missed", "frt")]


class Killed(Exception):
    """The process went away."""


async def _follow_and_die(desk: Desk, at: SmallDesk, conversation_id: ConversationId) -> None:
    async with desk.transaction(at.account_id) as tx:
        await follow_sla(tx, conversation_id)
        raise Killed


async def test_opening_hours_are_those_of_the_inbox_and_the_promise_is_that_of_its_moment(
    desk: Desk, halden: SmallDesk, clock: FixedClock
) -> None:
    clock.set(datetime(2026, 10, 23, 14, 30, tzinfo=UTC))
    async with desk.transaction(halden.account_id) as tx:
        week = [OpeningHours(day, 540, 1020) for day in range(1, 6)]
        await set_working_hours(
            tx,
            halden.inbox,
            enabled=True,
            time_zone="Europe/Oslo",
            week=[OpeningHours(0, None, None), *week, OpeningHours(6, None, None)],
            by=Actor.system(),
        )
    await receive(desk, halden, said("Where is my bag?"))
    await promised(desk, halden, business=True, first_response=3600)
    monday = datetime(2026, 10, 26, 8, 30, tzinfo=UTC)
    assert (await standing(desk, halden))["next_due_at"] == monday
    async with desk.transaction(halden.account_id) as tx:
        row = await tx.one("select id from sla_policies where account_id = %s", [halden.account_id])
        changes = {"first_response_time_threshold": 5.0}
        await change_sla_policy(tx, row["id"], changes, by=Actor.system())
    clock.set(monday - timedelta(seconds=1))
    await settle(desk, halden.account_id)
    assert await facts(desk, halden) == []
    clock.set(monday)
    await settle(desk, halden.account_id)
    assert await facts(desk, halden) == [("sla_missed", "frt")]


async def test_a_policy_that_comes_while_somebody_waits_knows_the_message(
    desk: Desk, halden: SmallDesk, clock: FixedClock
) -> None:
    await receive(desk, halden, said("Where is my bag?"))
    async with desk.transaction(halden.account_id) as tx:
        row = await tx.one("select id from conversations where account_id = %s", [tx.account_id])
    await answer(desk, halden, ConversationId(row["id"]))
    clock.set(clock.now() + MINUTE)
    await receive(desk, halden, said("And the strap?"))
    await receive(desk, halden, said("Hello?"))
    clock.set(clock.now() + HOUR)
    await promised(desk, halden, next_response=60)
    async with desk.transaction(halden.account_id) as tx:
        missed = await tx.one(
            """select m.content from sla_events e
               join messages m on m.account_id = e.account_id and m.id = e.message_id
               where e.account_id = %s and e.event_type = 1""",
            [tx.account_id],
        )
    assert missed["content"] == "And the strap?"


async def test_a_policy_stays_once_it_is_set(desk: Desk, halden: SmallDesk) -> None:
    await receive(desk, halden, said("Where is my bag?"))
    conversation_id = await promised(desk, halden, first_response=60)
    async with desk.transaction(halden.account_id) as tx:
        other = await add_sla_policy(tx, SlaPolicyWanted("Silver"), by=Actor.system())
        conversation = await lock_conversation(tx, conversation_id)
        for refused in (None, other):
            with pytest.raises(Invalid) as error:
                await apply_sla(tx, conversation, refused, by=Actor.system())
            assert error.value.details["field"] == "sla_policy_id"
