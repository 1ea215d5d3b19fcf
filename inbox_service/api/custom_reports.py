"""Reports for programs: the numbers of the report pages, out of the same functions."""

from datetime import date, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store import people as people_store
from desk.store.accounts import account_of
from desk.store.desk import Desk
from desk.words.errors import Invalid
from desk.words.exports import LONGEST_DAYS
from inbox_service.reports import Reports
from warehouse.period import Period

USUAL_DAYS = 30


class ReportMeta(msgspec.Struct):
    """From which state of the lake and by which definitions the numbers were made."""

    snapshot: int
    fresh_at: str
    definitions: dict[str, int]
    start_date: str
    end_date: str
    time_zone: str


class AgentPerformanceReport(msgspec.Struct):
    """One row an agent; durations in seconds, null where there is no value."""

    data: list[dict[str, Any]]
    meta: ReportMeta


class ConversationTrendsReport(msgspec.Struct):
    """Conversations by the day on which they began."""

    data: dict[str, Any]
    meta: ReportMeta


First = Annotated[date | None, QueryParameter(description="First day, in the account's time zone")]
Last = Annotated[date | None, QueryParameter(description="Last day, included")]


@get(
    "/custom_reports/agent_performance",
    operation_id="agent-performance-report",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def get_agent_performance(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    start_date: First = None,
    end_date: Last = None,
) -> AgentPerformanceReport:
    """What each agent did in the period, as the report page shows it; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        zone = (await account_of(tx))["time_zone"]
        names = {row["id"]: row["name"] for row in await people_store.agents(tx)}
    period = _period(desk, zone, start_date, end_date)
    report = await reports.agent_performance(viewer.account_id, period)
    return AgentPerformanceReport(report.data(names), _meta(report.meta, period, zone))


@get(
    "/custom_reports/conversation_trends",
    operation_id="conversation-trends-report",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def get_conversation_trends(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    start_date: First = None,
    end_date: Last = None,
) -> ConversationTrendsReport:
    """Conversations by the day on which they began, as the report page shows them; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        zone = (await account_of(tx))["time_zone"]
    period = _period(desk, zone, start_date, end_date)
    report = await reports.conversation_trends(viewer.account_id, period)
    return ConversationTrendsReport(report.data(), _meta(report.meta, period, zone))


def _period(desk: Desk, zone: str, first: date | None, last: date | None) -> Period:
    """The days asked for; where they are not said, the thirty up to today."""
    end = last or desk.clock.now().astimezone(ZoneInfo(zone)).date()
    start = first or end - timedelta(days=USUAL_DAYS - 1)
    if end < start:
        raise Invalid(
            "period_ends_before_it_begins", "end_date is before start_date.", field="end_date"
        )
    if (end - start).days >= LONGEST_DAYS:
        raise Invalid(
            "period_too_long", f"At most {LONGEST_DAYS} days at a time.", field="start_date"
        )
    return Period.of_days(start, end)


def _meta(found: Any, period: Period, zone: str) -> ReportMeta:
    return ReportMeta(
        snapshot=found.snapshot,
        fresh_at=found.fresh_at,
        definitions=found.definitions,
        start_date=period.start.isoformat(),
        end_date=period.last.isoformat(),
        time_zone=zone,
    )


router = Router(
    "", route_handlers=[get_agent_performance, get_conversation_trends], tags=["Reports"]
)
