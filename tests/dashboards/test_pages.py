"""The pages as visitors see them: signed in or not, with numbers and without, narrowed and stale."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
import redis.asyncio
import streamlit as st
from msgspec import structs
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import dashboards
from assets.extract.sync import sync_lake
from dashboards import numbers, visitors
from dashboards import world as worlds
from dashboards.asking import Asking
from dashboards.contents import SECTIONS
from dashboards.reports.then_and_now import THEN_AND_NOW
from dashboards.world import World
from desk.clock import FixedClock
from desk.settings import Settings, Storage
from desk.store.sessions import end_session, start_session
from desk.words.ids import AccountId, InboxId, UserId
from desk.words.people import Role
from tests.builders.diary import Story, append, employ, open_account, open_inbox
from warehouse.history import snapshot_known_at
from warehouse.lake import Lake
from warehouse.metrics.workload import CONVERSATIONS_STARTED
from warehouse.period import Period
from warehouse.report import Only
from warehouse.standard_reports import agent_performance, conversation_trends

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
APP = Path(dashboards.__file__).with_name("app.py")

Desk = psycopg.Connection[Any]
Open = Callable[..., AppTest]


@pytest.fixture
def storage(shared_storage: Storage) -> Storage:
    return shared_storage


@pytest.fixture
def connection(shared_connection: Desk) -> Desk:
    return shared_connection


class Halden(NamedTuple):
    """An account with an administrator and two agents, one of whom worked."""

    account: AccountId
    inbox: InboxId
    administrator: UserId
    maya: UserId
    jonas: UserId


@pytest.fixture
def halden(connection: Desk, storage: Storage, shared_lake: Lake) -> Halden:
    account = open_account(connection, "Europe/Oslo", NOON)
    found = Halden(
        AccountId(account),
        open_inbox(connection, account, NOON, name="WhatsApp EMEA"),
        employ(connection, account, NOON, name="Ada", role=Role.ADMINISTRATOR),
        employ(connection, account, NOON, name="Maya Lindqvist"),
        employ(connection, account, NOON, name="Jonas Weber"),
    )
    for days in range(6):
        at = NOON - timedelta(days=days * 7)
        story = Story(account, found.inbox, at, assignee=found.maya).customer(at)
        story.reply(at + timedelta(seconds=252), found.maya)
        story.resolve(at + timedelta(hours=2, minutes=6), found.maya)
        story.ask_rating(at + timedelta(hours=3), found.maya)
        story.rate(at + timedelta(hours=4), 5 if days else 2, found.maya)
        append(connection, story.entries)
    sync_lake(storage, shared_lake)
    return found


@pytest.fixture
def world(
    services: Mapping[str, str], storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """The server's connections, on the test's own desk and lake, at a quarter to one."""
    settings = structs.replace(Settings.from_environment(services), storage=storage)
    opened = World(settings, FixedClock(NOON + timedelta(minutes=45)))
    monkeypatch.setattr(worlds, "open_world", lambda: opened)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield opened
    st.cache_resource.clear()
    opened.close()


@pytest.fixture
def open_page(world: World, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the pages as somebody: AppTest has no cookies, so the cookie is handed in."""

    def opened(cookie: str | None, page: str = "agent_performance", **query: str) -> AppTest:
        monkeypatch.setattr(visitors, "cookie", lambda: cookie)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        if page:
            # AppTest's own way to another page knows files only, not functions.
            app._page_hash = calc_hash(page)
            app.run()
        assert not app.exception
        return app

    return opened


async def signed_in(world: World, user: UserId) -> str:
    """The cookie of a real session."""
    store = redis.asyncio.Redis.from_url(world.settings.storage.redis_url)
    cookie = await start_session(store, user, time.time(), world.settings.security.secret)
    await store.aclose()
    return cookie


