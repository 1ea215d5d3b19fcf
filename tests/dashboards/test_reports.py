"""Every report of the contents: with numbers, without, narrowed, and as known earlier."""

from datetime import UTC, date, datetime, timedelta

from assets.extract.sync import sync_lake
from dashboards.asking import Asking
from dashboards.contents import SECTIONS
from dashboards.reports.then_and_now import THEN_AND_NOW
from dashboards.world import World
from desk.settings import Storage
from tests.builders.diary import Story, append, open_inbox
from tests.dashboards.visiting import NOON, Desk, Halden, Open, signed_in, told, values
from warehouse.history import snapshot_known_at
from warehouse.lake import Lake
from warehouse.metrics.workload import CONVERSATIONS_STARTED
from warehouse.period import Period
from warehouse.report import Only


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
