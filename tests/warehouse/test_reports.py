"""What pages and API are given: by tenant, by day, to the last digit, and as of one snapshot."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import psycopg
import pytest

from assets.extract.sync import sync_lake
from desk.settings import Storage
from desk.words.errors import Invalid, Transient
from desk.words.ids import AccountId, InboxId, UserId
from tests.builders.diary import (
    Story,
    append,
    employ,
    form_team,
    hours_change,
    open_account,
    open_inbox,
    team_change,
)
from warehouse.lake import Lake
from warehouse.metrics.catalogue import METRICS
from warehouse.metrics.dimensions import AGENT, CHANNEL, HOUR, INBOX, LABEL, TEAM, WEEKDAY
from warehouse.metrics.metric import Totals, Unit
from warehouse.metrics.responsiveness import FIRST_RESPONSE, UNANSWERED
from warehouse.metrics.workload import CONVERSATIONS_STARTED, CUSTOMER_MESSAGES
from warehouse.models import FACTS, MARTS
from warehouse.period import Every, Period
from warehouse.report import BUCKET, Only, measure
from warehouse.standard_reports import agent_performance, conversation_trends

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = Period.of_days(NOON.date(), NOON.date())

Desk = psycopg.Connection[Any]


@pytest.fixture
def storage(shared_storage: Storage) -> Storage:
    return shared_storage


@pytest.fixture
def lake(shared_lake: Lake) -> Lake:
    return shared_lake


@pytest.fixture
def connection(shared_connection: Desk) -> Desk:
    return shared_connection


class Small(NamedTuple):
    """An account in Oslo with an inbox and two agents."""

    account: AccountId
    inbox: InboxId
    maya: UserId
    jonas: UserId


@pytest.fixture
def small(connection: Desk) -> Small:
    account = open_account(connection, "Europe/Oslo", NOON)
    return Small(
        AccountId(account),
        open_inbox(connection, account, NOON),
        employ(connection, account, NOON, name="Maya"),
        employ(connection, account, NOON, name="Jonas"),
    )


def answered(small: Small, at: datetime, minutes: float, agent: UserId) -> Story:
    story = Story(small.account, small.inbox, at, assignee=agent).customer(at)
    return story.reply(at + timedelta(minutes=minutes), agent)


def test_a_day_with_25_hours_is_one_day_of_the_trend(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    # Local midnight of 25 October in Oslo is 22:00 UTC; of the 26th it is 23:00 UTC.
    for instant in ("2026-10-24T21:59", "2026-10-24T22:00", "2026-10-25T22:59", "2026-10-25T23:00"):
        at = datetime.fromisoformat(f"{instant}:00+00:00")
        append(connection, Story(small.account, small.inbox, at).entries)
    sync_lake(storage, lake)
    trend = conversation_trends(
        lake, small.account, Period.of_days(date(2026, 10, 23), date(2026, 10, 27))
    )
    assert trend.data() == {
        "daily_conversations": {
            "2026-10-23": 0,
            "2026-10-24": 1,
            "2026-10-25": 2,
            "2026-10-26": 1,
            "2026-10-27": 0,
        },
        "total_conversations": 4,
        "peak_day": "2026-10-25",
        "average_daily": 0.8,
    }


def test_a_trend_of_nothing_has_zeros_and_no_peak(
    storage: Storage, lake: Lake, small: Small
) -> None:
    sync_lake(storage, lake)
    period = Period.of_days(date(2026, 3, 28), date(2026, 3, 30))
    trend = conversation_trends(lake, small.account, period)
    assert trend.frame["n"].to_list() == [0, 0, 0]
    assert (trend.total, trend.peak, trend.average_daily) == (0, None, 0.0)


def test_weeks_begin_on_monday_and_months_on_the_first(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    append(connection, Story(small.account, small.inbox, NOON).entries)
    sync_lake(storage, lake)
    period = Period.of_days(date(2026, 11, 18), date(2026, 12, 2))
    weeks = conversation_trends(lake, small.account, period, every=Every.WEEK).frame
    assert dict(weeks.iter_rows()) == {
        date(2026, 11, 16): 0,
        date(2026, 11, 23): 1,
        date(2026, 11, 30): 0,
    }
    months = conversation_trends(lake, small.account, period, every=Every.MONTH).frame
    assert dict(months.iter_rows()) == {date(2026, 11, 1): 1, date(2026, 12, 1): 0}


def test_each_agent_has_its_row_and_no_value_is_null(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    story = answered(small, NOON, 3, small.maya)
    story.resolve(NOON + timedelta(minutes=60), small.maya)
    story.ask_rating(NOON + timedelta(minutes=61), small.maya)
    story.rate(NOON + timedelta(minutes=62), 5, small.maya)
    append(connection, story.entries)
    append(connection, answered(small, NOON, 1, small.maya).entries)
    sync_lake(storage, lake)

    report = agent_performance(lake, small.account, DAY)
    names = {int(small.maya): "Maya Lindqvist", int(small.jonas): "Jonas Weber"}
    maya, jonas = report.data(names)
    assert maya == {
        "agent_id": small.maya,
        "agent_name": "Maya Lindqvist",
        "total_conversations": 2,
        "resolved_conversations": 1,
        "average_first_response_time": 120.0,
        "median_first_response_time": 120.0,
        "p90_first_response_time": 168.0,
        "first_response_n": 2,
        "average_resolution_time": 3600.0,
        "median_resolution_time": 3600.0,
        "p90_resolution_time": 3600.0,
        "resolution_n": 1,
        "average_reply_time": None,
        "median_reply_time": None,
        "p90_reply_time": None,
        "reply_n": 0,
        "csat_score": 1.0,
        "csat_n": 1,
    }
    assert jonas["agent_name"] == "Jonas Weber"
    assert jonas["total_conversations"] == 0
    assert jonas["average_first_response_time"] is None
    assert jonas["csat_score"] is None
    assert report.meta.definitions["first_response"] == 1
    assert report.meta.snapshot == lake.snapshot().id


def test_a_removed_agents_past_stays(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    append(connection, answered(small, NOON, 1, small.jonas).entries)
    sync_lake(storage, lake)
    connection.execute("delete from account_users where user_id = %s", [small.jonas])
    sync_lake(storage, lake)
    rows = agent_performance(lake, small.account, DAY).frame
    assert set(rows["agent_id"]) == {small.maya, small.jonas}


def test_another_tenants_numbers_are_never_seen(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    other = open_account(connection, "UTC", NOON)
    inbox = open_inbox(connection, other, NOON)
    agent = employ(connection, other, NOON)
    story = Story(other, inbox, NOON, assignee=agent).customer(NOON)
    append(connection, story.reply(NOON + timedelta(minutes=1), agent).resolve(NOON).entries)
    sync_lake(storage, lake)
    for metric in METRICS:
        assert measure(lake, small.account, metric, DAY)["n"].item() == 0
        assert measure(lake, small.account, metric, DAY, by=(AGENT,)).is_empty()
    assert set(agent_performance(lake, small.account, DAY).frame["agent_id"]) == {
        small.maya,
        small.jonas,
    }


def test_a_mart_answers_what_the_facts_answer(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    for hour in range(9):
        at = NOON + timedelta(hours=hour)
        agent = small.maya if hour % 2 else small.jonas
        story = answered(small, at, 2, agent)
        story.customer(at + timedelta(minutes=4)).resolve(at + timedelta(minutes=9), agent)
        story.ask_rating(at + timedelta(minutes=9), agent)
        append(connection, story.entries)
    append(connection, Story(small.account, small.inbox, NOON).customer(NOON).resolve(NOON).entries)
    sync_lake(storage, lake)
    week = Period.of_days(date(2026, 11, 20), date(2026, 11, 26))
    for metric in METRICS:
        if metric.totals is not Totals.SUM:
            continue
        # A team filter lies below every mart's grain: without members it must find nothing.
        assert measure(lake, small.account, metric, week, only=Only(teams=(1,)))["n"].item() == 0
        ((expected,),) = lake.rows(
            f"select count(*) from lake.facts.{metric.fact} "
            f"where account_id = {small.account} and ({metric.keep})"
        )
        assert measure(lake, small.account, metric, week)["n"].item() == expected
        for by in ((INBOX,), (CHANNEL,), (AGENT,), (WEEKDAY, HOUR), (AGENT, HOUR)):
            frame = measure(lake, small.account, metric, week, by=by)
            assert frame["n"].sum() == expected, (metric.name, by)


def test_business_seconds_are_counted_by_the_inboxs_hours(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    hours = hours_change(small.account, small.inbox, NOON - timedelta(days=9), zone="Europe/Oslo")
    append(connection, [hours])
    # Monday 16:50 in Oslo, answered on Tuesday at 9:05 there.
    asked = datetime(2026, 11, 23, 15, 50, tzinfo=UTC)
    append(connection, answered(small, asked, 16 * 60 + 15, small.maya).entries)
    # On a Sunday, answered the same day: no open time in between.
    sunday = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    append(connection, answered(small, sunday, 5, small.maya).entries)
    sync_lake(storage, lake)
    tuesday, on_sunday = (Period.of_days(day, day) for day in (date(2026, 11, 24), sunday.date()))
    for period, calendar_seconds, business_seconds in (
        (tuesday, (16 * 60 + 15) * 60.0, 900.0),
        (on_sunday, 300.0, 0.0),
    ):
        clock = measure(lake, small.account, FIRST_RESPONSE, period)
        business = measure(lake, small.account, FIRST_RESPONSE, period, business=True)
        assert clock.row(0) == (1, calendar_seconds, calendar_seconds, calendar_seconds)
        assert business.row(0) == (1, business_seconds, business_seconds, business_seconds)
    assert lake.rows(
        "select outside_hours from lake.facts.first_response "
        f"where account_id = {small.account} order by ended_at"
    ) == [(True,), (False,)]


def test_team_and_labels_are_those_of_the_moment(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    bags, refunds = (form_team(connection, small.account, NOON) for _ in range(2))
    joined = team_change(small.account, bags, NOON, joined=[int(small.maya)], left=[])
    append(connection, [joined])
    story = Story(small.account, small.inbox, NOON, team=refunds).customer(NOON)
    story.label(NOON + timedelta(minutes=1), [7, 8], []).label(NOON + timedelta(minutes=2), [], [8])
    story.reply(NOON + timedelta(minutes=3), small.maya)
    story.label(NOON + timedelta(minutes=4), [9], [7])
    append(connection, story.entries)
    sync_lake(storage, lake)
    by_team = measure(lake, small.account, FIRST_RESPONSE, DAY, by=(TEAM,))
    assert by_team["team_id"].to_list() == [bags]
    by_label = measure(lake, small.account, FIRST_RESPONSE, DAY, by=(LABEL,))
    assert by_label["label_id"].to_list() == [7]
    only = Only(teams=(int(refunds),))
    assert measure(lake, small.account, FIRST_RESPONSE, DAY, only=only)["n"].item() == 0


def test_numbers_as_of_an_earlier_snapshot_do_not_move(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    append(connection, answered(small, NOON, 1, small.maya).entries)
    sync_lake(storage, lake)
    earlier = lake.snapshot()
    append(connection, answered(small, NOON, 9, small.maya).entries)
    sync_lake(storage, lake)
    for metric in (FIRST_RESPONSE, CONVERSATIONS_STARTED, CUSTOMER_MESSAGES):
        assert measure(lake, small.account, metric, DAY, as_of=earlier)["n"].item() == 1
        assert measure(lake, small.account, metric, DAY)["n"].item() == 2


def test_late_facts_move_the_days_they_belong_to(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    append(connection, Story(small.account, small.inbox, NOON).entries)
    sync_lake(storage, lake)
    long_ago = NOON - timedelta(days=80)
    append(connection, Story(small.account, small.inbox, long_ago).customer(long_ago).entries)
    report = sync_lake(storage, lake)
    assert report.built["days"] == 1
    that_day = Period.of_days(long_ago.date(), long_ago.date())
    assert conversation_trends(lake, small.account, that_day).total == 1


def test_a_conversation_closed_unanswered_is_counted_apart(
    storage: Storage, lake: Lake, connection: Desk, small: Small
) -> None:
    story = Story(small.account, small.inbox, NOON, assignee=small.maya).customer(NOON)
    append(connection, story.resolve(NOON + timedelta(minutes=5)).entries)
    sync_lake(storage, lake)
    assert measure(lake, small.account, FIRST_RESPONSE, DAY).row(0) == (0, None, None, None)
    assert measure(lake, small.account, UNANSWERED, DAY)["n"].item() == 1


def test_a_reader_refuses_every_change(storage: Storage, lake: Lake) -> None:
    sync_lake(storage, lake)
    reader = Lake.reader(storage)
    with pytest.raises(Exception, match="read-only"):
        reader.cursor().execute("delete from lake.raw.accounts")
    reader.close()


def test_before_the_first_sync_the_lake_says_so(unsynced: Storage) -> None:
    with pytest.raises(Transient, match="first sync"):
        Lake.reader(unsynced).snapshot()


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Invalid, match="before it begins"):
        Period.of_days(date(2026, 11, 2), date(2026, 11, 1))


def test_every_metric_names_facts_columns_and_marts_that_exist(
    storage: Storage, lake: Lake, small: Small
) -> None:
    sync_lake(storage, lake)
    tables = {model.name for model in FACTS}
    marts = {"", *(model.name for model in MARTS)}
    assert len({metric.name for metric in METRICS}) == len(METRICS)
    for metric in METRICS:
        assert metric.fact in tables
        assert metric.mart in marts
        lake.rows(f"select {metric.at} from lake.facts.{metric.fact} limit 0")
        frame = measure(lake, small.account, metric, DAY, by=metric.by, every=Every.DAY)
        assert BUCKET in frame.columns
        assert ("p90" in frame.columns) == (metric.unit is Unit.SECONDS)
