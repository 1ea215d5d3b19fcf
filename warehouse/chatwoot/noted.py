"""The single events that Chatwoot's numbers are made of."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from desk.words.ids import AccountId
from warehouse.lake import Lake
from warehouse.literals import literal
from warehouse.view import View

PAGE = 25


class Wanted(Struct, frozen=True):
    """Which events are asked for; what is absent leaves all of them in."""

    since: datetime | None = None
    until: datetime | None = None
    inbox_id: int | None = None
    user_id: int | None = None
    name: str | None = None
    conversation_id: int | None = None


def count_of_events(lake: Lake, account: AccountId, wanted: Wanted) -> int:
    """How many there are."""
    ((n,),) = lake.rows(f"select count(*) from {_rows(wanted, View.newest(lake, account))}")
    return int(n)


def page_of_events(
    lake: Lake, account: AccountId, wanted: Wanted, page: int
) -> list[dict[str, Any]]:
    """The newest first, a page at a time."""
    return _listed(lake, account, wanted, f"desc limit {PAGE} offset {(page - 1) * PAGE}")


def events_of_conversation(
    lake: Lake, account: AccountId, conversation_id: int
) -> list[dict[str, Any]]:
    """All of one conversation, in the order in which they happened."""
    return _listed(lake, account, Wanted(conversation_id=conversation_id), "asc limit 1000")


def _listed(lake: Lake, account: AccountId, wanted: Wanted, how: str) -> list[dict[str, Any]]:
    view = View.newest(lake, account)
    way = how.partition(" ")[0]
    found = lake.result(
        f"""
        select e.id, e.name, e.value::double as value,
               e.value_in_business_hours::double as value_in_business_hours,
               e.started_at, e.ended_at, c.display_id, e.inbox_id, e.agent_id, e.created_at
        from {_rows(wanted, view)} as e
        left join (select * from {view.of("raw.conversations")}
                   where account_id = {int(account)}) as c on c.id = e.conversation_id
        order by e.created_at {way}, e.id {how}"""
    )
    names = [name for name, _ in found.columns]
    return [dict(zip(names, row, strict=True)) for row in found.rows]


def _rows(wanted: Wanted, view: View) -> str:
    where = [f"account_id = {int(view.account)}"]
    if wanted.since is not None:
        where.append(f"created_at >= {literal(wanted.since)}")
    if wanted.until is not None:
        where.append(f"created_at < {literal(wanted.until)}")
    for column, value in (
        ("inbox_id", wanted.inbox_id),
        ("agent_id", wanted.user_id),
        ("name", wanted.name),
        ("conversation_id", wanted.conversation_id),
    ):
        if value is not None:
            where.append(f"{column} = {literal(value)}")
    return f"(select * from {view.of('facts.reporting_event')} where {' and '.join(where)})"
