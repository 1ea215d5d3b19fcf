"""Reports as files: the same numbers as the API's answer, made once, whatever dies."""

import asyncio
import csv
import io
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import polars as pl
import pytest
from typing_extensions import override

from assets.exports.making import carry_out_schedules, make_exports
from assets.exports.writing import write
from assets.extract.sync import sync_lake
from desk.actions.assign_conversation import assign_conversation
from desk.actions.change_status import change_status
from desk.actions.define_role import create_role, give_role
from desk.actions.send_reply import send_reply
from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.exports import ExportFormat
from desk.words.ids import UserId
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import receive, said
from tests.inbox_service.serving import serving
from warehouse.lake import Lake

NOVEMBER = {"start": "2026-11-01", "end": "2026-11-30"}

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def service_clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="module")
def url(settings: Settings, service_clock: FixedClock) -> Iterator[str]:
    with serving(settings, service_clock) as address:
        yield address


@pytest.fixture
def files(settings: Settings) -> FileStore:
    return FileStore(settings.storage.files_url)


@pytest.fixture
def reader(settings: Settings) -> Iterator[Lake]:
    lake = Lake.reader(settings.storage)
    yield lake
    lake.close()


class Client:
    """Asks the service as one person of one account, at addresses below custom_reports."""

    def __init__(self, url: str, at: SmallDesk, user_id: UserId) -> None:
        self.http = httpx.AsyncClient(
            base_url=f"{url}/api/v1/accounts/{at.account_id}/custom_reports",
            headers={"api_access_token": at.tokens[user_id]},
            timeout=20,
        )

    async def ask(self, report: str, to: str, days: dict[str, str] | None = None) -> int:
        body = {"report_type": report, "date_range": days or NOVEMBER, "format": to}
        answer = await self.http.post("/export", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == "queued"
        assert answer.json()["message"]
        return int(answer.json()["export_id"])

    async def export(self, export_id: int) -> dict[str, Any]:
        found: dict[str, Any] = (await self.http.get(f"/exports/{export_id}")).json()
        return found

    async def file(self, export_id: int) -> bytes:
        answer = await self.http.get(f"/exports/{export_id}/file")
        assert answer.status_code == 200, answer.text
        return answer.content


@pytest.fixture
async def maya(url: str, told: SmallDesk) -> AsyncIterator[Client]:
    client = Client(url, told, told.administrator)
    yield client
    await client.http.aclose()


@pytest.fixture
async def told(desk: Desk, clock: FixedClock, settings: Settings) -> SmallDesk:
    """Three conversations answered after uneven times, two resolved; the lake knows."""
    at = await small_desk(desk, name="Halden Air")
    await receive(desk, at, *(said("Help", sender=f"47{n}") for n in range(3)))
    for number, seconds in ((1, 301), (2, 1007), (3, 2003)):
        clock.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC) + timedelta(seconds=seconds)
        async with desk.transaction(at.account_id) as tx:
            row = await tx.one("select id from conversations where display_id = %s", [number])
            conversation = await lock_conversation(tx, row["id"])
            await assign_conversation(tx, conversation, at.agent, by=Actor.user(at.agent))
            await send_reply(tx, conversation, "Hello", by=at.agent)
            if number < 3:
                await change_status(
                    tx, conversation, ConversationStatus.RESOLVED, by=Actor.user(at.agent)
                )
    await _sync(settings)
    return at


async def _sync(settings: Settings) -> None:
    lake = Lake.writer(settings.storage)
    try:
        await asyncio.to_thread(sync_lake, settings.storage, lake)
    finally:
        lake.close()


def cell(value: Any) -> str:
    """A value of the API as the CSV writes it."""
    return "" if value is None else str(value)


@pytest.mark.parametrize("to", ["csv", "parquet"])
async def test_agent_performance_is_the_apis_answer_to_the_last_digit(
    desk: Desk, reader: Lake, files: FileStore, maya: Client, to: str
) -> None:
    export_id = await maya.ask("agent_performance", to)
    await make_exports(desk, reader, files)
    days = {"start_date": NOVEMBER["start"], "end_date": NOVEMBER["end"]}
    report = (await maya.http.get("/agent_performance", params=days)).json()
    told = await maya.export(export_id)
    assert (told["state"], told["progress"], told["error"]) == ("done", 100, None)
    assert told["rows"] == len(report["data"]) == 2
    assert told["meta"]["snapshot"] == report["meta"]["snapshot"]
    content = await maya.file(export_id)
    assert told["size"] == len(content)
    if to == "csv":
        header, *rows = csv.reader(io.StringIO(content.decode()))
        assert header == list(report["data"][0])
        assert rows == [[cell(value) for value in row.values()] for row in report["data"]]
    else:
        assert pl.read_parquet(content).to_dicts() == report["data"]


