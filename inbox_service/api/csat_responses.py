"""How customers rated their conversations: listed, counted, and as a file."""

from typing import Annotated, Any

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store import csat_responses
from desk.store import people as people_store
from desk.store.csat_responses import Wanted
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.words.errors import Invalid
from inbox_service.api.agents import Agent, shown
from inbox_service.api.answers import answers_file
from inbox_service.api.v2.asked import Since, Until, moment_of
from inbox_service.api.v2.files import csv_file

MOST_ROWS = 50_000
MOST_IDS = 500


class CsatResponse(msgspec.Struct):
    """One customer's rating."""

    id: int
    rating: int
    feedback_message: str | None
    account_id: int
    message_id: int
    contact: dict[str, Any]
    conversation_id: int
    assigned_agent: Agent | None
    """The last who replied before the question went out."""
    created_at: int


class CsatMetrics(msgspec.Struct):
    """How many of each; what was sent counts the whole account's."""

    total_count: int
    ratings_count: dict[str, int]
    total_sent_messages_count: int


def read_wanted(
    since: Since = None,
    until: Until = None,
    user_ids: Annotated[
        list[int] | None, QueryParameter(name="user_ids[]", max_items=MOST_IDS)
    ] = None,
    inbox_id: FromQuery[int | None] = None,
    team_id: FromQuery[int | None] = None,
    rating: Annotated[int | None, QueryParameter(ge=1, le=5)] = None,
) -> Wanted:
    """Raises Invalid by the name of what makes no sense."""
    return Wanted(
        moment_of(since, "since"),
        moment_of(until, "until"),
        tuple(user_ids or ()),
        inbox_id,
        team_id,
        rating,
    )


WANTED = {"wanted": Provide(read_wanted, sync_to_thread=False)}


@get(
    "/csat_survey_responses",
    operation_id="list-csat-survey-responses",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=WANTED,
)
async def list_responses(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    wanted: NamedDependency[Wanted],
    page: Annotated[int, QueryParameter(ge=1, le=100_000)] = 1,
    sort: Annotated[str, QueryParameter(description="created_at or -created_at")] = "-created_at",
) -> list[CsatResponse]:
    """A page of ratings, the newest first unless asked otherwise."""
    if sort not in ("created_at", "-created_at"):
        raise Invalid("unknown_sort", "sort must be created_at or -created_at.", field="sort")
    async with desk.transaction(viewer.account_id) as tx:
        rows = await csat_responses.page_of_responses(
            tx, wanted, page=page, oldest_first=sort == "created_at"
        )
        agents = await people_store.agents(tx) if rows else []
    by_id = {agent.id: agent for agent in await shown(agents, viewer.account_id, presence)}
    return [
        CsatResponse(
            id=row["id"],
            rating=row["rating"],
            feedback_message=row["feedback"],
            account_id=viewer.account_id,
            message_id=row["message_id"],
            contact=row["contact"],
            conversation_id=row["display_id"],
            assigned_agent=by_id.get(row["agent_id"]),
            created_at=row["answered_at"],
        )
        for row in rows
    ]


@get(
    "/csat_survey_responses/metrics",
    operation_id="get-csat-metrics",
    opt={"needs": Permission.SHOW_REPORTS},
    dependencies=WANTED,
)
async def get_metrics(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    wanted: NamedDependency[Wanted],
) -> CsatMetrics:
    """How many ratings of each kind there are, and how many customers were asked."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await csat_responses.count_by_rating(tx, wanted)
        asked = await csat_responses.count_asked(tx, wanted.since, wanted.until)
    ratings = {str(rating): found.get(rating, 0) for rating in range(1, 6)}
    return CsatMetrics(sum(ratings.values()), ratings, asked)


@get(
    "/csat_survey_responses/download",
    operation_id="get-csat-file",
    opt={"needs": Permission.SHOW_REPORTS},
    responses=answers_file("text/csv"),
    dependencies=WANTED,
)
async def download(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    wanted: NamedDependency[Wanted],
) -> Response[bytes]:
    """All ratings asked for, as CSV; the period stands last."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await csat_responses.rows_of_file(tx, wanted, MOST_ROWS + 1)
    if len(rows) > MOST_ROWS:
        raise Invalid("period_too_long", f"At most {MOST_ROWS} ratings at a time.", field="since")
    site = f"{desk.settings.addresses.public_url}/app/accounts/{viewer.account_id}/conversations"
    header = ("Agent Name", "Rating", "Feedback Comment", "Contact Name")
    table = [
        (
            row["agent"],
            row["rating"],
            row["feedback"],
            row["name"],
            row["email"],
            row["phone_number"],
            f"{site}/{row['display_id']}",
            row["answered_at"].strftime("%Y-%m-%d %H:%M:%S UTC"),
        )
        for row in rows
    ]
    since, until = wanted.since, wanted.until
    period = (
        [(), (f"Reporting period {since:%Y-%m-%d} to {until:%Y-%m-%d}",)] if since and until else []
    )
    return csv_file(
        "csat_report.csv",
        [
            (
                *header,
                "Contact Email Address",
                "Contact Phone Number",
                "Link to the conversation",
                "Recorded date",
            ),
            *table,
            *period,
        ],
    )


router = Router("", route_handlers=[list_responses, get_metrics, download], tags=["Reports"])
