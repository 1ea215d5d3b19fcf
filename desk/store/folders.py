"""How many conversations wait in each folder of the inbox page."""

from typing import Any

from desk.access.audience import Viewer
from desk.store.transaction import TenantTx

_COUNT = """
with cells as materialized (
    select c.status, c.label_id, c.inbox_id, c.team_id, c.assignee_id, c.n
    from conversation_tallies c
    where c.account_id = %(account)s and c.status in (0, 2, 3)
      and (c.status = 0 or c.label_id is null)
      and (%(all)s or c.inbox_id = any(%(inboxes)s::bigint[]) or c.assignee_id = %(me)s)
), waiting as (
    select inbox_id, team_id, assignee_id, n from cells where status = 0 and label_id is null
)
select coalesce((select sum(n) from waiting where assignee_id = %(me)s), 0)::bigint as mine,
       coalesce((select sum(n) from waiting where assignee_id is null), 0)::bigint as unassigned,
       coalesce((select sum(n) from waiting), 0)::bigint as "all",
       coalesce((select sum(n) from cells where status = 3), 0)::bigint as snoozed,
       coalesce((select sum(n) from cells where status = 2), 0)::bigint as pending,
       null as resolved,
       coalesce((select json_object_agg(inbox_id, n) from (
           select inbox_id, sum(n) as n from waiting group by 1 having sum(n) > 0) f), '{}') as inboxes,
       coalesce((select json_object_agg(team_id, n) from (
           select team_id, sum(n) as n from waiting where team_id is not null
           group by 1 having sum(n) > 0) f), '{}') as teams,
       coalesce((select json_object_agg(l.title, f.n) from (
           select label_id, sum(n) as n from cells where label_id is not null
           group by 1 having sum(n) > 0) f
           join labels l on l.account_id = %(account)s and l.id = f.label_id), '{}') as labels"""


async def folder_counts(tx: TenantTx, viewer: Viewer) -> dict[str, Any]:
    """Open conversations the viewer may see, by folder; and those put aside."""
    return await tx.one(
        _COUNT,
        {
            "account": tx.account_id,
            "me": viewer.user_id,
            "all": viewer.sees_all,
            "inboxes": sorted(viewer.inbox_ids),
        },
        prepare=False,
    )
