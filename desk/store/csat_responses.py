"""Customers' ratings, listed and counted."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from desk.shapes.contact import CONTACT
from desk.store.transaction import TenantTx

PAGE = 25


class Wanted(Struct, frozen=True):
    """Which ratings are asked for; what is absent leaves all of them in."""

    since: datetime | None = None
    until: datetime | None = None
    user_ids: tuple[int, ...] = ()
    inbox_id: int | None = None
    team_id: int | None = None
    """The conversation's team now."""
    rating: int | None = None


_FROM = """
from csat_surveys s
join conversations c on c.account_id = s.account_id and c.id = s.conversation_id
join contacts k on k.account_id = s.account_id and k.id = s.contact_id
left join users u on u.id = s.agent_id
where s.account_id = %(account)s and s.answered_at is not null
  and (%(since)s::timestamptz is null or s.answered_at >= %(since)s)
  and (%(until)s::timestamptz is null or s.answered_at < %(until)s)
  and (cardinality(%(users)s::bigint[]) = 0 or s.agent_id = any(%(users)s))
  and (%(inbox)s::bigint is null or c.inbox_id = %(inbox)s)
  and (%(team)s::bigint is null or c.team_id = %(team)s)
  and (%(rating)s::int is null or s.rating = %(rating)s)"""


async def page_of_responses(
    tx: TenantTx, wanted: Wanted, *, page: int, oldest_first: bool
) -> list[dict[str, Any]]:
    """A page of them, by when they were given; the contact as clients see it."""
    way = "asc" if oldest_first else "desc"
    return await tx.all(
        f"""select s.id, s.rating, s.feedback, s.message_id, c.display_id, s.agent_id,
                   extract(epoch from s.answered_at)::bigint as answered_at, {CONTACT} as contact
            {_FROM} order by s.answered_at {way}, s.id {way} limit %(limit)s offset %(offset)s""",
        _terms(tx, wanted) | {"limit": PAGE, "offset": (page - 1) * PAGE},
    )


async def rows_of_file(tx: TenantTx, wanted: Wanted, most: int) -> list[dict[str, Any]]:
    """Up to so many of them, newest first, as a file has them."""
    return await tx.all(
        f"""select u.name as agent, s.rating, s.feedback, k.name, k.email, k.phone_number,
                   c.display_id, s.answered_at
            {_FROM} order by s.answered_at desc, s.id desc limit %(limit)s""",
        _terms(tx, wanted) | {"limit": most},
    )


async def count_by_rating(tx: TenantTx, wanted: Wanted) -> dict[int, int]:
    """How many ratings there are of each kind."""
    rows = await tx.all(
        f"select s.rating, count(*) as n {_FROM} group by s.rating", _terms(tx, wanted)
    )
    return {row["rating"]: row["n"] for row in rows}


async def count_asked(tx: TenantTx, since: datetime | None, until: datetime | None) -> int:
    """How many customers of the whole account were asked."""
    row = await tx.one(
        """select count(*) as n from csat_surveys where account_id = %(account)s
             and (%(since)s::timestamptz is null or asked_at >= %(since)s)
             and (%(until)s::timestamptz is null or asked_at < %(until)s)""",
        {"account": tx.account_id, "since": since, "until": until},
    )
    return int(row["n"])


def _terms(tx: TenantTx, wanted: Wanted) -> dict[str, Any]:
    return {
        "account": tx.account_id,
        "since": wanted.since,
        "until": wanted.until,
        "users": list(wanted.user_ids),
        "inbox": wanted.inbox_id,
        "team": wanted.team_id,
        "rating": wanted.rating,
    }
