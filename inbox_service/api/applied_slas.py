"""Service levels in conversations: what was missed, listed, counted, and as a file."""

from typing import Annotated, Any

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store import applied_slas
from desk.store import people as people_store
from desk.store.applied_slas import Wanted
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.words.errors import Invalid
from inbox_service.api.agents import Agent, shown
from inbox_service.api.answers import answers_file
from inbox_service.api.v2.asked import Since, Until, moment_of
from inbox_service.api.v2.files import csv_file

MOST_ROWS = 50_000
MOST_LABELS = 100


class BreachedConversation(msgspec.Struct):
    """The conversation of a missed service level; `id` is its number."""

    id: int
    contact: dict[str, Any]
    labels: list[str]
    assignee: Agent | None


class BreachedSla(msgspec.Struct):
    """A service level of which something was missed."""

    applied_sla: dict[str, Any]
    conversation: BreachedConversation
    sla_events: list[dict[str, Any]]


class BreachedMeta(msgspec.Struct):
    """How many there are in all."""

    count: int
    current_page: int


class BreachedPayload(msgspec.Struct):
    """A page of missed service levels."""

    payload: list[BreachedSla]
    meta: BreachedMeta


class SlaMetrics(msgspec.Struct):
    """How often a policy was applied and missed, and the share of the others."""

    total_applied_slas: int
    number_of_sla_misses: int
    hit_rate: str


def read_wanted(
    since: Since = None,
    until: Until = None,
    inbox_id: FromQuery[int | None] = None,
    team_id: FromQuery[int | None] = None,
    sla_policy_id: FromQuery[int | None] = None,
    assigned_agent_id: FromQuery[int | None] = None,
    label_list: Annotated[
        str | None,
        QueryParameter(max_length=2_000, description="Labels by title, separated by commas"),
    ] = None,
    labels: Annotated[
        list[str] | None, QueryParameter(name="label_list[]", max_items=MOST_LABELS)
    ] = None,
) -> Wanted:
    """Raises Invalid by the name of what makes no sense."""
    titles = [*(label_list or "").split(","), *(labels or ())]
    if any("\x00" in title for title in titles):
        raise Invalid("label_malformed", "A label holds a NUL character.", field="label_list")
    return Wanted(
        moment_of(since, "since"),
        moment_of(until, "until"),
        inbox_id,
        team_id,
        sla_policy_id,
        tuple(title.strip().lower() for title in titles if title.strip()),
        assigned_agent_id,
    )


WANTED = {"wanted": Provide(read_wanted, sync_to_thread=False)}


@get(
    "/applied_slas",
    operation_id="list-missed-slas",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=WANTED,
)
async def list_misses(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    wanted: NamedDependency[Wanted],
    page: Annotated[int, QueryParameter(ge=1, le=100_000)] = 1,
) -> BreachedPayload:
    """A page of those of which something was missed, the newest first."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await applied_slas.page_of_misses(tx, wanted, page)
        _, misses = await applied_slas.count_applied(tx, wanted)
        agents = await people_store.agents(tx) if rows else []
    by_id = {agent.id: agent for agent in await shown(agents, viewer.account_id, presence)}
    return BreachedPayload(
        [
            BreachedSla(
                row["applied_sla"],
                BreachedConversation(
                    row["display_id"],
                    row["contact"],
                    row["labels"],
                    by_id.get(row["assignee_id"]),
                ),
                row["sla_events"],
            )
            for row in rows
        ],
        BreachedMeta(misses, page),
    )


@get(
    "/applied_slas/metrics",
    operation_id="get-sla-metrics",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=WANTED,
)
async def get_metrics(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    wanted: NamedDependency[Wanted],
) -> SlaMetrics:
    """How many were applied and how many of them missed something."""
    async with desk.transaction(viewer.account_id) as tx:
        total, misses = await applied_slas.count_applied(tx, wanted)
    rate = f"{(total - misses) / total:.2%}" if misses else "100%"
    return SlaMetrics(total, misses, rate)


@get(
    "/applied_slas/download",
    operation_id="get-missed-slas-file",
    opt={"needs": Permission.SHOW_REPORTS},
    responses=answers_file("text/csv"),
    dependencies=WANTED,
)
async def download(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    wanted: NamedDependency[Wanted],
) -> Response[bytes]:
    """All of which something was missed, as CSV."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await applied_slas.rows_of_file(tx, wanted, MOST_ROWS + 1)
    if len(rows) > MOST_ROWS:
        raise Invalid("period_too_long", f"At most {MOST_ROWS} at a time.", field="since")
    site = f"{desk.settings.addresses.public_url}/app/accounts/{viewer.account_id}/conversations"
    header = ("Conversation ID", "SLA Policy", "Assignee", "Team", "Inbox", "Labels", "Link")
    return csv_file(
        "breached_conversation.csv",
        [
            (*header, "Breached Events"),
            *(
                (
                    row["display_id"],
                    row["policy"],
                    row["assignee"],
                    row["team"],
                    row["inbox"],
                    ", ".join(row["labels"]),
                    f"{site}/{row['display_id']}",
                    ", ".join(row["breached"]),
                )
                for row in rows
            ),
        ],
    )


router = Router("", route_handlers=[list_misses, get_metrics, download], tags=["SLA"])
