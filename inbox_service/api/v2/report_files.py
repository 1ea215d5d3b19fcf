"""Six of Chatwoot's reports as CSV."""

from collections import Counter
from datetime import timedelta
from typing import Annotated

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store import report_subjects
from desk.store.desk import Desk
from desk.words.channels import CHATWOOT_CHANNEL_TYPES, ChannelKind
from inbox_service.api.answers import answers_file
from inbox_service.api.v2.asked import ASKED, Asked
from inbox_service.api.v2.files import Cell, csv_file, how_long
from inbox_service.api.v2.summary_reports import rows_by_subject
from inbox_service.reports import Reports
from warehouse.chatwoot import numbers
from warehouse.chatwoot.by_subject import Row
from warehouse.chatwoot.numbers import IN_SUMMARY, Name
from warehouse.chatwoot.scope import Kind, Scope
from warehouse.chatwoot.window import Every, Window, midnight

FIRST_RESPONSE = "Avg first response time"
RESOLUTION = "Avg resolution time"
WAITING = "Avg customer waiting time"
RESOLUTIONS = "Resolution Count"


@get(
    "/reports/agents",
    operation_id="get-agents-report-file",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
    responses=answers_file("text/csv"),
)
async def agents_file(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> Response[bytes]:
    """Every agent's numbers."""
    header = ("Agent name", "Assigned conversations")
    return await _table(desk, viewer, reports, asked, Kind.AGENT, header, WAITING)


@get(
    "/reports/teams",
    operation_id="get-teams-report-file",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
    responses=answers_file("text/csv"),
)
async def teams_file(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> Response[bytes]:
    """Every team's numbers."""
    header = ("Team name", "Conversations count")
    return await _table(desk, viewer, reports, asked, Kind.TEAM, header, WAITING)


@get(
    "/reports/labels",
    operation_id="get-labels-report-file",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
    responses=answers_file("text/csv"),
)
async def labels_file(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> Response[bytes]:
    """Every label's numbers."""
    header = ("Label", "No. of conversations")
    return await _table(desk, viewer, reports, asked, Kind.LABEL, header, "Avg reply time")


@get(
    "/reports/inboxes",
    operation_id="get-inboxes-report-file",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
    responses=answers_file("text/csv"),
)
async def inboxes_file(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> Response[bytes]:
    """Every inbox's numbers; every column has its name."""
    async with desk.transaction(viewer.account_id) as tx:
        kinds = {
            one["id"]: CHATWOOT_CHANNEL_TYPES[ChannelKind(one["channel"])]
            for one in await report_subjects.subjects(tx, Kind.INBOX)
        }
    found = await rows_by_subject(desk, viewer, reports, asked, Kind.INBOX)
    header = ("Inbox name", "Inbox type", "No. of conversations", FIRST_RESPONSE, RESOLUTION)
    return csv_file(
        "inboxes_report.csv",
        [
            *_period(asked.window),
            (*header, WAITING, RESOLUTIONS),
            *((name, kinds.get(inbox, ""), *_cells(row)) for inbox, name, row in found),
        ],
    )


@get(
    "/reports/conversations_summary",
    operation_id="get-conversations-summary-file",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
    responses=answers_file("text/csv"),
)
async def conversations_file(
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> Response[bytes]:
    """The account's seven metrics in one row."""
    found = await reports.ask(
        lambda lake: numbers.totals(
            lake, Scope(viewer.account_id), IN_SUMMARY, asked.window, business=asked.business
        )
    )
    now = found["current"]
    header = ("Conversations", "Messages received", "Messages sent", FIRST_RESPONSE, RESOLUTION)
    return csv_file(
        "conversations_summary_report.csv",
        [
            *_period(asked.window),
            (*header, "Resolution count", WAITING),
            (
                now[Name.CONVERSATIONS],
                now[Name.INCOMING],
                now[Name.OUTGOING],
                how_long(now[Name.FIRST_RESPONSE]),
                how_long(now[Name.RESOLUTION_TIME]),
                now[Name.RESOLUTIONS],
                how_long(now[Name.REPLY_TIME]),
            ),
        ],
    )


@get(
    "/reports/conversation_traffic",
    operation_id="get-conversation-traffic-file",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
    responses=answers_file("text/csv"),
)
async def traffic_file(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
    days_before: Annotated[int, QueryParameter(ge=1, le=366)] = 6,
) -> Response[bytes]:
    """Conversations by local hour for the days before today."""
    today = desk.clock.now().astimezone(asked.zone).date()
    days = [today - timedelta(days=back) for back in range(days_before, 0, -1)]
    window = Window(midnight(days[0], asked.zone), midnight(today, asked.zone))
    found = await reports.ask(
        lambda lake: numbers.series(
            lake, Scope(viewer.account_id), Name.CONVERSATIONS, window, Every.HOUR, asked.zone
        )
    )
    counts: Counter[tuple[object, int]] = Counter()
    for bucket in found:
        local = bucket.start.astimezone(asked.zone)
        counts[local.date(), local.hour] += bucket.n
    rows: list[tuple[Cell, ...]] = [
        ("Timezone", str(asked.zone)),
        ("Start of the hour", *(day.isoformat() for day in days)),
    ]
    for hour in range(24):
        cells: list[Cell] = [counts[day, hour] for day in days]
        rows.append((f"{hour:02}:00", *cells))
    return csv_file("conversation_traffic_reports.csv", rows)


async def _table(
    desk: Desk,
    viewer: Viewer,
    reports: Reports,
    asked: Asked,
    kind: Kind,
    header: tuple[str, str],
    waiting: str,
) -> Response[bytes]:
    found = await rows_by_subject(desk, viewer, reports, asked, kind)
    rows: list[tuple[Cell, ...]] = [
        *_period(asked.window),
        (*header, FIRST_RESPONSE, RESOLUTION, waiting, RESOLUTIONS),
        *((name, *_cells(row)) for _, name, row in found),
    ]
    return csv_file(f"{kind}s_report.csv", rows)


def _period(window: Window) -> list[tuple[Cell, ...]]:
    said = f"Reporting period {window.since:%Y-%m-%d} to {window.until:%Y-%m-%d}"
    return [(said,), ()]


def _cells(row: Row) -> tuple[Cell, ...]:
    return (
        row.conversations,
        how_long(row.first_response_time),
        how_long(row.resolution_time),
        how_long(row.reply_time),
        row.resolved,
    )


router = Router(
    "",
    route_handlers=[
        agents_file,
        teams_file,
        labels_file,
        inboxes_file,
        conversations_file,
        traffic_file,
    ],
    tags=["Reports"],
)
