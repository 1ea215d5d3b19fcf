"""Chatwoot's numbers over the API: a small story, its values worked out by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from desk.actions.assign_conversation import assign_conversation, assign_team
from desk.actions.change_status import change_status
from desk.actions.rate_conversation import ask_for_rating, record_rating
from desk.actions.send_reply import send_reply
from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import DisplayId
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.catching_up import caught_up, synced
from tests.builders.messages import receive, said
from tests.inbox_service.contract.reference import DOCUMENT, Reference

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday, ten in the morning in Oslo."""

DAY = {
    "since": str(int(datetime(2026, 11, 23, tzinfo=UTC).timestamp())),
    "until": str(int(datetime(2026, 11, 24, tzinfo=UTC).timestamp())),
}


REFUSED: tuple[tuple[str, dict[str, str], str], ...] = (
    ("/reports", {"metric": "resolutions_count"}, "type"),
    ("/reports", {"type": "account"}, "metric"),
    ("/reports", {"type": "account", "metric": "happiness"}, "metric"),
    ("/reports", {"type": "agent", "metric": "reply_time"}, "id"),
    ("/reports", {"type": "account", "metric": "reply_time", "group_by": "moon"}, "group_by"),
    ("/reports/summary", {"type": "account", "since": "yesterday"}, "since"),
    ("/reports/summary", {"type": "account", "since": "9", "until": "8"}, "until"),
    ("/reports/summary", {"type": "account", "timezone": "Oslo"}, "timezone"),
    ("/reports/summary", {"type": "account", "timezone_offset": "x"}, "timezone_offset"),
    ("/reports/outgoing_messages_count", {"group_by": "planet"}, "group_by"),
    ("/live_reports/grouped_conversation_metrics", {}, "group_by"),
)


@pytest.fixture
async def told(desk: Desk, clock: FixedClock, settings: Settings) -> SmallDesk:
    """One conversation answered, noted, resolved, reopened and resolved; one put off first."""
    at = await small_desk(desk, locked_to_single=True)
    jonas, maya = Actor.user(at.agent), Actor.user(at.administrator)

    def after(minutes: float) -> None:
        clock.set(START + timedelta(minutes=minutes))

    @asynccontextmanager
    async def opened(number: int) -> AsyncIterator[tuple[TenantTx, ConversationRow]]:
        async with desk.transaction(at.account_id) as tx:
            viewer = at.viewer(at.administrator)
            yield tx, await conversation_by_number(tx, DisplayId(number), viewer)

    async def move(number: int, to: ConversationStatus, by: Actor) -> None:
        async with opened(number) as (tx, conversation):
            await change_status(tx, conversation, to, by=by)

    after(0)
    await receive(desk, at, said("Where is my bag?"), said("Refund!", sender="4722"))
    after(1)
    async with opened(1) as (tx, conversation):
        await assign_conversation(tx, conversation, at.agent, by=maya)
        await assign_team(tx, conversation, at.team, by=maya)
    after(2)
    async with opened(1) as (tx, conversation):
        await send_reply(tx, conversation, "Upset", by=at.agent, private=True)
    await move(2, ConversationStatus.SNOOZED, maya)
    after(5)
    async with opened(1) as (tx, conversation):
        await send_reply(tx, conversation, "Looking for it", by=at.agent)
    after(10)
    await move(1, ConversationStatus.RESOLVED, jonas)
    after(20)
    await receive(desk, at, said("It is not mine"))
    after(30)
    await move(2, ConversationStatus.OPEN, maya)
    async with opened(1) as (tx, conversation):
        await send_reply(tx, conversation, "Then whose?", by=at.administrator)
    after(35)
    async with opened(2) as (tx, conversation):
        await send_reply(tx, conversation, "On its way", by=at.agent)
    after(40)
    await move(1, ConversationStatus.RESOLVED, jonas)
    async with opened(1) as (tx, conversation):
        await ask_for_rating(tx, conversation, survey_url="https://desk.example/s", by=jonas)
    after(50)
    async with opened(1) as (tx, conversation):
        await record_rating(tx, conversation.uuid, 4, "=Thanks")
    await synced(settings.storage)
    return at


@pytest.fixture
async def v1(service_url: str, told: SmallDesk) -> AsyncIterator[httpx.AsyncClient]:
    async with _client(service_url, told, "v1") as client:
        yield client


@pytest.fixture
async def v2(service_url: str, told: SmallDesk) -> AsyncIterator[httpx.AsyncClient]:
    async with _client(service_url, told, "v2") as client:
        yield client


def _client(service_url: str, at: SmallDesk, version: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=f"{service_url}/api/{version}/accounts/{at.account_id}",
        headers={"api_access_token": at.tokens[at.administrator]},
        timeout=20,
    )


