"""The single events that Chatwoot's numbers are made of."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.words.ids import DisplayId
from inbox_service.api.v2.asked import Since, Until, moment_of
from inbox_service.reports import Reports
from warehouse.chatwoot.noted import (
    PAGE,
    Wanted,
    count_of_events,
    events_of_conversation,
    page_of_events,
)


class ReportingEvent(msgspec.Struct):
    """Something that was measured; times in whole seconds."""

    id: int
    name: str
    value: float
    value_in_business_hours: float
    event_start_time: str
    event_end_time: str
    account_id: int
    conversation_id: int | None
    """The number people see; absent once the conversation is deleted."""
    inbox_id: int | None
    user_id: int | None
    created_at: str
    updated_at: str


class Meta(msgspec.Struct):
    """How many there are, and where in them this page is."""

    count: int
    current_page: int
    total_pages: int


class ReportingEvents(msgspec.Struct):
    """A page of them, the newest first."""

    payload: list[ReportingEvent]
    meta: Meta


@get(
    "/reporting_events",
    operation_id="get-account-reporting-events",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def list_events(
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    since: Since = None,
    until: Until = None,
    inbox_id: FromQuery[int | None] = None,
    of_user: Annotated[int | None, QueryParameter(name="user_id")] = None,
    name: Annotated[str | None, QueryParameter(max_length=64)] = None,
    page: Annotated[int, QueryParameter(ge=1, le=100_000)] = 1,
) -> ReportingEvents:
    """What was measured in the account, the newest first."""
    wanted = Wanted(
        moment_of(since, "since"), moment_of(until, "until"), inbox_id, of_user, name or None
    )
    count = await reports.ask(lambda lake: count_of_events(lake, viewer.account_id, wanted))
    rows = await reports.ask(lambda lake: page_of_events(lake, viewer.account_id, wanted, page))
    return ReportingEvents(
        [_shown(viewer, row) for row in rows], Meta(count, page, -(-count // PAGE))
    )


@get(
    "/conversations/{conversation_id:int}/reporting_events",
    operation_id="get-conversation-reporting-events",
    opt={"needs": Permission.CONVERSATIONS_READ},
)
async def list_events_of_conversation(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    conversation_id: FromPath[int],
) -> list[ReportingEvent]:
    """What was measured in one conversation, in the order in which it happened."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(
            tx, DisplayId(conversation_id), viewer, even_merged=True
        )
    rows = await reports.ask(
        lambda lake: events_of_conversation(lake, viewer.account_id, conversation.id)
    )
    return [_shown(viewer, row) for row in rows]


def _shown(viewer: Viewer, row: dict[str, Any]) -> ReportingEvent:
    written = _as_text(row["created_at"])
    return ReportingEvent(
        id=row["id"],
        name=row["name"],
        value=row["value"],
        value_in_business_hours=row["value_in_business_hours"],
        event_start_time=_as_text(row["started_at"]),
        event_end_time=_as_text(row["ended_at"]),
        account_id=viewer.account_id,
        conversation_id=row["display_id"],
        inbox_id=row["inbox_id"],
        user_id=row["agent_id"],
        created_at=written,
        updated_at=written,
    )


def _as_text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


router = Router("", route_handlers=[list_events, list_events_of_conversation], tags=["Reports"])
