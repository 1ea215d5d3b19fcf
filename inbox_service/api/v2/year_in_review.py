"""What a person's year came to."""

from typing import Annotated

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store.desk import Desk
from inbox_service.reports import Reports
from warehouse.chatwoot.year import year_of


class BusiestDay(msgspec.Struct):
    """The day on which most of the conversations began."""

    date: str
    count: int


class SupportPersonality(msgspec.Struct):
    """How fast the first answers came."""

    avg_response_time_seconds: int


class YearInReview(msgspec.Struct):
    """The asking agent's own year."""

    year: int
    total_conversations: int
    busiest_day: BusiestDay | None
    support_personality: SupportPersonality


@get("/year_in_review", operation_id="get-year-in-review", opt={"needs": Permission.DESK_READ})
async def get_year_in_review(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    reports: NamedDependency[Reports],
    year: Annotated[int | None, QueryParameter(ge=2000, le=2999)] = None,
) -> YearInReview:
    """Your own year, this one unless another is named."""
    which = year or desk.clock.now().year
    found = await reports.ask(lambda lake: year_of(lake, viewer.account_id, viewer.user_id, which))
    busiest = found.busiest_day
    return YearInReview(
        which,
        found.total_conversations,
        None if busiest is None else BusiestDay(f"{busiest:%b %d}", found.on_busiest_day),
        SupportPersonality(int(found.average_response_seconds or 0)),
    )


router = Router("", route_handlers=[get_year_in_review], tags=["Reports"])
