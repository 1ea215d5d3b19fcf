"""How many conversations wait in each folder of the inbox page."""

from typing import Any

from desk.access.audience import Viewer
from desk.store.transaction import TenantTx

_SEEN = "(%(all)s or c.inbox_id = any(%(mine)s) or c.assignee_id = %(me)s)"

_OPEN = f"""
select c.assignee_id is null as unassigned, c.assignee_id = %(me)s as mine, c.inbox_id, c.team_id,
       count(*) as n
from conversations c where c.account_id = %(account)s and c.status = 0 and {_SEEN}
group by 1, 2, 3, 4"""

_LABELS = f"""
select l.title, counted.n from (
    select label_id, count(*) as n
    from conversations c, unnest(c.label_ids) label_id
    where c.account_id = %(account)s and c.status = 0 and {_SEEN} group by label_id
) counted join labels l on l.account_id = %(account)s and l.id = counted.label_id"""

_ASIDE = f"""
select count(*) filter (where c.status = 2) as pending,
       count(*) filter (where c.status = 3) as snoozed
from conversations c where c.account_id = %(account)s and c.status in (2, 3) and {_SEEN}"""


async def folder_counts(tx: TenantTx, viewer: Viewer) -> dict[str, Any]:
    """Open conversations the viewer may see, by folder; and those put aside."""
    parameters = {
        "account": tx.account_id,
        "me": viewer.user_id,
        "all": viewer.sees_all,
        "mine": sorted(viewer.inbox_ids),
    }
    counts: dict[str, Any] = {"mine": 0, "unassigned": 0, "all": 0}
    inboxes: dict[str, int] = {}
    teams: dict[str, int] = {}
    for row in await tx.all(_OPEN, parameters, prepare=False):
        counts["all"] += row["n"]
        counts["mine"] += row["n"] if row["mine"] else 0
        counts["unassigned"] += row["n"] if row["unassigned"] else 0
        _add(inboxes, row["inbox_id"], row["n"])
        if row["team_id"] is not None:
            _add(teams, row["team_id"], row["n"])
    aside = await tx.one(_ASIDE, parameters, prepare=False)
    labels = await tx.all(_LABELS, parameters, prepare=False)
    return counts | {
        "snoozed": aside["snoozed"],
        "pending": aside["pending"],
        "resolved": None,
        "inboxes": inboxes,
        "teams": teams,
        "labels": {row["title"]: row["n"] for row in labels},
    }


def _add(to: dict[str, int], key: int, n: int) -> None:
    to[str(key)] = to.get(str(key), 0) + n