async def _json(client: httpx.AsyncClient, path: str, **params: Any) -> Any:
    answer = await client.get(path, params=params)
    assert answer.status_code == 200, (path, answer.text)
    return answer.json()


async def test_the_story_as_chatwoot_would_count_it(
    told: SmallDesk,
    v1: httpx.AsyncClient,
    v2: httpx.AsyncClient,
    northgate: SmallDesk,
    settings: Settings,
) -> None:
    await caught_up(v1, "/custom_reports/conversation_trends", settings.storage)
    await _totals_are_right(told, v1, v2)
    await _series_are_zero_filled_in_the_zone_asked_for(v2)
    await _files_say_what_the_reports_say(v1, v2)
    await _ratings_and_single_events(told, v1)
    await _the_documented_operations_have_the_documented_shapes(v1, v2)
    await _reports_are_of_the_account_and_for_those_who_may(v2, told, northgate)
    await _labels_are_those_of_now(v1, v2, settings)


async def _totals_are_right(told: SmallDesk, v1: httpx.AsyncClient, v2: httpx.AsyncClient) -> None:
    # Put off until half past nine, the second one's clock starts there: five minutes each.
    totals = {
        "conversations_count": 2,
        "incoming_messages_count": 3,
        "outgoing_messages_count": 4,
        "avg_first_response_time": 300.0,
        "avg_resolution_time": (600 + 2400) / 2,
        "resolutions_count": 2,
        "reply_time": 600.0,
    }
    nothing = dict.fromkeys(totals, 0) | dict.fromkeys(
        ("avg_first_response_time", "avg_resolution_time", "reply_time")
    )
    summary = await _json(v2, "/reports/summary", type="account", **DAY)
    assert summary == {**totals, "previous": nothing}
    later = {"since": DAY["until"], "until": str(int(DAY["until"]) + 86_400)}
    assert await _json(v2, "/reports/summary/", type="account", **later) == {
        **nothing,
        "previous": totals,
    }
    # Without opening hours business time is nothing, but measured.
    closed = await _json(v2, "/reports/summary", type="account", business_hours="true", **DAY)
    assert (closed["avg_resolution_time"], closed["resolutions_count"]) == (0.0, 2)

    for kind, which, conversations, incoming, outgoing, replies in (
        ("inbox", told.inbox, 2, 3, 4, 600.0),
        ("team", told.team, 1, 2, 3, 600.0),
        ("agent", told.agent, 1, 0, 3, 600.0),
        ("agent", told.administrator, 0, 0, 1, None),
    ):
        found = await _json(v2, "/reports/summary", type=kind, id=str(int(which)), **DAY)
        assert [
            found["conversations_count"],
            found["incoming_messages_count"],
            found["outgoing_messages_count"],
            found["reply_time"],
        ] == [conversations, incoming, outgoing, replies], kind

    rows = {row["id"]: row for row in await _json(v2, "/summary_reports/agent", **DAY)}
    assert rows[told.agent] == {
        "id": told.agent,
        "conversations_count": 1,
        "resolved_conversations_count": 2,
        "avg_resolution_time": 1500.0,
        "avg_first_response_time": 300.0,
        "avg_reply_time": 600.0,
    }
    assert rows[told.outsider]["avg_reply_time"] is None
    ((team),) = await _json(v2, "/summary_reports/team", **DAY)
    assert (team["id"], team["conversations_count"], team["avg_reply_time"]) == (
        told.team,
        1,
        600.0,
    )
    assert [row["conversations_count"] for row in await _json(v2, "/summary_reports/inbox", **DAY)]
    channel = await _json(v2, "/summary_reports/channel", **DAY)
    assert channel == {
        "Channel::Whatsapp": {"open": 1, "resolved": 1, "pending": 0, "snoozed": 0, "total": 2}
    }
    spread = await _json(v2, "/reports/first_response_time_distribution", **DAY)
    assert spread["Channel::Whatsapp"]["0-1h"] == 2
    outgoing_by = await _json(v2, "/reports/outgoing_messages_count", group_by="agent", **DAY)
    assert {row["id"]: row["outgoing_messages_count"] for row in outgoing_by} == {
        told.agent: 3,
        told.administrator: 1,
    }
    for kind, n in (("team", 3), ("inbox", 4)):
        ((row),) = await _json(v2, "/reports/outgoing_messages_count", group_by=kind, **DAY)
        assert row["outgoing_messages_count"] == n