@pytest.mark.parametrize("to", ["csv", "parquet"])
async def test_conversation_trends_are_the_apis_answer(
    desk: Desk, reader: Lake, files: FileStore, maya: Client, to: str
) -> None:
    export_id = await maya.ask("conversation_trends", to)
    await make_exports(desk, reader, files)
    days = {"start_date": NOVEMBER["start"], "end_date": NOVEMBER["end"]}
    data = (await maya.http.get("/conversation_trends", params=days)).json()["data"]
    content = await maya.file(export_id)
    if to == "csv":
        header, *rows = csv.reader(io.StringIO(content.decode()))
        assert header == ["date", "daily_conversations"]
        found = {day: int(n) for day, n in rows}
    else:
        frame = pl.read_parquet(content)
        assert frame.schema["date"] == pl.Date
        found = {row["date"].isoformat(): row["daily_conversations"] for row in frame.to_dicts()}
    assert found == data.pop("daily_conversations")
    assert len(found) == 30
    assert (await maya.export(export_id))["meta"]["totals"] == data


async def test_a_parquet_file_says_what_it_is(
    desk: Desk, reader: Lake, files: FileStore, maya: Client, told: SmallDesk
) -> None:
    export_id = await maya.ask("agent_performance", "parquet")
    await make_exports(desk, reader, files)
    said_of_itself = pl.read_parquet_metadata(io.BytesIO(await maya.file(export_id)))
    meta = (await maya.export(export_id))["meta"]
    assert said_of_itself["streamdesk.time_zone"] == "Europe/Oslo"
    assert said_of_itself["streamdesk.snapshot"] == str(meta["snapshot"])
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


@pytest.mark.parametrize(
    ("change", "field"),
    [
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
    ],
)
async def test_an_export_that_makes_no_sense_is_refused_by_name(
    maya: Client, change: dict[str, Any], field: str
) -> None:
    body = {"report_type": "agent_performance", "date_range": NOVEMBER, "format": "csv", **change}
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


async def test_a_failure_is_tried_again_and_then_told(
    desk: Desk, clock: FixedClock, reader: Lake, files: FileStore, maya: Client
) -> None:
    export_id = await maya.ask("agent_performance", "csv")

    class Full(FileStore):
        @override
        async def put_at(self, *_: Any) -> None:
            raise OSError("no space left on device")

    full = Full("memory:///")
    for attempt in (1, 2):
        await make_exports(desk, reader, full)
        told = await maya.export(export_id)
        assert (told["state"], told["attempts"]) == ("queued", attempt)
        assert "no space left" in told["error"]
        await make_exports(desk, reader, full)
        assert (await maya.export(export_id))["attempts"] == attempt
        clock.at += timedelta(seconds=30)
    await make_exports(desk, reader, full)
    told = await maya.export(export_id)
    assert (told["state"], told["attempts"], told["download_url"]) == ("failed", 3, None)
    clock.at += timedelta(seconds=60)
    assert await make_exports(desk, reader, files) == []


DIES_HALFWAY = """
import asyncio, os, signal, sys
from assets.exports import making
from desk.settings import Settings
from desk.store.files import FileStore
from warehouse.lake import Lake

class Deadly(FileStore):
    async def put_at(self, account_id, key, content):
        await super().put_at(account_id, key, content[:100])
        os.kill(os.getpid(), signal.SIGKILL)

making.FileStore = Deadly
settings = Settings.from_environment(os.environ)
making.make_now(settings, Lake.reader(settings.storage))
"""


async def test_a_maker_killed_halfway_leaves_one_whole_file_in_the_end(
    services: dict[str, str],
    settings: Settings,
    desk: Desk,
    reader: Lake,
    files: FileStore,
    told: SmallDesk,
    maya: Client,
) -> None:
    export_id = await maya.ask("agent_performance", "csv")
    killed = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", DIES_HALFWAY],
        env={**os.environ, **services},
        cwd=ROOT,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    halfway = await maya.export(export_id)
    assert (halfway["state"], halfway["attempts"]) == ("running", 1)
    made = await make_exports(desk, reader, files)
    assert [(one.export_id, one.attempts) for one in made] == [(export_id, 2)]
    told_of = await maya.export(export_id)
    content = await maya.file(export_id)
    assert len(content) == told_of["size"] > 100
    folder = Path(settings.storage.files_url.removeprefix("file://"))
    left = list((folder / str(int(told.account_id)) / "exports").iterdir())
    assert [one.name for one in left] == [f"{export_id}.csv"]


