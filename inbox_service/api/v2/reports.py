"""Chatwoot's reports: nine metrics bucket by bucket, and as totals beside the period before."""

from typing import Annotated, Any

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store import report_subjects
from desk.store.desk import Desk
from desk.words.errors import Invalid
from inbox_service.api.v2.asked import ASKED, Asked, one_of
from inbox_service.reports import Reports
from warehouse.chatwoot import numbers
from warehouse.chatwoot.numbers import AVERAGES, IN_SUMMARY, OF_BOTS, Name
from warehouse.chatwoot.scope import Kind, Scope
from warehouse.chatwoot.window import Every


class Point(msgspec.Struct, omit_defaults=True):
    """One bucket of a series; `count` stands beside averages."""

    value: float | int
    timestamp: int
    """The bucket's first instant."""
    count: int | None = None


class Totals(msgspec.Struct):
    """Seven metrics of a period; averages in seconds, null where nothing was noted."""

    conversations_count: int
    incoming_messages_count: int
    outgoing_messages_count: int
    avg_first_response_time: float | None
    avg_resolution_time: float | None
    resolutions_count: int
    reply_time: float | None


class Summary(Totals):
    """They, and the same of the period before."""

    previous: Totals


class BotTotals(msgspec.Struct):
    """What bots did in a period."""

    bot_resolutions_count: int
    bot_handoffs_count: int


class BotSummary(BotTotals):
    """It, and the same of the period before."""

    previous: BotTotals


Type = Annotated[str | None, QueryParameter(description="account, inbox, agent, label or team")]
Id = Annotated[int | None, QueryParameter(description="Which one, unless it is the account")]


@get(
    "/reports",
    operation_id="list-all-conversation-statistics",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def get_series(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
    metric: Annotated[str | None, QueryParameter(description=", ".join(Name))] = None,
    type: Type = None,
    id: Id = None,
    group_by: Annotated[str | None, QueryParameter(description=", ".join(Every))] = None,
) -> list[Point]:
    """One metric, bucket by bucket; buckets without anything are zero."""
    name = one_of(Name, metric, "metric")
    every = one_of(Every, group_by or "day", "group_by")
    scope = await _scope(desk, viewer, type, id)
    found = await reports.ask(
        lambda lake: numbers.series(
            lake, scope, name, asked.window, every, asked.zone, business=asked.business
        )
    )
    if name in AVERAGES:
        return [Point(one.average or 0, int(one.start.timestamp()), one.n) for one in found]
    return [Point(one.n, int(one.start.timestamp())) for one in found]


@get(
    "/reports/summary",
    operation_id="list-all-conversation-statistics-summary",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def get_summary(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
    type: Type = None,
    id: Id = None,
) -> Summary:
    """Seven metrics of the period, and of as long a time before it."""
    found = await _totals(desk, viewer, reports, asked, type, id, IN_SUMMARY)
    return Summary(**found["current"], previous=Totals(**found["previous"]))


@get(
    "/reports/bot_summary",
    operation_id="get-bot-summary",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def get_bot_summary(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
    type: Type = None,
    id: Id = None,
) -> BotSummary:
    """What bots resolved and handed over in the period, and in as long a time before it."""
    found = await _totals(desk, viewer, reports, asked, type or "account", id, OF_BOTS)
    return BotSummary(**found["current"], previous=BotTotals(**found["previous"]))


async def _totals(
    desk: Desk,
    viewer: Viewer,
    reports: Reports,
    asked: Asked,
    kind: str | None,
    subject: int | None,
    names: tuple[Name, ...],
) -> dict[str, dict[str, Any]]:
    scope = await _scope(desk, viewer, kind, subject)
    return await reports.ask(
        lambda lake: numbers.totals(lake, scope, names, asked.window, business=asked.business)
    )


async def _scope(desk: Desk, viewer: Viewer, kind: str | None, subject: int | None) -> Scope:
    """Whom the report is about; raises Invalid or NotFound."""
    about = one_of(Kind, kind, "type")
    if about is Kind.ACCOUNT:
        return Scope(viewer.account_id)
    if subject is None:
        raise Invalid("id_missing", f"id must say which {about}.", field="id")
    async with desk.transaction(viewer.account_id) as tx:
        await report_subjects.must_be_here(tx, about, subject)
    return Scope(viewer.account_id, about, subject)


router = Router("", route_handlers=[get_series, get_summary, get_bot_summary], tags=["Reports"])
