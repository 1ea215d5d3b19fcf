"""Chatwoot's summaries: a row for every agent, team, inbox, label or channel."""

from datetime import timedelta

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store import report_subjects
from desk.store.desk import Desk
from inbox_service.api.v2.asked import ASKED, Asked
from inbox_service.api.v2.breakdowns import ByChannel, by_chatwoots_names
from inbox_service.reports import Reports
from warehouse.chatwoot import breakdowns
from warehouse.chatwoot.by_subject import NOTHING, Row, by_subject
from warehouse.chatwoot.scope import Kind

HALF_A_YEAR = timedelta(days=184)


class SummaryRow(msgspec.Struct):
    """One agent's, team's or inbox's numbers; averages in seconds, null without any."""

    id: int
    conversations_count: int
    resolved_conversations_count: int
    avg_resolution_time: float | None
    avg_first_response_time: float | None
    avg_reply_time: float | None


class LabelRow(SummaryRow):
    """One label's numbers; its averages are zero without any."""

    name: str


@get(
    "/summary_reports/agent",
    operation_id="get-agent-summary-report",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def by_agent(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> list[SummaryRow]:
    """Every agent: what is theirs now, and what they were noted for in the period."""
    return await _summary(desk, viewer, reports, asked, Kind.AGENT)


@get(
    "/summary_reports/team",
    operation_id="get-team-summary-report",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def by_team(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> list[SummaryRow]:
    """Every team, by the conversations that are its now."""
    return await _summary(desk, viewer, reports, asked, Kind.TEAM)


@get(
    "/summary_reports/inbox",
    operation_id="get-inbox-summary-report",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def by_inbox(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> list[SummaryRow]:
    """Every inbox."""
    return await _summary(desk, viewer, reports, asked, Kind.INBOX)


@get(
    "/summary_reports/label",
    operation_id="get-label-summary-report",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def by_label(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> list[LabelRow]:
    """Every label; averages are of the conversations that began in the period."""
    found = await rows_by_subject(desk, viewer, reports, asked, Kind.LABEL)
    return [
        LabelRow(
            id=subject,
            name=name,
            conversations_count=row.conversations,
            resolved_conversations_count=row.resolved,
            avg_resolution_time=row.resolution_time or 0,
            avg_first_response_time=row.first_response_time or 0,
            avg_reply_time=row.reply_time or 0,
        )
        for subject, name, row in found
    ]


@get(
    "/summary_reports/channel",
    operation_id="get-channel-summary-report",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def by_channel(
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> ByChannel:
    """By channel, what became of the conversations that began in at most half a year."""
    if asked.window.until - asked.window.since > HALF_A_YEAR:
        raise HTTPException("The period may be six months at most.", status_code=400)
    found = await reports.ask(
        lambda lake: breakdowns.channels_by_status(lake, viewer.account_id, asked.window)
    )
    return by_chatwoots_names(found)


async def rows_by_subject(
    desk: Desk, viewer: Viewer, reports: Reports, asked: Asked, kind: Kind
) -> list[tuple[int, str, Row]]:
    """Every subject the account has now, with its name and its numbers."""
    async with desk.transaction(viewer.account_id) as tx:
        subjects = await report_subjects.subjects(tx, kind)
    found = await reports.ask(
        lambda lake: by_subject(
            lake, viewer.account_id, kind, asked.window, business=asked.business
        )
    )
    return [(one["id"], one["name"], found.get(one["id"], NOTHING)) for one in subjects]


async def _summary(
    desk: Desk, viewer: Viewer, reports: Reports, asked: Asked, kind: Kind
) -> list[SummaryRow]:
    return [
        SummaryRow(
            subject,
            row.conversations,
            row.resolved,
            row.resolution_time,
            row.first_response_time,
            row.reply_time,
        )
        for subject, _, row in await rows_by_subject(desk, viewer, reports, asked, kind)
    ]


router = Router(
    "",
    route_handlers=[by_agent, by_team, by_inbox, by_label, by_channel],
    tags=["Reports"],
)