async def test_two_makers_at_once_make_each_export_once(
    desk: Desk, settings: Settings, reader: Lake, files: FileStore, maya: Client
) -> None:
    asked = [await maya.ask("conversation_trends", "csv") for _ in range(4)]
    rounds = await asyncio.gather(*(make_exports(desk, reader, files) for _ in range(2)))
    made = sorted(one.export_id for made in rounds for one in made)
    assert made == asked


async def test_a_schedule_makes_each_due_time_once_also_after_a_silence(
    desk: Desk,
    clock: FixedClock,
    settings: Settings,
    reader: Lake,
    files: FileStore,
    told: SmallDesk,
    maya: Client,
) -> None:
    clock.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    body = {"report_type": "conversation_trends", "cron": "30 6 * * *", "keep_days": 9}
    answer = await maya.http.post("/scheduled_exports", json=body)
    assert answer.status_code == 200, answer.text
    schedule = answer.json()
    assert (schedule["time_zone"], schedule["period"]) == ("Europe/Oslo", "previous_day")
    assert schedule["next_due_at"] == "2026-11-24T05:30:00Z"
    assert await carry_out_schedules(desk) == 0

    async def exports() -> list[tuple[str, str]]:
        found = (await maya.http.get("/exports")).json()["data"]
        ours = [one for one in found if one["scheduled_export_id"] == schedule["id"]]
        return [(one["due_at"], one["date_range"]["start"]) for one in reversed(ours)]

    clock.at = datetime(2026, 11, 24, 5, 30, 3, tzinfo=UTC)
    for _ in range(2):
        await asyncio.gather(*(carry_out_schedules(desk) for _ in range(3)))
    assert await exports() == [("2026-11-24T05:30:00Z", "2026-11-23")]
    # Nobody was there for three days: no day is left out, and none is made twice.
    clock.at = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    await asyncio.gather(*(carry_out_schedules(desk) for _ in range(3)))
    assert await exports() == [
        (f"2026-11-{day}T05:30:00Z", f"2026-11-{day - 1}") for day in (24, 25, 26, 27)
    ]
    # A file is made only from a lake that knows the desk up to the due time.
    newest = (await maya.http.get("/exports")).json()["data"][0]
    async with desk.transaction(told.account_id) as tx:
        await tx.execute(
            "update exports set due_at = '2999-01-01' where id = %s", [newest["export_id"]]
        )
    made = {one.export_id for one in await make_exports(desk, reader, files)}
    assert newest["export_id"] not in made
    assert (await maya.http.delete(f"/scheduled_exports/{schedule['id']}")).status_code == 200
    assert (await maya.export(newest["export_id"]))["scheduled_export_id"] is None


async def test_a_schedule_is_changed_paused_and_ended(
    desk: Desk, clock: FixedClock, maya: Client
) -> None:
    clock.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    for body, field in (
        ({"report_type": "agent_performance", "cron": "every day"}, "cron"),
        ({"report_type": "agent_performance", "cron": "* * * * * *"}, "cron"),
        ({"report_type": "agent_performance", "cron": "0 0 30 2 *"}, "cron"),
        ({"report_type": "agent_performance"}, "cron"),
        ({"report_type": "nothing", "cron": "0 7 * * 1"}, "report_type"),
        ({"report_type": "agent_performance", "cron": "0 7 * * 1", "period": "x"}, "period"),
        ({"report_type": "agent_performance", "cron": "0 7 * * 1", "keep_days": 0}, "keep_days"),
    ):
        refused = await maya.http.post("/scheduled_exports", json=body)
        assert (refused.status_code, refused.json()["field"]) == (422, field), refused.text
    body = {"report_type": "agent_performance", "cron": "0 7 * * 1", "period": "previous_week"}
    schedule = (await maya.http.post("/scheduled_exports", json=body)).json()
    address = f"/scheduled_exports/{schedule['id']}"
    paused = (await maya.http.patch(address, json={"active": False})).json()
    assert (paused["active"], paused["next_due_at"]) == (False, None)
    clock.at += timedelta(days=30)
    assert await carry_out_schedules(desk) == 0
    again = (await maya.http.patch(address, json={"active": True, "format": "parquet"})).json()
    assert (again["active"], again["format"]) == (True, "parquet")
    assert (await maya.http.delete(address)).status_code == 200
    assert (await maya.http.get(address)).status_code == 404
