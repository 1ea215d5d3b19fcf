"""Behind every point, bar and cell of a chart as many rows as it shows."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from assets.extract.sync import sync_lake
from dashboards.charts import MARK, OTHER
from dashboards.world import World
from desk.settings import Storage
from tests.builders.diary import Story, append, open_inbox
from tests.dashboards.visiting import NOON, Desk, Halden, Open, signed_in
from warehouse.lake import Lake

MORE = 7
PAGES = {
    "overview": {"overview-by-day", "overview-channels"},
    "conversation_trends": {"trends-week", "trends-written"},
    "backlog": {"backlog-week", "backlog-channels"},
    "response_times": {"bands-first_response", "by-day-first_response"},
    "sla": {"met-by-week", "missed-by-promise"},
    "inboxes": {"Inbox-by-day", "Inbox-first-response"},
}


@pytest.fixture
def busy(halden: Halden, connection: Desk, storage: Storage, shared_lake: Lake) -> Halden:
    """The account with so many inboxes that a chart has no line for each, each with two days."""
    for number in range(MORE):
        inbox = open_inbox(connection, halden.account, NOON, name=f"Door {number}")
        for at in (NOON, NOON - timedelta(days=1)):
            story = Story(halden.account, inbox, at, assignee=halden.jonas).customer(at)
            append(connection, story.entries)
    sync_lake(storage, shared_lake)
    return halden


async def test_a_chosen_mark_opens_as_many_rows_as_the_chart_shows(
    open_page: Open, world: World, busy: Halden
) -> None:
    cookie = await signed_in(world, busy.administrator)
    others = 0
    for page, keys in PAGES.items():
        app = open_page(cookie, page, every="week")
        boxes = [str(one.key) for one in app.selectbox if str(one.key).endswith(f":{MARK}")]
        assert set(boxes) == {f"{key}:{MARK}" for key in keys}
        for box, shown in zip(boxes, _shown(app), strict=True):
            assert set(shown) == set(app.selectbox(key=box).options), box
            most = sorted(shown, key=lambda mark: (-(shown[mark] or 0), mark))
            for mark in {most[0], most[-1]}:
                others += mark.endswith(OTHER)
                app.selectbox(key=box).select(mark).run()
                assert not app.exception
                _same(app, mark, shown[mark])
            app.selectbox(key=box).set_value(None)
    assert others


def _same(app: AppTest, mark: str, shown: int | None) -> None:
    (heading,) = _behind(app)
    assert heading.endswith(f": {mark}")
    told = [str(one.value) for one in app.caption]
    if shown == 0:
        assert "No conversation." in told
        return
    listed = next(frame.value for frame in app.dataframe if "Conversation" in frame.value.columns)
    if shown is not None:
        assert len(listed) == shown, mark
    assert ("1 row" if len(listed) == 1 else f"{len(listed)} rows") in told


def _behind(app: AppTest) -> list[str]:
    return [str(one.value) for one in app.subheader if str(one.value).startswith("Behind")]


def _shown(app: AppTest) -> list[dict[str, int | None]]:
    """The number at each mark of each chart, in the page's order; none where it is no count."""
    found = []
    for chart in app.get("vega_lite_chart"):
        rows: list[dict[str, Any]] = []
        for part in chart.proto.datasets:
            rows += pl.read_ipc_stream(BytesIO(part.data.data)).to_dicts()
        found.append({row[MARK]: row.get("n") for row in rows})
    return found
