"""Metrics one by one: what reopens, what one touch is, what stands, and old definitions beside new."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import psycopg
import pytest
from msgspec import structs

from assets.extract.sync import sync_lake
from desk.events.conversations import StatusReason
from desk.settings import Storage
from desk.words.conversation import ConversationStatus
from desk.words.errors import NotFound
from desk.words.ids import AccountId, InboxId, TeamId, UserId
from tests.builders.diary import Story, append, employ, form_team, open_account, open_inbox
from warehouse.definitions import compare, dimension_of, print_difference, print_metrics
from warehouse.lake import Lake
from warehouse.metrics.catalogue import EARLIER, METRICS, metric_of
from warehouse.metrics.dimensions import AGENT, TEAM
from warehouse.metrics.resolution import ONE_TOUCH, REOPENED
from warehouse.metrics.responsiveness import BOT_HANDOFF, FIRST_RESPONSE, WAITING
from warehouse.metrics.workload import BACKLOG, HELD
from warehouse.period import Every, Period
from warehouse.report import Only, measure

MONDAY = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
"""Three weeks before any clock of these tests."""
MONTH = Period.of_days(date(2026, 11, 1), date(2026, 11, 30))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
OPEN, PENDING = ConversationStatus.OPEN, ConversationStatus.PENDING

Desk = psycopg.Connection[Any]


class Small(NamedTuple):
    """An account with an inbox, an agent and two teams."""

    account: AccountId
    inbox: InboxId
    maya: UserId
    bags: TeamId
    refunds: TeamId


@pytest.fixture
def small(shared_connection: Desk) -> Small:
    account = open_account(shared_connection, "Europe/Oslo", MONDAY)
    return Small(
        AccountId(account),
        open_inbox(shared_connection, account, MONDAY),
        employ(shared_connection, account, MONDAY),
        form_team(shared_connection, account, MONDAY),
        form_team(shared_connection, account, MONDAY),
    )


def closed(small: Small, at: datetime, replies: int = 1) -> Story:
    """Asked, answered and resolved within the hour."""
    story = Story(small.account, small.inbox, at).customer(at)
    for number in range(replies):
        story.reply(at + HOUR / 4 * (number + 1), small.maya)
    return story.resolve(at + HOUR, small.maya)


def test_what_counts_as_reopened_and_as_one_touch(
    shared_storage: Storage, shared_lake: Lake, shared_connection: Desk, small: Small
) -> None:
    good = closed(small, MONDAY)
    two_replies = closed(small, MONDAY, replies=2)
    no_reply = closed(small, MONDAY, replies=0)
    by_customer = closed(small, MONDAY)
    by_customer.move(MONDAY + 3 * DAY, OPEN, reason=StatusReason.CUSTOMER_MESSAGE)
    too_late = closed(small, MONDAY)
    too_late.move(MONDAY + 9 * DAY, OPEN, reason=StatusReason.CUSTOMER_MESSAGE)
    undone = closed(small, MONDAY)
    undone.move(MONDAY + DAY, OPEN, by=small.maya)
    # Its seven days are not over at any snapshot of this test: nobody knows yet.
    fresh = closed(small, datetime.now(UTC) - 2 * HOUR)
    for story in (good, two_replies, no_reply, by_customer, too_late, undone, fresh):
        append(shared_connection, story.entries)
    sync_lake(shared_storage, shared_lake)
    reopened = measure(shared_lake, small.account, REOPENED, MONTH)
    touched = measure(shared_lake, small.account, ONE_TOUCH, MONTH)
    assert (reopened["n"].item() - touched["n"].item(), reopened["good"].item()) == (
        int(fresh.entries[0].at.date() in _days(MONTH)),
        1,
    )
    # The good one and the one that came back after nine days.
    assert (touched["n"].item(), touched["good"].item()) == (6, 2)


def test_what_stands_follows_who_holds_it(
    shared_storage: Storage, shared_lake: Lake, shared_connection: Desk, small: Small
) -> None:
    moved = Story(small.account, small.inbox, MONDAY, team=small.bags).customer(MONDAY)
    moved.give_to_team(MONDAY + DAY, small.refunds).assign(MONDAY + 2 * DAY, small.maya)
    moved.resolve(MONDAY + 4 * DAY).move(MONDAY + 5 * DAY, OPEN)
    gone = Story(small.account, small.inbox, MONDAY).customer(MONDAY).delete(MONDAY + DAY)
    append(shared_connection, [*moved.entries, *gone.entries])
    sync_lake(shared_storage, shared_lake)
    week = Period.of_days(MONDAY.date(), MONDAY.date() + 5 * DAY)

    def daily(**only: Any) -> list[int]:
        frame = measure(
            shared_lake, small.account, BACKLOG, week, every=Every.DAY, only=Only(**only)
        )
        return [int(n) for n in frame["n"]]

    assert daily() == [2, 1, 1, 1, 0, 1]
    assert daily(teams=(int(small.bags),)) == [1, 0, 0, 0, 0, 0]
    assert daily(teams=(int(small.refunds),)) == [0, 1, 1, 1, 0, 1]
    assert daily(agents=(int(small.maya),)) == [0, 0, 1, 1, 0, 1]
    # What stood before a period stands in it; weeks and months end as their last day does.
    later = Period.of_days(MONDAY.date() + 3 * DAY, MONDAY.date() + 20 * DAY)
    weeks = measure(shared_lake, small.account, BACKLOG, later, every=Every.WEEK)
    assert weeks["n"].to_list() == [1, 1, 1]
    by_team = measure(shared_lake, small.account, BACKLOG, later, by=(TEAM,))
    assert {team: n for team, n in by_team.iter_rows() if n} == {small.refunds: 1}


def test_waits_holdings_and_hand_offs(
    shared_storage: Storage, shared_lake: Lake, shared_connection: Desk, small: Small
) -> None:
    story = Story(small.account, small.inbox, MONDAY, status=PENDING).customer(MONDAY)
    story.bot(MONDAY).move(MONDAY + HOUR, OPEN, by_bot=True)
    story.assign(MONDAY + 2 * HOUR, small.maya).reply(MONDAY + 3 * HOUR, small.maya)
    # Snoozed by us, the ball is still ours.
    story.customer(MONDAY + 4 * HOUR).move(MONDAY + 5 * HOUR, ConversationStatus.SNOOZED)
    story.assign(MONDAY + 6 * HOUR, None).resolve(MONDAY + 9 * HOUR)
    append(shared_connection, story.entries)
    sync_lake(shared_storage, shared_lake)
    for metric, n, mean in (
        (WAITING, 2, 4 * 3600.0),
        (HELD, 1, 4 * 3600.0),
        (BOT_HANDOFF, 1, 3600.0),
        (FIRST_RESPONSE, 1, 2 * 3600.0),
    ):
        frame = measure(shared_lake, small.account, metric, MONTH)
        assert (frame["n"].item(), frame["mean"].item()) == (n, mean), metric.name
    held = measure(shared_lake, small.account, HELD, MONTH, by=(AGENT,))
    assert held["agent_id"].to_list() == [small.maya]
    statuses = shared_lake.rows(
        "select status, calendar_seconds::bigint // 3600, ended_by from lake.facts.status_span "
        f"where account_id = {small.account} order by started_at"
    )
    assert statuses == [
        (2, 1, "open"),
        (0, 4, "snoozed"),
        (3, 4, "resolved"),
        (1, None, None),
    ]


def test_an_old_definition_stays_computable(
    shared_storage: Storage, shared_lake: Lake, shared_connection: Desk, small: Small
) -> None:
    story = Story(small.account, small.inbox, MONDAY, status=PENDING).customer(MONDAY)
    story.move(MONDAY + HOUR, OPEN, by_bot=True).reply(MONDAY + 2 * HOUR, small.maya)
    append(shared_connection, [*story.entries, *closed(small, MONDAY + 40 * DAY).entries])
    sync_lake(shared_storage, shared_lake)
    # As it might be defined one day: from the customer's first message, bot or not.
    other = structs.replace(FIRST_RESPONSE, version=2, value="from_start_seconds")
    months = compare(shared_lake, FIRST_RESPONSE, other, small.account)
    assert [(month.month, month.same) for month in months] == [
        (date(2026, 11, 1), False),
        (date(2026, 12, 1), True),
    ]
    assert months[0].first == {"n": 1, "mean": 3600.0, "median": 3600.0, "p90": 3600.0}
    assert months[0].second == {"n": 1, "mean": 7200.0, "median": 7200.0, "p90": 7200.0}
    out = io.StringIO()
    print_difference(months, FIRST_RESPONSE, other, out)
    assert "1 of 2 months differ" in out.getvalue()
    known = (FIRST_RESPONSE, other)
    assert metric_of("first_response", known=known) is other
    assert metric_of("first_response", 1, known=known) is FIRST_RESPONSE
    with pytest.raises(NotFound, match="no version 3"):
        metric_of("first_response", 3, known=known)
    with pytest.raises(NotFound, match="There are: assigned"):
        metric_of("happiness")
    with pytest.raises(NotFound, match="not told by mood, but by channel, inbox_id"):
        dimension_of(FIRST_RESPONSE, "mood")
    for metric in METRICS:
        assert all(month.same for month in compare(shared_lake, metric, metric))
    print_metrics(METRICS, out)
    for said in ("backlog  Backlog v2", "lower is better", "dated by changed_at", "by channel, "):
        assert said in out.getvalue()


def test_what_was_really_defined_otherwise_once_is_beside_what_holds_now(
    shared_storage: Storage, shared_lake: Lake, shared_connection: Desk, small: Small
) -> None:
    # Resolved by somebody while nobody held it; merged while it waited; merged after one touch.
    alone = closed(small, MONDAY)
    absorbed = Story(small.account, small.inbox, MONDAY).customer(MONDAY)
    survivor = Story(small.account, small.inbox, MONDAY)
    absorbed.merge(MONDAY + HOUR, survivor)
    survivor.reply(MONDAY + 2 * HOUR, small.maya)
    touched = closed(small, MONDAY).merge(MONDAY + DAY, survivor)
    for story in (alone, absorbed, survivor, touched):
        append(shared_connection, story.entries)
    sync_lake(shared_storage, shared_lake)

    def both(name: str, **asked: Any) -> list[tuple[object, Any, Any]]:
        old, new = metric_of(name, 1), metric_of(name)
        assert (old in EARLIER, new.version) == (True, 2)
        months = compare(shared_lake, old, new, small.account, **asked)
        assert {month.month for month in months} == {date(2026, 11, 1)}
        return [(month.part, month.first, month.second) for month in months]

    assert both("resolved") == [(None, {"n": 2}, {"n": 2})]
    assert both("resolved", by=AGENT) == [
        (None, None, {"n": 2}),
        (small.maya, {"n": 2}, None),
    ]
    for version, credited in ((1, small.maya), (2, None)):
        resolved = metric_of("resolved", version)
        frame = measure(shared_lake, small.account, resolved, MONTH, by=(AGENT,))
        assert frame.rows() == [(credited, 2)]
    ((_, old_wait, new_wait),) = both("waiting")
    # Both halves of the carried wait, and the whole of it; beside two of a quarter of an hour.
    assert (old_wait["n"], old_wait["mean"]) == (4, (1 + 2 + 0.25 + 0.25) / 4 * 3600)
    assert (new_wait["n"], new_wait["mean"]) == (3, (2 + 0.25 + 0.25) / 3 * 3600)
    assert both("backlog") == [(None, {"n": 2}, {"n": 1})]
    ((_, old_touch, new_touch),) = both("one_touch")
    assert (old_touch["n"], old_touch["good"]) == (2, 2)
    assert (new_touch["n"], new_touch["good"]) == (1, 1)
    out = io.StringIO()
    old, new = metric_of("resolved", 1), metric_of("resolved")
    months = compare(shared_lake, old, new, small.account, by=AGENT)
    print_difference(months, old, new, out, by=AGENT)
    print_difference([], new, new, out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "Resolved, a count, dated by ended_at"
    assert lines[-1] == "Neither counts anything there."
    assert "2 of 2 rows differ" in lines
    assert [line.split() for line in lines if line.startswith("2026-11")] == [
        ["2026-11", "—", "—", "2", "≠"],
        ["2026-11", str(small.maya), "2", "—", "≠"],
    ]


def test_what_stands_is_told_for_months_without_a_change(
    shared_storage: Storage, shared_lake: Lake, shared_connection: Desk, small: Small
) -> None:
    for at in (MONDAY - 70 * DAY, MONDAY):
        append(shared_connection, Story(small.account, small.inbox, at).customer(at).entries)
    sync_lake(shared_storage, shared_lake)
    months = compare(shared_lake, BACKLOG, BACKLOG, small.account)
    assert [(month.month.month, month.second) for month in months] == [
        (8, {"n": 1}),
        (9, {"n": 1}),
        (10, {"n": 1}),
        (11, {"n": 2}),
    ]


def _days(period: Period) -> list[date]:
    return list(period.buckets(Every.DAY))