async def _series_are_zero_filled_in_the_zone_asked_for(v2: httpx.AsyncClient) -> None:
    week = {"since": str(int(DAY["since"]) - 86_400), "until": DAY["until"]}

    async def series(**params: str) -> list[tuple[int | float, int, int | None]]:
        points = await _json(v2, "/reports", type="account", **{**week, **params})
        assert all(isinstance(point["timestamp"], int) for point in points)
        return [(p["value"], p["timestamp"], p.get("count")) for p in points]

    midnight = int(DAY["since"])
    assert await series(metric="resolutions_count") == [
        (0, midnight - 86_400, None),
        (2, midnight, None),
    ]
    assert await series(metric="avg_resolution_time", timezone="Europe/Oslo") == [
        (0, midnight - 86_400 - 3600, 0),
        (1500.0, midnight - 3600, 2),
        (0, midnight + 86_400 - 3600, 0),
    ]
    # Sunday begins the week; the offset's own zone has the same midnight then.
    weekly = await series(metric="conversations_count", group_by="week", timezone_offset="1")
    assert weekly == [(2, midnight - 86_400 - 3600, None)]
    hourly = await series(metric="incoming_messages_count", group_by="hour")
    assert len(hourly) == 48
    assert [point for point in hourly if point[0]] == [(3, midnight + 9 * 3600, None)]
    for metric in ("bot_resolutions_count", "bot_handoffs_count", "outgoing_messages_count"):
        assert len(await series(metric=metric, group_by="month")) == 1
    bots = await _json(v2, "/reports/bot_summary", type="account", **week)
    assert bots["previous"] == {"bot_resolutions_count": 0, "bot_handoffs_count": 0}
    assert (await _json(v2, "/reports/bot_metrics", **week))["resolution_rate"] == 0
    year = await _json(v2, "/year_in_review", year="2026")
    assert (year["year"], year["support_personality"]) == (2026, {"avg_response_time_seconds": 0})


async def _labels_are_those_of_now(
    v1: httpx.AsyncClient, v2: httpx.AsyncClient, settings: Settings
) -> None:
    await v1.post("/conversations/1/labels", json={"labels": ["vip"]})
    await synced(settings.storage)
    await caught_up(v1, "/custom_reports/conversation_trends", settings.storage)
    rows = {row["name"]: row for row in await _json(v2, "/summary_reports/label", **DAY)}
    assert rows["vip"]["resolved_conversations_count"] == 2
    assert (rows["vip"]["avg_resolution_time"], rows["refund"]["avg_resolution_time"]) == (1500, 0)
    matrix = await _json(v2, "/reports/inbox_label_matrix", **DAY)
    labels = [label["title"] for label in matrix["labels"]]
    assert matrix["matrix"] == [[int(title == "vip") for title in labels]]
    none = await _json(v2, "/reports/inbox_label_matrix", **{**DAY, "inbox_ids[]": "999999"})
    assert none["inboxes"] == []

    assert await _json(v2, "/reports/conversations", type="account") == {
        "open": 1,
        "unattended": 0,
        "unassigned": 1,
        "pending": 0,
    }
    busiest = await _json(v2, "/reports/conversations/", type="agent")
    assert [agent["metric"] for agent in busiest] == [{"open": 0, "unattended": 0}] * 3
    assert (await _json(v2, "/live_reports/conversation_metrics"))["unassigned"] == 1
    grouped = "/live_reports/grouped_conversation_metrics"
    assert await _json(v2, grouped, group_by="assignee_id") == [
        {"assignee_id": None, "open": 1, "unattended": 0, "unassigned": 1}
    ]


async def _files_say_what_the_reports_say(v1: httpx.AsyncClient, v2: httpx.AsyncClient) -> None:
    period = "Reporting period 2026-11-23 to 2026-11-24"
    agents = await v2.get("/reports/agents", params=DAY)
    assert agents.headers["content-type"].startswith("text/csv")
    assert "agents_report.csv" in agents.headers["content-disposition"]
    lines = agents.text.splitlines()
    assert lines[:2] == [period, ""]
    assert "Jonas,1,5 minutes,25 minutes,10 minutes,2" in lines
    assert "Priya,0,N/A,N/A,N/A,0" in lines
    summary = (await v2.get("/reports/conversations_summary", params=DAY)).text.splitlines()
    assert summary[-1] == "2,3,4,5 minutes,25 minutes,2,10 minutes"
    for name in ("inboxes", "labels", "teams"):
        rows = (await v2.get(f"/reports/{name}", params=DAY)).text.splitlines()[2:]
        assert len({row.count(",") for row in rows}) == 1, name
    traffic = await v2.get("/reports/conversation_traffic", params={"timezone": "Europe/Oslo"})
    assert traffic.text.splitlines()[0] == "Timezone,Europe/Oslo"
    assert len(traffic.text.splitlines()) == 26

    csat = await v1.get("/csat_survey_responses/download", params=DAY)
    header, row, blank, last = csat.text.splitlines()
    assert header.startswith("Agent Name,Rating,Feedback Comment")
    assert row.startswith("Maya,4,'=Thanks,Amara Okonkwo,,'+2348035550199,")
    assert (blank, last) == ("", period)


