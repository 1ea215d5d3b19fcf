"""The pages as visitors see them: signed in or not, with numbers and without, narrowed and stale."""

from datetime import date, timedelta

import redis.asyncio

from assets.extract.sync import sync_lake
from dashboards import numbers
from dashboards.world import World
from desk.clock import FixedClock
from desk.settings import Storage
from desk.store.sessions import end_session
from desk.words.people import Role
from tests.builders.diary import employ, open_account, open_inbox
from tests.dashboards.visiting import NOON, Desk, Halden, Open, signed_in, told, values
from warehouse.lake import Lake
from warehouse.period import Period
from warehouse.standard_reports import agent_performance, conversation_trends


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
    (notice,) = app.info
    assert "no inbox yet" in notice.value
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
