"""How it stands at this moment: straight from Postgres, not from the lake."""

from typing import Annotated, Any

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store import applied_slas, live_metrics
from desk.store import people as people_store
from desk.store.desk import Desk
from desk.store.live_metrics import GROUPED_BY
from desk.store.presence import Presence
from desk.words.errors import Invalid
from inbox_service.api.agents import shown

PAGE = 25


class LiveMetrics(msgspec.Struct):
    """Conversations that are open, and how many of them nobody has answered or holds."""

    open: int
    unattended: int
    unassigned: int
    pending: int


class LiveSla(msgspec.Struct):
    """Promises that fall due in half an hour, and running ones with something missed."""

    breaching_soon: int
    missed_open: int


class AgentLoad(msgspec.Struct):
    """What one agent has open."""

    open: int
    unattended: int


class AgentMetrics(msgspec.Struct):
    """An agent and what they have open."""

    id: int
    name: str
    email: str
    thumbnail: str
    availability: str
    metric: AgentLoad


Page = Annotated[int, QueryParameter(ge=1, le=100_000)]


@get(
    "/reports/conversations",
    operation_id="get-account-conversation-metrics",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def get_conversations(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    type: Annotated[str, QueryParameter(description="account or agent")] = "account",
    page: Page = 1,
) -> LiveMetrics | list[AgentMetrics]:
    """The account's open conversations, or those of a page of agents, the busiest first."""
    if type == "account":
        async with desk.transaction(viewer.account_id) as tx:
            return LiveMetrics(**await live_metrics.conversation_metrics(tx))
    if type != "agent":
        raise Invalid("unknown_type", "type must be account or agent.", field="type")
    async with desk.transaction(viewer.account_id) as tx:
        everybody = sorted(await people_store.agents(tx), key=lambda row: int(row["id"]))
        rows = everybody[(page - 1) * PAGE : page * PAGE]
        found = await live_metrics.open_by_agent(tx, [row["id"] for row in rows])
    loads = [
        AgentMetrics(
            agent.id,
            agent.name,
            agent.email,
            agent.thumbnail,
            agent.availability_status,
            AgentLoad(**found.get(agent.id, {"open": 0, "unattended": 0})),
        )
        for agent in await shown(rows, viewer.account_id, presence)
    ]
    return sorted(loads, key=lambda agent: -agent.metric.open)


@get(
    "/live_reports/conversation_metrics",
    operation_id="get-live-conversation-metrics",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def get_live_metrics(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    team_id: Annotated[int | None, QueryParameter(description="One team's only")] = None,
) -> LiveMetrics:
    """The open and pending conversations of the account or of one team."""
    async with desk.transaction(viewer.account_id) as tx:
        return LiveMetrics(**await live_metrics.conversation_metrics(tx, team_id))


@get(
    "/live_reports/grouped_conversation_metrics",
    operation_id="get-grouped-conversation-metrics",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def get_grouped_metrics(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    group_by: Annotated[str | None, QueryParameter(description=", ".join(GROUPED_BY))] = None,
) -> list[dict[str, Any]]:
    """The open conversations by team or by agent; null stands for none."""
    if group_by not in GROUPED_BY:
        raise Invalid(
            "unknown_group_by", f"group_by must be {' or '.join(GROUPED_BY)}.", field="group_by"
        )
    async with desk.transaction(viewer.account_id) as tx:
        return await live_metrics.grouped_metrics(tx, group_by)


@get(
    "/live_reports/sla",
    operation_id="get-live-sla",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def get_live_sla(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> LiveSla:
    """What is about to be missed, and what is missed and still open."""
    async with desk.transaction(viewer.account_id) as tx:
        return LiveSla(**await applied_slas.due_soon(tx))


router = Router(
    "",
    route_handlers=[get_conversations, get_live_metrics, get_grouped_metrics, get_live_sla],
    tags=["Reports"],
)
