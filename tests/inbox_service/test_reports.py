"""Reports over the API: the numbers of the lake, as the report pages show them."""

import httpx
import pytest

from desk.actions.assign_conversation import assign_conversation
from desk.actions.change_status import change_status
from desk.actions.send_reply import send_reply
from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from tests.builders.accounts import SmallDesk
from tests.builders.catching_up import caught_up, synced
from tests.builders.messages import receive, said


@pytest.fixture
async def told(
    desk: Desk,
    clock: FixedClock,
    halden: SmallDesk,
    settings: Settings,
    maya: httpx.AsyncClient,
) -> SmallDesk:
    """Two conversations, one answered after five minutes and resolved; the lake knows."""
    await receive(desk, halden, said("One", sender="4711"), said("Two", sender="4722"))
    clock.at = clock.at.replace(minute=5)
    async with desk.transaction(halden.account_id) as tx:
        row = await tx.one("select id from conversations where display_id = 1")
        conversation = await lock_conversation(tx, row["id"])
        await assign_conversation(tx, conversation, halden.agent, by=Actor.user(halden.agent))
        await send_reply(tx, conversation, "Hello", by=halden.agent)
        await change_status(
            tx, conversation, ConversationStatus.RESOLVED, by=Actor.user(halden.agent)
        )
    await synced(settings.storage)
    await caught_up(maya, "/custom_reports/conversation_trends", settings.storage)
    return halden


async def test_agent_performance_is_a_row_an_agent_and_trends_are_zero_filled(
    told: SmallDesk, maya: httpx.AsyncClient
) -> None:
    days = {"start_date": "2026-11-01", "end_date": "2026-11-30"}
    answer = await maya.get("/custom_reports/agent_performance", params=days)
    assert answer.status_code == 200, answer.text
    report = answer.json()
    rows = {row["agent_id"]: row for row in report["data"]}
    row = rows[told.agent]
    assert row["agent_name"] == "Jonas"
    assert row["resolved_conversations"] == 1
    assert row["average_first_response_time"] == 300
    assert row["first_response_n"] == 1
    assert row["average_resolution_time"] == 300
    assert row["csat_score"] is None
    assert rows[told.outsider]["average_first_response_time"] is None
    meta = report["meta"]
    assert meta["snapshot"] > 0
    assert meta["fresh_at"]
    assert meta["definitions"]
    assert (meta["start_date"], meta["end_date"]) == ("2026-11-01", "2026-11-30")
    assert meta["time_zone"] == "Europe/Oslo"

    days = {"start_date": "2026-11-20", "end_date": "2026-11-24"}
    answer = await maya.get("/custom_reports/conversation_trends", params=days)
    assert answer.json()["data"] == {
        "daily_conversations": {
            "2026-11-20": 0,
            "2026-11-21": 0,
            "2026-11-22": 0,
            "2026-11-23": 2,
            "2026-11-24": 0,
        },
        "total_conversations": 2,
        "peak_day": "2026-11-23",
        "average_daily": 0.4,
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"start_date": "yesterday"}, "start_date"),
        ({"start_date": "2026-11-24", "end_date": "2026-11-23"}, "end_date"),
        ({"start_date": "2001-01-01", "end_date": "2026-11-23"}, "start_date"),
    ],
)
async def test_a_period_that_makes_no_sense_is_refused(
    maya: httpx.AsyncClient, query: dict[str, str], field: str
) -> None:
    answer = await maya.get("/custom_reports/conversation_trends", params=query)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
