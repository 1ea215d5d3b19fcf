"""The page of exports: asked for, made and fetched, and placed by the clock, all through the inbox."""

import asyncio

import httpx
from msgspec import structs
from streamlit.testing.v1 import AppTest

from assets.exports.making import make_exports
from dashboards.reports.exports import state_of
from dashboards.reports.scheduled_exports import in_words
from dashboards.world import World
from desk.store.desk import Desk
from desk.store.files import FileStore
from tests.dashboards.visiting import Halden, Open, signed_in, told


async def opened(open_page: Open, cookie: str) -> AppTest:
    return await asyncio.to_thread(open_page, cookie, "exports")


async def test_a_report_is_exported_and_fetched_from_the_page(
    open_page: Open, world: World, halden: Halden, inbox: str
) -> None:
    app = await opened(open_page, await signed_in(world, halden.administrator))
    assert "Nothing was exported yet." in told(app)
    (export,) = [button for button in app.button if button.label == "Export"]
    await asyncio.to_thread(lambda: export.click().run())
    (table,) = app.dataframe
    assert table.value["State"].to_list() == ["Waiting"]
    assert table.value["Asked by"].to_list() == ["Ada"]
    desk = Desk.open(world.settings, clock=world.clock)
    made = await make_exports(desk, world.lake, FileStore(world.settings.storage.files_url))
    await desk.close()
    assert [one.rows for one in made] == [2]
    await asyncio.to_thread(app.run)
    row = app.dataframe[0].value.to_dict("records")[0]
    assert (row["State"], row["Rows"], row["Days"]) == ("Ready", 2, "25 Oct to 23 Nov 2026")
    link = inbox + row["File"][row["File"].index("/api/") :]
    content = httpx.get(link).content.decode("utf-8-sig")
    assert "Maya Lindqvist" in content


async def test_an_export_by_the_clock_is_placed_paused_and_ended(
    open_page: Open, world: World, halden: Halden, inbox: str
) -> None:
    app = await opened(open_page, await signed_in(world, halden.administrator))
    assert "No export is scheduled yet." in told(app)
    (place,) = [button for button in app.button if button.label == "Schedule"]
    await asyncio.to_thread(lambda: place.click().run())
    (schedules,) = app.dataframe
    (row,) = schedules.value.to_dict("records")
    assert row["When"] == "Every day, of the day before, at 07:00"
    assert row["Next"] == "24 Nov, 07:00"


async def test_agents_without_the_permission_are_told_whom_to_ask(
    open_page: Open, world: World, halden: Halden, inbox: str
) -> None:
    app = await opened(open_page, await signed_in(world, halden.maya))
    assert "Exports need the permission" in told(app)
    assert not app.button


async def test_without_the_inbox_the_page_says_so(
    open_page: Open, world: World, halden: Halden
) -> None:
    addresses = structs.replace(world.settings.addresses, public_url="http://127.0.0.1:1")
    world.settings = structs.replace(world.settings, addresses=addresses)
    app = await opened(open_page, await signed_in(world, halden.administrator))
    assert "The inbox does not answer just now." in told(app)


def test_where_an_export_stands_is_said_in_words() -> None:
    export = {"state": "queued", "error": None, "attempts": 0, "progress": 0}
    assert state_of(export) == "Waiting"
    assert state_of({**export, "state": "running", "progress": 70}) == "Being made, 70 %"
    again = {**export, "error": "disk full", "attempts": 1}
    assert state_of(again) == "Failed once, tried again soon: disk full"
    assert state_of({**again, "attempts": 2}) == "Failed 2 times, tried again soon: disk full"
    assert state_of({**again, "state": "failed"}) == "Failed: disk full"


def test_a_cron_that_the_form_does_not_know_is_shown_as_it_is() -> None:
    assert in_words({"cron": "5 8 * * 1", "period": "previous_week"}) == (
        "Every Monday, of the week before, at 08:05"
    )
    assert in_words({"cron": "0 8 * * 1-5", "period": "previous_day"}) == (
        "0 8 * * 1-5, of the day before"
    )
