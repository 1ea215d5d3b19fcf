"""Reports as files: the API's numbers to the last digit, for those who may have them."""

import csv
import io
from datetime import timedelta
from typing import Any

import httpx
import polars as pl

from assets.exports.making import make_exports
from assets.exports.writing import write
from desk.actions.define_role import create_role, give_role
from desk.clock import FixedClock
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.actor import Actor
from desk.words.exports import ExportFormat
from tests.assets import exporting
from tests.assets.exporting import NOVEMBER, Client
from tests.builders.accounts import SmallDesk, small_desk
from warehouse.lake import Lake

files = exporting.files
maya = exporting.maya
reader = exporting.reader
service_clock = exporting.service_clock
told = exporting.told
url = exporting.url


def cell(value: Any) -> str:
    """A value of the API as the CSV writes it."""
    return "" if value is None else str(value)


async def test_files_are_the_apis_answer_to_the_last_digit(
    desk: Desk, reader: Lake, files: FileStore, maya: Client, told: SmallDesk
) -> None:
    asked = {
        (report, to): await maya.ask(report, to)
        for report in ("agent_performance", "conversation_trends")
        for to in ("csv", "parquet")
    }
    await make_exports(desk, reader, files)
    made = {which: await maya.file(export_id) for which, export_id in asked.items()}
    notes = {which: await maya.export(export_id) for which, export_id in asked.items()}
    days = {"start_date": NOVEMBER["start"], "end_date": NOVEMBER["end"]}

    report = (await maya.http.get("/agent_performance", params=days)).json()
    header, *rows = csv.reader(io.StringIO(made["agent_performance", "csv"].decode()))
    assert header == list(report["data"][0])
    assert rows == [[cell(value) for value in row.values()] for row in report["data"]]
    parquet = made["agent_performance", "parquet"]
    assert pl.read_parquet(parquet).to_dicts() == report["data"]
    for which, note in notes.items():
        assert (note["state"], note["progress"], note["error"]) == ("done", 100, None)
        assert note["size"] == len(made[which])
        assert note["meta"]["snapshot"] == report["meta"]["snapshot"]
    assert notes["agent_performance", "csv"]["rows"] == len(report["data"]) == 2

    data = (await maya.http.get("/conversation_trends", params=days)).json()["data"]
    daily = data.pop("daily_conversations")
    assert len(daily) == 30
    header, *rows = csv.reader(io.StringIO(made["conversation_trends", "csv"].decode()))
    assert header == ["date", "daily_conversations"]
    assert {day: int(n) for day, n in rows} == daily
    frame = pl.read_parquet(made["conversation_trends", "parquet"])
    assert frame.schema["date"] == pl.Date
    assert {
        row["date"].isoformat(): row["daily_conversations"] for row in frame.to_dicts()
    } == daily
    assert notes["conversation_trends", "csv"]["meta"]["totals"] == data

    said_of_itself = pl.read_parquet_metadata(io.BytesIO(parquet))
    assert said_of_itself["streamdesk.time_zone"] == "Europe/Oslo"
    assert said_of_itself["streamdesk.snapshot"] == str(report["meta"]["snapshot"])
    assert said_of_itself["streamdesk.account_id"] == str(int(told.account_id))
    assert '"first_response"' in said_of_itself["streamdesk.definitions"]


def test_a_name_cannot_become_a_formula() -> None:
    names = ["=1+1", "+47 22", "-x", "@here", "\tx", "＝1", 'Åse, "the" agent', None, ""]
    frame = pl.DataFrame({"agent_name": names, "n": [-1.5] * len(names)})
    rows = list(csv.reader(io.StringIO(write(frame, ExportFormat.CSV, {}).decode())))[1:]
    assert [row[0] for row in rows] == [
        *("'=1+1", "'+47 22", "'-x", "'@here", "'\tx", "'＝1"),
        *('Åse, "the" agent', "", ""),
    ]
    assert {row[1] for row in rows} == {"-1.5"}


