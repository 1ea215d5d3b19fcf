"""Chatwoot's smaller reports: distributions, matrices, and what bots achieve."""

from enum import StrEnum
from typing import Annotated

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store import report_subjects
from desk.store.desk import Desk
from desk.words.channels import CHATWOOT_CHANNEL_TYPES, ChannelKind
from inbox_service.api.v2.asked import ASKED, Asked, one_of
from inbox_service.reports import Reports
from warehouse.chatwoot import breakdowns
from warehouse.chatwoot.breakdowns import BotMetrics
from warehouse.chatwoot.scope import Kind

MOST_IDS = 500

ByChannel = dict[str, dict[str, int]]
Ids = Annotated[list[int] | None, QueryParameter(name="inbox_ids[]", max_items=MOST_IDS)]
LabelIds = Annotated[list[int] | None, QueryParameter(name="label_ids[]", max_items=MOST_IDS)]


class Inbox(msgspec.Struct):
    """A row of the matrix."""

    id: int
    name: str


class Label(msgspec.Struct):
    """A column of the matrix."""

    id: int
    title: str


class Matrix(msgspec.Struct):
    """`matrix[i][j]`: conversations of `inboxes[i]` under `labels[j]`."""

    inboxes: list[Inbox]
    labels: list[Label]
    matrix: list[list[int]]


class Outgoing(msgspec.Struct):
    """How much was written by one agent, or for one team, inbox or label."""

    id: int
    name: str
    outgoing_messages_count: int


class Writer(StrEnum):
    """By what messages can be counted."""

    AGENT = "agent"
    TEAM = "team"
    INBOX = "inbox"
    LABEL = "label"


def by_chatwoots_names(found: ByChannel) -> ByChannel:
    """The same, by the names Chatwoot gives channels."""
    return {CHATWOOT_CHANNEL_TYPES[ChannelKind(channel)]: row for channel, row in found.items()}


@get(
    "/reports/bot_metrics",
    operation_id="get-bot-metrics",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def get_bot_metrics(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> BotMetrics:
    """What bots achieve in the inboxes where one works now; rates in whole percents."""
    async with desk.transaction(viewer.account_id) as tx:
        inboxes = await report_subjects.bot_inboxes(tx)
    return await reports.ask(
        lambda lake: breakdowns.bot_metrics(lake, viewer.account_id, inboxes, asked.window)
    )


@get(
    "/reports/first_response_time_distribution",
    operation_id="get-first-response-time-distribution",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def get_distribution(
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
) -> ByChannel:
    """By channel, how many first responses took how long."""
    found = await reports.ask(
        lambda lake: breakdowns.first_response_distribution(lake, viewer.account_id, asked.window)
    )
    return by_chatwoots_names(found)


@get(
    "/reports/inbox_label_matrix",
    operation_id="get-inbox-label-matrix",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def get_matrix(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
    inbox_ids: Ids = None,
    label_ids: LabelIds = None,
) -> Matrix:
    """How many conversations that began in the period each inbox has under each label."""
    async with desk.transaction(viewer.account_id) as tx:
        inboxes = await report_subjects.subjects(tx, Kind.INBOX)
        labels = await report_subjects.subjects(tx, Kind.LABEL)
    rows = [Inbox(one["id"], one["name"]) for one in inboxes if _is_wanted(one["id"], inbox_ids)]
    columns = [Label(one["id"], one["name"]) for one in labels if _is_wanted(one["id"], label_ids)]
    found = await reports.ask(
        lambda lake: breakdowns.inboxes_and_labels(lake, viewer.account_id, asked.window)
    )
    return Matrix(
        rows,
        columns,
        [[found.get((row.id, column.id), 0) for column in columns] for row in rows],
    )


@get(
    "/reports/outgoing_messages_count",
    operation_id="get-outgoing-messages-count",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=ASKED,
)
async def get_outgoing(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    asked: NamedDependency[Asked],
    group_by: Annotated[str | None, QueryParameter(description=", ".join(Writer))] = None,
) -> list[Outgoing]:
    """What went out in the period by agent, team, inbox or label, where anything did."""
    kind = Kind(one_of(Writer, group_by, "group_by"))
    async with desk.transaction(viewer.account_id) as tx:
        subjects = await report_subjects.subjects(tx, kind)
    found = await reports.ask(
        lambda lake: breakdowns.outgoing_messages(lake, viewer.account_id, kind, asked.window)
    )
    return [
        Outgoing(one["id"], one["name"], found[one["id"]]) for one in subjects if one["id"] in found
    ]


def _is_wanted(one: int, wanted: list[int] | None) -> bool:
    return not wanted or one in wanted


router = Router(
    "",
    route_handlers=[get_bot_metrics, get_distribution, get_matrix, get_outgoing],
    tags=["Reports"],
)
