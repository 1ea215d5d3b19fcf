"""How many conversations hold something that nobody has read."""

from typing import Any

from desk.access.audience import Viewer
from desk.store.transaction import TenantTx

_UNREAD = """
select c.inbox_id, c.team_id, c.label_ids, count(*) as n
from conversations c
where c.account_id = %(account)s and c.status = 0 and c.unread_count > 0
  and (%(all)s or c.inbox_id = any(%(mine)s) or c.assignee_id = %(me)s)
group by 1, 2, 3"""


async def unread_counts(tx: TenantTx, viewer: Viewer) -> dict[str, Any]:
    """Open ones the viewer may see: all, and by inbox, label and team."""
    rows = await tx.all(
        _UNREAD,
        {
            "account": tx.account_id,
            "all": viewer.sees_all,
            "mine": sorted(viewer.inbox_ids),
            "me": viewer.user_id,
        },
        prepare=False,
    )
    ids = sorted({label_id for row in rows for label_id in row["label_ids"]})
    named = await tx.all(
        "select id, title from labels where account_id = %s and id = any(%s)",
        [tx.account_id, ids],
    )
    titles = {row["id"]: row["title"] for row in named}
    counts: dict[str, Any] = {"all_count": 0, "inboxes": {}, "labels": {}, "teams": {}}
    for row in rows:
        counts["all_count"] += row["n"]
        _add(counts["inboxes"], str(row["inbox_id"]), row["n"])
        if row["team_id"] is not None:
            _add(counts["teams"], str(row["team_id"]), row["n"])
        for label_id in row["label_ids"]:
            if label_id in titles:
                _add(counts["labels"], titles[label_id], row["n"])
    return counts


def _add(to: dict[str, int], key: str, n: int) -> None:
    to[key] = to.get(key, 0) + n
