"""Exports are made once, whatever dies, and when they are due."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from typing_extensions import override

from assets.exports.making import carry_out_schedules, make_exports
from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.files import FileStore
from tests.assets import exporting
from tests.assets.exporting import Client
from tests.builders.accounts import SmallDesk
from warehouse.lake import Lake

files = exporting.files
maya = exporting.maya
reader = exporting.reader
service_clock = exporting.service_clock
told = exporting.told
url = exporting.url

ROOT = Path(__file__).resolve().parents[2]


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