def values(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def told(app: AppTest) -> str:
    """All that the page says in words."""
    parts = [*app.title, *app.caption, *app.info, *app.warning, *app.error]
    return "\n".join(str(part.value) for part in parts)


async def test_nobody_signed_in_is_sent_to_the_inbox(open_page: Open, halden: Halden) -> None:
    for cookie in (None, "", "forged.cookie"):
        app = open_page(cookie)
        assert "Sign in to the inbox" in told(app)
        assert not app.metric
        assert not app.selectbox


async def test_a_session_that_ended_shows_nothing_at_the_next_run(
    open_page: Open, world: World, halden: Halden
) -> None:
    cookie = await signed_in(world, halden.administrator)
    app = open_page(cookie)
    assert app.metric
    store = redis.asyncio.Redis.from_url(world.settings.storage.redis_url)
    await end_session(store, cookie, world.settings.security.secret)
    await store.aclose()
    app.run()
    assert not app.metric
    assert "Sign in to the inbox" in told(app)


async def test_agent_performance_shows_what_the_api_answers(
    open_page: Open, world: World, halden: Halden
) -> None:
    app = open_page(await signed_in(world, halden.administrator))
    period = Period.of_days(date(2026, 10, 25), NOON.date())
    report = agent_performance(world.lake, halden.account, period)
    maya, jonas = report.data(
        {int(halden.maya): "Maya Lindqvist", int(halden.jonas): "Jonas Weber"}
    )

    assert values(app) == {
        "First response, median": "4 min 12 s",
        "Resolved": "5",
        "Resolution, median": "2 h 06 min",
        "Satisfied": "80 %",
    }
    assert "25 Oct to 23 Nov 2026, Oslo time · compared with 25 Sep to 24 Oct" in told(app)
    assert "Snapshot" in told(app)
    assert "First response v1" in told(app)

    (table,) = app.dataframe
    rows = table.value.to_dict("records")
    assert [row["Agent"] for row in rows] == [maya["agent_name"], jonas["agent_name"]]
    for row, answered in zip(rows, (maya, jonas), strict=True):
        assert row["Assigned"] == answered["total_conversations"]
        assert row["Resolved"] == answered["resolved_conversations"]
        for column, field in (
            ("First response", "median_first_response_time"),
            ("Resolution", "median_resolution_time"),
            ("Satisfied", "csat_score"),
        ):
            if answered[field] is None:
                assert row[column] != row[column]
            else:
                assert row[column] == answered[field]


async def test_conversation_trends_shows_what_the_api_answers(
    open_page: Open, world: World, halden: Halden
) -> None:
    app = open_page(await signed_in(world, halden.administrator), "conversation_trends")
    period = Period.of_days(date(2026, 10, 25), NOON.date())
    answer = conversation_trends(world.lake, halden.account, period).data()
    shown = values(app)
    assert shown["Conversations"] == numbers.count(answer["total_conversations"]) == "5"
    assert shown["Average a day"] == numbers.decimal(answer["average_daily"])
    assert answer["peak_day"] == "2026-10-26"
    assert shown["Busiest day"] == "Mon 26 Oct"
    (table,) = app.dataframe
    assert table.value["Inbox"].to_list() == ["WhatsApp EMEA"]
    assert table.value["Conversations"].to_list() == [5]


async def test_an_agent_sees_own_numbers_and_no_others(
    open_page: Open, world: World, halden: Halden
) -> None:
    cookie = await signed_in(world, halden.jonas)
    # The address asks for a colleague: it is not heard.
    app = open_page(cookie, agent=str(halden.maya))
    assert "You may see your own numbers." in told(app)
    assert not app.metric
    app = open_page(await signed_in(world, halden.maya))
    (table,) = app.dataframe
    assert table.value["Agent"].to_list() == ["Maya Lindqvist"]
    app = open_page(cookie, "conversation_trends")
    assert "Ask an administrator" in told(app)
    assert not app.metric


async def test_a_role_that_changed_counts_at_once(
    open_page: Open, world: World, halden: Halden, connection: Desk
) -> None:
    app = open_page(await signed_in(world, halden.administrator))
    assert len(app.dataframe[0].value) == 2
    connection.execute(
        "update account_users set role = 0 where user_id = %s", [halden.administrator]
    )
    app.run()
    assert "You may see your own numbers." in told(app)
    connection.execute("delete from account_users where user_id = %s", [halden.administrator])
    app.run()
    assert "Sign in to the inbox" in told(app)


async def test_another_account_cannot_be_asked_for(
    open_page: Open,
    world: World,
    halden: Halden,
    connection: Desk,
    storage: Storage,
    shared_lake: Lake,
) -> None:
    other = open_account(connection, "UTC", NOON)
    stranger = employ(connection, other, NOON, name="Stranger", role=Role.ADMINISTRATOR)
    sync_lake(storage, shared_lake)
    app = open_page(await signed_in(world, stranger), account=str(halden.account))
    assert app.query_params["account"] == str(other)
    assert not app.metric
    assert "No conversation was answered or resolved" in told(app)
    assert "Maya" not in str(app.multiselect)


async def test_whoever_works_for_two_accounts_chooses_one(
    open_page: Open, world: World, halden: Halden, connection: Desk
) -> None:
    other = open_account(connection, "Asia/Tokyo", NOON)
    connection.execute(
        "insert into account_users (account_id, user_id, role, created_at) "
        "values (%s, %s, 1, now())",
        [other, halden.administrator],
    )
    app = open_page(await signed_in(world, halden.administrator), account=str(other))
    assert "Tokyo time" in told(app)
    app.selectbox(key="account").select(int(halden.account)).run()
    assert "Oslo time" in told(app)


async def test_an_empty_period_leads_to_the_nearest_that_has_data(
    open_page: Open, world: World, halden: Halden
) -> None:
    cookie = await signed_in(world, halden.administrator)
    app = open_page(cookie, period="custom", days="2026-11-17..2026-11-18")
    assert "No conversation was answered or resolved in this period." in told(app)
    assert "Snapshot" in told(app)
    (button,) = app.button
    assert button.label == "Show 15 Nov to 16 Nov 2026"
    button.click().run()
    assert values(app)["Resolved"] == "1"


async def test_filters_stand_in_the_address_and_can_be_cleared(
    open_page: Open, world: World, halden: Halden, connection: Desk
) -> None:
    second = open_inbox(connection, halden.account, NOON, name="E-mail")
    cookie = await signed_in(world, halden.administrator)
    app = open_page(cookie, inbox=str(second), business="1", period="7d")
    assert app.selectbox(key="agent_performance:period").value == "7d"
    assert app.toggle(key="agent_performance:business").value
    assert "No conversation was answered or resolved in this period with these" in told(app)
    app.button[0].click().run()
    assert "inbox" not in app.query_params
    assert values(app)["Resolved"] == "1"
    app.multiselect(key="agent_performance:agent").select(int(halden.maya)).run()
    assert app.query_params["agent"] == str(halden.maya)


async def test_old_numbers_say_how_old_they_are(
    open_page: Open, world: World, halden: Halden
) -> None:
    clock = world.clock
    assert isinstance(clock, FixedClock)
    clock.set(world.lake.snapshot().read_at + timedelta(minutes=4))
    cookie = await signed_in(world, halden.administrator)
    assert not open_page(cookie).warning
    clock.set(world.lake.snapshot().read_at + timedelta(minutes=12))
    (warning,) = open_page(cookie).warning
    assert "12 min old" in warning.value


async def test_before_the_first_sync_the_page_says_so(
    open_page: Open, world: World, connection: Desk, unsynced: Storage
) -> None:
    account = open_account(connection, "UTC", NOON)
    ada = employ(connection, account, NOON, role=Role.ADMINISTRATOR)
    world.lake = Lake.reader(unsynced)
    app = open_page(await signed_in(world, ada))
    assert "first sync" in told(app)
    assert not app.metric


EMPTY_HERE = ("labels", "bots", "automation", THEN_AND_NOW.address)
"""Nobody labelled anything, no program did anything."""


async def test_every_report_shows_numbers_or_why_not_and_always_its_footnote(
    open_page: Open, world: World, halden: Halden
) -> None:
    cookie = await signed_in(world, halden.administrator)
    for report in (report for reports in SECTIONS.values() for report in reports):
        app = open_page(cookie, report.address)
        assert app.title[0].value == report.title
        assert bool(app.metric) is (report.address not in EMPTY_HERE), report.title
        assert "Snapshot" in told(app), report.title


async def test_every_report_says_why_a_period_is_empty(
    open_page: Open, world: World, halden: Halden
) -> None:
    cookie = await signed_in(world, halden.administrator)
    for report in (report for reports in SECTIONS.values() for report in reports):
        if report is THEN_AND_NOW:
            continue
        app = open_page(cookie, report.address, period="custom", days="2025-11-17..2025-11-18")
        assert "in this period." in told(app), report.title
        assert "Snapshot" in told(app), report.title
        assert not app.metric, report.title


async def test_the_first_report_greets_with_what_the_address_asked_for(
    open_page: Open, world: World, halden: Halden
) -> None:
    app = open_page(await signed_in(world, halden.administrator), "", period="7d")
    assert app.title[0].value == "Overview"
    assert app.selectbox(key="overview:period").value == "7d"


async def test_what_was_known_then_stands_beside_what_is_known_now(
    open_page: Open,
    world: World,
    halden: Halden,
    connection: Desk,
    storage: Storage,
    shared_lake: Lake,
) -> None:
    cookie = await signed_in(world, halden.administrator)
    then = datetime.now(UTC)
    story = Story(halden.account, halden.inbox, NOON - timedelta(days=1))
    append(connection, story.customer(NOON - timedelta(days=1)).entries)
    sync_lake(storage, shared_lake)
    assert values(open_page(cookie, "overview"))["Conversations"] == "6"
    assert snapshot_known_at(world.lake, then).id < world.lake.snapshot().id

    period = Period.of_days(date(2026, 10, 25), NOON.date())
    asking = Asking(world, halden.account, world.lake.snapshot())
    counts = [
        one.measure(CONVERSATIONS_STARTED, period, only=Only())["n"].item()
        for one in (asking.known_at(then), asking)
    ]
    assert counts == [5, 6]
    # The pages' clock stands days before the first snapshot was made.
    assert "No snapshot is kept of" in told(open_page(cookie, "then_and_now"))
    assert "No snapshot is kept of" in told(open_page(cookie, "overview", known="2026-11-23T08:00"))


async def test_labels_and_channels_narrow_every_number(
    open_page: Open, world: World, halden: Halden, connection: Desk
) -> None:
    open_inbox(connection, halden.account, NOON, name="E-mail", channel="email")
    cookie = await signed_in(world, halden.administrator)
    app = open_page(cookie, "overview", channel="email")
    assert "No conversation began" in told(app)
    app = open_page(cookie, "overview", channel="whatsapp")
    assert values(app)["Conversations"] == "5"
