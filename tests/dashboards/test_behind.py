"""Behind every number exactly what it counts: for all metrics, split in all ways, in any zone."""

from datetime import date, timedelta
from typing import Any

from assets.extract.sync import sync_lake
from dashboards.world import World
from desk.settings import Storage
from tests.builders.diary import Story, append
from tests.dashboards.visiting import NOON, Desk, Halden, Open, signed_in, told, values
from warehouse.behind import conversations_behind
from warehouse.lake import Lake
from warehouse.metrics.catalogue import METRICS
from warehouse.metrics.dimensions import AGENT, CHANNEL, HOUR, INBOX, LABEL, TEAM, WEEKDAY
from warehouse.metrics.metric import Dimension, Metric, Unit
from warehouse.metrics.responsiveness import FIRST_RESPONSE
from warehouse.period import Every, Period
from warehouse.report import measure

FIRST, LAST = date(2026, 10, 25), NOON.date()
SPLITS: tuple[tuple[Dimension, ...], ...] = (
    (),
    (AGENT,),
    (TEAM, INBOX),
    (CHANNEL,),
    (LABEL,),
    (WEEKDAY, HOUR),
)
FAR_EAST = "Pacific/Kiritimati"
"""Where it is fourteen hours later than in UTC."""


def test_the_rows_behind_a_number_are_as_many_as_it_says(world: World, halden: Halden) -> None:
    checked = 0
    for zone in ("", FAR_EAST):
        period = Period.of_days(FIRST, LAST, zone)
        for metric in METRICS:
            for by in SPLITS:
                if set(by) <= set(metric.by):
                    checked += _compare(world, halden, metric, period, by)
    assert checked > 100


def _compare(
    world: World, halden: Halden, metric: Metric, period: Period, by: tuple[Dimension, ...]
) -> int:
    rows = measure(world.lake, halden.account, metric, period, by=by).rows(named=True)
    for row in rows:
        cell = tuple((dimension, row[dimension.name]) for dimension in by)
        found = conversations_behind(world.lake, halden.account, metric, period, cell=cell)
        assert found.height == row["n"], (metric.name, period, cell)
        assert set(found["total"]) <= {row["n"]}
        if metric.unit is Unit.SHARE:
            assert found["good"].sum() == row["good"]
        if metric.unit is Unit.SECONDS:
            assert found["seconds"].null_count() == 0
    return len(rows)


def test_another_zones_days_are_counted_from_the_instants(world: World, halden: Halden) -> None:
    account = halden.account
    begun = METRICS[0]
    same = Period.of_days(FIRST, LAST, "Europe/Oslo")
    for metric in METRICS:
        for every in (None, Every.DAY):
            own = measure(world.lake, account, metric, Period.of_days(FIRST, LAST), every=every)
            assert own.equals(measure(world.lake, account, metric, same, every=every)), metric.name
    # Noon in UTC is two o'clock in the morning of the next day there.
    day = Period.of_days(LAST, LAST)
    there = Period.of_days(LAST, LAST, FAR_EAST)
    assert measure(world.lake, account, begun, day)["n"].item() == 1
    assert measure(world.lake, account, begun, there)["n"].item() == 0
    hours = measure(
        world.lake, account, begun, Period.of_days(FIRST, LAST, FAR_EAST), by=(WEEKDAY, HOUR)
    )
    assert hours.rows() == [(2, 2, 4)]


def test_weeks_of_waiting_are_a_number_too(
    world: World, halden: Halden, connection: Desk, storage: Storage, shared_lake: Lake
) -> None:
    asked = NOON - timedelta(days=400)
    story = Story(halden.account, halden.inbox, asked, assignee=halden.maya).customer(asked)
    story.reply(asked + timedelta(days=200), halden.maya)
    append(connection, story.entries)
    sync_lake(storage, shared_lake)
    day = (asked + timedelta(days=200)).date()
    for zone in ("", "Europe/Oslo"):
        period = Period.of_days(day, day, zone)
        frame = measure(world.lake, halden.account, FIRST_RESPONSE, period)
        assert frame["median"].item() == timedelta(days=200).total_seconds()


async def test_a_number_of_a_page_opens_its_conversations_and_the_address_holds_it(
    open_page: Open, world: World, halden: Halden
) -> None:
    cookie = await signed_in(world, halden.administrator)
    app = open_page(cookie, "sla")
    assert values(app)["SLA missed"] == "5"
    (missed,) = [one for one in app.button if str(one.key).endswith("sla_missed-1")]
    missed.click().run()
    assert not app.exception
    assert "Behind SLA missed" in _headings(app)
    assert "5 rows" in told(app)
    behind = app.dataframe[0].value
    assert len(behind) == 5
    assert set(behind["Agent"]) == {"Maya Lindqvist"}
    assert app.query_params["behind"] == "sla.sla_missed-1"
    again = open_page(cookie, "sla", behind="sla.sla_missed-1")
    assert again.dataframe[0].value.equals(behind)
    # On another page the same address means nothing.
    assert "Behind" not in _headings(open_page(cookie, "overview", behind="sla.sla_missed-1"))


async def test_a_page_counts_the_days_of_the_zone_asked_for(
    open_page: Open, world: World, halden: Halden, connection: Desk
) -> None:
    cookie = await signed_in(world, halden.administrator)
    story = Story(halden.account, halden.inbox, NOON)
    append(connection, story.customer(NOON).entries)
    app = open_page(cookie, "overview", zone=FAR_EAST, period="today")
    assert "24 Nov 2026, Kiritimati time" in told(app)
    assert values(app)["Conversations"] == "1"
    assert app.query_params["zone"] == FAR_EAST
    assert app.selectbox(key="overview:zone").value == FAR_EAST
    app.selectbox(key="overview:zone").select("Europe/Oslo").run()
    assert "23 Nov 2026, Oslo time" in told(app)
    assert "zone" not in app.query_params


def _headings(app: Any) -> str:
    return "\n".join(str(one.value) for one in app.subheader)
