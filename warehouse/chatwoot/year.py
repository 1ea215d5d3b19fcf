"""A person's year, as Chatwoot's review tells it."""

from datetime import UTC, date, datetime

from msgspec import Struct

from desk.words.ids import AccountId, UserId
from warehouse.chatwoot.scope import Kind, Scope
from warehouse.chatwoot.sources import conversations, events
from warehouse.chatwoot.window import Window
from warehouse.lake import Lake
from warehouse.view import View


class Year(Struct, frozen=True):
    """What one agent's year came to."""

    total_conversations: int
    busiest_day: date | None
    on_busiest_day: int
    average_response_seconds: float | None


def year_of(lake: Lake, account: AccountId, user: UserId, year: int) -> Year:
    """By the conversations that are the agent's now, and the first responses that were."""
    window = Window(datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    view = View.newest(lake, account)
    scope = Scope(account, Kind.AGENT, int(user))
    days = lake.rows(
        f"""select "at"::date as day, count(*) as n
            from {conversations(scope, window, view)} group by day order by n desc, day"""
    )
    ((average,),) = lake.rows(
        f"select avg(value) from {events(scope, window, view)} where name = 'first_response'"
    )
    busiest, most = days[0] if days else (None, 0)
    return Year(sum(n for _, n in days), busiest, most, average)
