"""How many conversations there are right now: counted in Postgres, as fresh as the last commit."""

from collections.abc import Mapping
from typing import Any

from desk.store.transaction import TenantTx

_UNATTENDED = "(first_reply_created_at is null or waiting_since is not null)"

CONDITIONS: Mapping[str, str] = {
    "open": "status = 0",
    "unattended": f"status = 0 and {_UNATTENDED}",
    "unassigned": "status = 0 and assignee_id is null",
    "pending": "status = 2",
}
"""Which conversations each number counts: for whoever lists them."""

GROUPED_BY = ("team_id", "assignee_id")


async def conversation_metrics(tx: TenantTx, team_id: int | None = None) -> dict[str, int]:
    """Open, unattended, unassigned and pending ones."""
    counts = ", ".join(
        f"count(*) filter (where {which}) as {name}" for name, which in CONDITIONS.items()
    )
    return dict(
        await tx.one(
            f"""select {counts}
                from conversations where account_id = %(account)s and status in (0, 2)
                  and (%(team)s::bigint is null or team_id = %(team)s)""",
            {"account": tx.account_id, "team": team_id},
        )
    )


async def grouped_metrics(tx: TenantTx, by: str) -> list[dict[str, Any]]:
    """The open ones by team or by assignee, those of nobody among them."""
    if by not in GROUPED_BY:
        raise ValueError(f"cannot group by {by}")
    return await tx.all(
        f"""select {by}, count(*) as open,
                   count(*) filter (where {_UNATTENDED}) as unattended,
                   count(*) filter (where assignee_id is null) as unassigned
            from conversations where account_id = %s and status = 0
            group by {by} order by {by} nulls last""",
        [tx.account_id],
    )


async def open_by_agent(tx: TenantTx, agent_ids: list[int]) -> dict[int, dict[str, int]]:
    """For each of the agents: how many are open, and how many of these unattended."""
    rows = await tx.all(
        f"""select assignee_id, count(*) as open,
                   count(*) filter (where {_UNATTENDED}) as unattended
            from conversations
            where account_id = %s and status = 0 and assignee_id = any(%s) group by assignee_id""",
        [tx.account_id, agent_ids],
    )
    return {
        row["assignee_id"]: {"open": row["open"], "unattended": row["unattended"]} for row in rows
    }
