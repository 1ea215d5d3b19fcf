"""How service levels stand: missed ones listed, all counted, and what falls due soon."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from desk.shapes.contact import CONTACT
from desk.shapes.sla import APPLIED_SLA, SLA_EVENTS
from desk.store.transaction import TenantTx

PAGE = 25

SOON = timedelta(minutes=30)

LIVE: Mapping[str, str] = {
    "breaching_soon": "a.next_due_at <= %(soon)s",
    "missed_open": "a.sla_status = 3 and c.merged_into_id is null",
}
"""Which promises (`a`, of the conversations `c`) each live number counts: for whoever lists them."""


class Wanted(Struct, frozen=True):
    """Which applied policies are asked for; what is absent leaves all of them in."""

    since: datetime | None = None
    until: datetime | None = None
    inbox_id: int | None = None
    team_id: int | None = None
    sla_policy_id: int | None = None
    labels: tuple[str, ...] = ()
    """Conversations that bear any of them."""
    assigned_agent_id: int | None = None


_FROM = """
from applied_slas a
join conversations c on c.account_id = a.account_id and c.id = a.conversation_id
where a.account_id = %(account)s and c.merged_into_id is null
  and (%(since)s::timestamptz is null or a.created_at >= %(since)s)
  and (%(until)s::timestamptz is null or a.created_at < %(until)s)
  and (%(inbox)s::bigint is null or c.inbox_id = %(inbox)s)
  and (%(team)s::bigint is null or c.team_id = %(team)s)
  and (%(policy)s::bigint is null or a.sla_policy_id = %(policy)s)
  and (%(agent)s::bigint is null or c.assignee_id = %(agent)s)
  and (cardinality(%(labels)s::text[]) = 0 or c.label_ids && array(
      select l.id from labels l where l.account_id = a.account_id and l.title = any(%(labels)s)))"""

_MISSES = "and a.sla_status in (2, 3)"

_LABELS = """coalesce((select json_agg(l.title order by l.title) from labels l
    where l.account_id = c.account_id and l.id = any(c.label_ids)), '[]'::json)"""


async def page_of_misses(tx: TenantTx, wanted: Wanted, page: int) -> list[dict[str, Any]]:
    """A page of those that missed something, the newest first."""
    return await tx.all(
        f"""select c.display_id, c.assignee_id, ({APPLIED_SLA}) as applied_sla,
                   ({SLA_EVENTS}) as sla_events, {_LABELS} as labels, {CONTACT} as contact
            from (select a.id, a.conversation_id {_FROM} {_MISSES}
                  order by a.id desc limit %(limit)s offset %(offset)s) page
            join conversations c on c.account_id = %(account)s and c.id = page.conversation_id
            join contacts k on k.account_id = c.account_id and k.id = c.contact_id
            order by page.id desc""",
        _terms(tx, wanted) | {"limit": PAGE, "offset": (page - 1) * PAGE},
    )


async def count_applied(tx: TenantTx, wanted: Wanted) -> tuple[int, int]:
    """How many there are, and how many of them missed something."""
    row = await tx.one(
        f"""select count(*) as total, count(*) filter (where a.sla_status in (2, 3)) as misses
            {_FROM}""",
        _terms(tx, wanted),
    )
    return int(row["total"]), int(row["misses"])


async def rows_of_file(tx: TenantTx, wanted: Wanted, most: int) -> list[dict[str, Any]]:
    """Up to so many of those that missed something, as a file has them."""
    return await tx.all(
        f"""select c.display_id, p.name as policy, u.name as assignee, t.name as team,
                   i.name as inbox, {_LABELS} as labels,
                   array(select (array['frt','nrt','rt'])[e.event_type + 1] from sla_events e
                         where e.account_id = c.account_id and e.applied_sla_id = page.id
                         order by e.id) as breached
            from (select a.id, a.conversation_id, a.sla_policy_id {_FROM} {_MISSES}
                  order by a.id desc limit %(limit)s) page
            join conversations c on c.account_id = %(account)s and c.id = page.conversation_id
            join sla_policies p on p.account_id = c.account_id and p.id = page.sla_policy_id
            join inboxes i on i.account_id = c.account_id and i.id = c.inbox_id
            left join teams t on t.account_id = c.account_id and t.id = c.team_id
            left join users u on u.id = c.assignee_id
            order by page.id desc""",
        _terms(tx, wanted) | {"limit": most},
    )


async def due_soon(tx: TenantTx) -> dict[str, int]:
    """Promises about to be broken, and running ones of which something was missed already."""
    counts = ", ".join(
        f"""(select count(*) from applied_slas a
             join conversations c on c.account_id = a.account_id and c.id = a.conversation_id
             where a.account_id = %(account)s and {which}) as {name}"""
        for name, which in LIVE.items()
    )
    return dict(await tx.one(f"select {counts}", {"account": tx.account_id, "soon": tx.now + SOON}))


def _terms(tx: TenantTx, wanted: Wanted) -> dict[str, Any]:
    return {
        "account": tx.account_id,
        "since": wanted.since,
        "until": wanted.until,
        "inbox": wanted.inbox_id,
        "team": wanted.team_id,
        "policy": wanted.sla_policy_id,
        "agent": wanted.assigned_agent_id,
        "labels": list(wanted.labels),
    }