async def _ratings_and_single_events(told: SmallDesk, v1: httpx.AsyncClient) -> None:
    ((rating),) = await _json(v1, "/csat_survey_responses", sort="-created_at", **DAY)
    assert (rating["rating"], rating["feedback_message"]) == (4, "=Thanks")
    assert rating["assigned_agent"]["id"] == told.administrator
    assert (rating["conversation_id"], rating["contact"]["name"]) == (1, "Amara Okonkwo")
    assert await _json(v1, "/csat_survey_responses", rating="5") == []
    assert await _json(v1, "/csat_survey_responses/metrics", **DAY) == {
        "total_count": 1,
        "ratings_count": {"1": 0, "2": 0, "3": 0, "4": 1, "5": 0},
        "total_sent_messages_count": 1,
    }
    events = await _json(v1, "/reporting_events", **DAY)
    assert events["meta"] == {"count": 7, "current_page": 1, "total_pages": 1}
    resolved = await _json(v1, "/reporting_events", name="conversation_resolved")
    assert [event["value"] for event in resolved["payload"]] == [2400.0, 600.0]
    story = await _json(v1, "/conversations/1/reporting_events")
    assert [(event["name"], event["value"]) for event in story] == [
        ("first_response", 300.0),
        ("conversation_resolved", 600.0),
        ("conversation_opened", 600.0),
        ("reply_time", 600.0),
        ("conversation_resolved", 2400.0),
    ]
    assert story[3]["user_id"] == told.agent
    assert story[0]["event_end_time"] == "2026-11-23T09:05:00.000Z"
    headers = {"api_access_token": told.tokens[told.outsider]}
    async with httpx.AsyncClient(base_url=str(v1.base_url), headers=headers) as priya:
        assert (await priya.get("/conversations/1/reporting_events")).status_code == 404
        assert (await priya.get("/reporting_events")).status_code == 403
        assert (await priya.get("/csat_survey_responses")).status_code == 403


async def test_what_makes_no_sense_is_refused_by_name(maya: httpx.AsyncClient) -> None:
    for path, params, field in REFUSED:
        address = str(maya.base_url).replace("/v1/", "/v2/").rstrip("/") + path
        answer = await maya.get(address, params=params)
        assert (answer.status_code, answer.json().get("field")) == (422, field), answer.text


async def _reports_are_of_the_account_and_for_those_who_may(
    v2: httpx.AsyncClient, told: SmallDesk, northgate: SmallDesk
) -> None:
    foreign = {"type": "inbox", "id": str(int(northgate.inbox))}
    assert (await v2.get("/reports/summary", params=foreign)).status_code == 404
    too_long = {"since": "0", "until": DAY["until"]}
    assert (await v2.get("/summary_reports/channel", params=too_long)).status_code == 400
    headers = {"api_access_token": told.tokens[told.agent]}
    async with httpx.AsyncClient(base_url=str(v2.base_url), headers=headers) as jonas:
        for path in ("/reports/summary", "/reports/agents", "/live_reports/conversation_metrics"):
            assert (await jonas.get(path)).status_code == 403
        assert (await jonas.get("/year_in_review")).status_code == 200


TEAMS = {"group_by": "team"}


async def _the_documented_operations_have_the_documented_shapes(
    v1: httpx.AsyncClient, v2: httpx.AsyncClient
) -> None:
    if not DOCUMENT.exists():
        return
    reference = Reference()
    for client, operation, path, params in (
        (v1, "get-account-reporting-events", "/reporting_events", {}),
        (v1, "get-conversation-reporting-events", "/conversations/1/reporting_events", {}),
        (v2, "list-all-conversation-statistics-summary", "/reports/summary", {"type": "account"}),
        (v2, "get-account-conversation-metrics", "/reports/conversations", {"type": "account"}),
        (v2, "get-agent-conversation-metrics", "/reports/conversations/", {"type": "agent"}),
        (v2, "get-channel-summary-report", "/summary_reports/channel", {}),
        (v2, "get-inbox-summary-report", "/summary_reports/inbox", {}),
        (v2, "get-agent-summary-report", "/summary_reports/agent", {}),
        (v2, "get-team-summary-report", "/summary_reports/team", {}),
        (
            v2,
            "get-first-response-time-distribution",
            "/reports/first_response_time_distribution",
            {},
        ),
        (v2, "get-inbox-label-matrix", "/reports/inbox_label_matrix", {}),
        (v2, "get-outgoing-messages-count", "/reports/outgoing_messages_count", TEAMS),
    ):
        answer = await _json(client, path, **DAY, **params)
        assert answer, path
        assert reference.faults(operation, answer) == [], operation