NO_SENSE: list[tuple[dict[str, Any], str]] = [
    ({"report_type": "weather"}, "report_type"),
    ({"report_type": None}, "report_type"),
    ({"report_type": 7}, "report_type"),
    ({"format": "xlsx"}, "format"),
    ({"format": None}, "format"),
    ({"date_range": None}, "date_range.start"),
    ({"date_range": {"start": "2026-11-01"}}, "date_range.end"),
    ({"date_range": {"start": "yesterday", "end": "2026-11-02"}}, "date_range.start"),
    ({"date_range": {"start": "2026-11-03", "end": "2026-11-02"}}, "date_range.end"),
    ({"date_range": {"start": "2001-11-03", "end": "2026-11-02"}}, "date_range.start"),
]


async def test_an_export_that_makes_no_sense_is_refused_by_name(maya: Client) -> None:
    for change, field in NO_SENSE:
        body = {
            "report_type": "agent_performance",
            "date_range": NOVEMBER,
            "format": "csv",
            **change,
        }
        answer = await maya.http.post("/export", json=body)
        assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text


async def test_exports_are_for_administrators_and_roles_that_may_see_reports(
    desk: Desk, url: str, told: SmallDesk, maya: Client
) -> None:
    export_id = await maya.ask("agent_performance", "csv")
    jonas = Client(url, told, told.agent)
    body = {"report_type": "agent_performance", "date_range": NOVEMBER, "format": "csv"}
    for answer in (
        await jonas.http.post("/export", json=body),
        await jonas.http.get(f"/exports/{export_id}"),
        await jonas.http.get(f"/exports/{export_id}/file"),
        await jonas.http.get("/scheduled_exports"),
    ):
        assert (answer.status_code, answer.json()["error"]) == (403, "not_permitted")
    async with desk.transaction(told.account_id) as tx:
        role = await create_role(tx, "Analyst", ["show_reports"], by=Actor.system())
        await give_role(tx, told.outsider, role, by=Actor.system())
    priya = Client(url, told, told.outsider)
    assert (await priya.export(export_id))["export_id"] == export_id
    assert await priya.ask("conversation_trends", "csv") > export_id
    await jonas.http.aclose()
    await priya.http.aclose()


async def test_the_link_opens_the_file_for_an_hour_and_for_nobody_else(
    desk: Desk,
    url: str,
    reader: Lake,
    files: FileStore,
    told: SmallDesk,
    maya: Client,
    service_clock: FixedClock,
) -> None:
    export_id = await maya.ask("agent_performance", "csv")
    assert (await maya.export(export_id))["download_url"] is None
    assert (await maya.http.get(f"/exports/{export_id}/file")).status_code == 404
    await make_exports(desk, reader, files)
    link = (await maya.export(export_id))["download_url"]
    link = url + link[link.index("/api/") :]
    other = await small_desk(desk, name="Northgate")
    stranger = Client(url, other, other.administrator)
    async with httpx.AsyncClient() as nobody:
        opened = await nobody.get(link)
        assert opened.content == await maya.file(export_id)
        assert opened.headers["content-type"] == "text/csv; charset=utf-8"
        assert opened.headers["content-disposition"] == (
            'attachment; filename="agent_performance_2026-11-01_2026-11-30.csv"'
        )
        for_excel = await nobody.get(link + "&spreadsheet=true")
        assert for_excel.content == b"\xef\xbb\xbf" + opened.content
        assert (await nobody.get(link.split("?")[0])).status_code == 401
        forged = link.replace(f"/exports/{export_id}/", f"/exports/{export_id - 1}/")
        assert (await nobody.get(forged)).status_code == 401
        assert (await stranger.http.get(link)).status_code == 404
        assert (await stranger.http.get(f"/exports/{export_id}")).status_code == 404
        assert (await stranger.http.get(f"/exports/{export_id}/file")).status_code == 404
        before = service_clock.at
        service_clock.at = before + timedelta(minutes=61)
        ended = await nobody.get(link)
        assert (ended.status_code, ended.json()["error"]) == (403, "link_expired")
        service_clock.at = before
    await stranger.http.aclose()
