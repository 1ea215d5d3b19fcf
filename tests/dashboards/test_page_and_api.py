"""The same question on a page, to the API and in an exported file: the same digits."""

import asyncio
import csv
import io
from datetime import date, timedelta
from typing import Any

import httpx

from assets.exports.making import make_exports
from assets.extract.sync import sync_lake
from dashboards.contents import SECTIONS
from dashboards.headline import titled, told
from dashboards.reports import agent_performance as agents_page
from dashboards.reports.then_and_now import THEN_AND_NOW
from dashboards.world import World
from desk.settings import Storage
from desk.store import desk as desks
from desk.store import sessions
from desk.store.files import FileStore
from desk.words.conversation import ConversationStatus
from tests.builders.diary import Story, append
from tests.dashboards.visiting import NOON, Desk, Halden, Open, signed_in, values
from tests.dashboards.visiting import told as all_told
from warehouse.lake import Lake
from warehouse.metrics.catalogue import METRICS
from warehouse.period import Period
from warehouse.report import measure

DAYS = Period.of_days(date(2026, 10, 25), date(2026, 11, 23))
EMPTY_HERE = ("labels", THEN_AND_NOW.address)
"""Nobody labelled anything."""
ON_NO_HEADLINE = {"assigned", "held", "waiting", "first_resolution"}
"""What stands in tables only, or on no page."""


async def test_reports_of_the_api_and_of_files_are_those_of_the_pages(
    open_page: Open, world: World, halden: Halden, inbox: str
) -> None:
    cookie = await signed_in(world, halden.administrator)
    base = f"{inbox}/api/v1/accounts/{halden.account}/custom_reports"
    async with httpx.AsyncClient(
        base_url=base, cookies={sessions.COOKIE: cookie}, timeout=60
    ) as client:
        days = {"start_date": "2026-10-25", "end_date": "2026-11-23"}
        agents = (await client.get("/agent_performance", params=days)).json()["data"]
        trends = (await client.get("/conversation_trends", params=days)).json()["data"]
        for report in ("agent_performance", "conversation_trends"):
            asked = {"start": days["start_date"], "end": days["end_date"]}
            body = {"report_type": report, "format": "csv", "date_range": asked}
            assert (await client.post("/export", json=body)).status_code < 300
        desk = desks.Desk.open(world.settings, clock=world.clock)
        made = await make_exports(desk, world.lake, FileStore(world.settings.storage.files_url))
        await desk.close()
        assert len(made) == 2
        files = {
            one["report_type"]: await _rows(client, inbox, one["download_url"])
            for one in (await client.get("/exports")).json()["data"]
        }

    app = await asyncio.to_thread(open_page, cookie)
    shown = app.dataframe[0].value
    assert len(agents) == 2
    for title, column in agents_page.COLUMNS.items():
        api = [row[column] for row in agents]
        assert [_same(value) for value in shown[title]] == api, title
        assert [_number(row[column]) for row in files["agent_performance"]] == api, title
    app = await asyncio.to_thread(open_page, cookie, "conversation_trends")
    assert app.dataframe[0].value["Conversations"].sum() == trends["total_conversations"]
    assert app.dataframe[0].value["A day"].sum() == trends["average_daily"]
    daily = {row["date"]: int(row["daily_conversations"]) for row in files["conversation_trends"]}
    assert daily == trends["daily_conversations"]


async def test_every_report_shows_what_its_metrics_say_and_always_its_footnote(
    open_page: Open,
    world: World,
    halden: Halden,
    connection: Desk,
    storage: Storage,
    shared_lake: Lake,
) -> None:
    at = NOON - timedelta(days=1)
    pending = ConversationStatus.PENDING
    met = Story(halden.account, halden.inbox, at, status=pending).customer(at)
    met.bot(at + timedelta(seconds=3)).automatic(at + timedelta(seconds=4))
    met.move(at + timedelta(seconds=9), ConversationStatus.OPEN, by_bot=True)
    left = Story(halden.account, halden.inbox, at).customer(at)
    left.resolve(at + timedelta(hours=1), halden.maya).customer(at + timedelta(hours=2))
    append(connection, [*met.entries, *left.entries])
    sync_lake(storage, shared_lake)
    cookie = await signed_in(world, halden.administrator)
    expected = {
        titled(metric): told(
            metric, measure(world.lake, halden.account, metric, DAYS).row(0, named=True)
        )
        for metric in METRICS
    }
    seen: set[str] = set()
    for report in (report for reports in SECTIONS.values() for report in reports):
        app = open_page(cookie, report.address)
        assert app.title[0].value == report.title
        assert "Snapshot" in all_told(app), report.title
        assert bool(app.metric) is (report.address not in EMPTY_HERE), report.title
        shown = values(app)
        for title in shown.keys() & expected.keys():
            assert shown[title] == expected[title], (report.title, title)
            seen.add(title)
    assert {titled(m) for m in METRICS if m.name not in ON_NO_HEADLINE} - seen == set()


async def _rows(client: httpx.AsyncClient, inbox: str, url: str) -> list[dict[str, str]]:
    answer = await client.get(inbox + url[url.index("/api/") :])
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def _same(value: Any) -> Any:
    """What pandas calls no value is none."""
    return None if value is None or value != value else value


def _number(text: str) -> float | None:
    return float(text) if text else None
