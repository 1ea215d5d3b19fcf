"""The queries that run all day find their rows by an index, however large the tables grow."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from desk.actions.apply_receipts import _FIND
from desk.actions.receive_messages import _KNOWN, _LOCK
from desk.store.desk import Desk
from desk.store.jobs import _CLAIM
from desk.store.outbox import EVENTS, INBOUND, next_unpublished, oldest_in_flight
from desk.store.transaction import WideTx
from streams.feeding import _PLACE

NOTHING: dict[str, Any] = {
    "accounts": [1],
    "inboxes": [1],
    "senders": ["x"],
    "phones": ["+1"],
    "emails": ["x@y.example"],
    "sources": ["wamid.1"],
    "refs": [1],
}


async def plan(tx: WideTx, sql: str, parameters: Mapping[str, Any] | list[Any]) -> str:
    """How Postgres would run it if reading or sorting whole tables were out of the question.

    The test's tables are nearly empty: left alone, it would read them whole, and be right.
    """
    for way in ("seqscan", "sort", "bitmapscan", "hashjoin", "mergejoin"):
        await tx.execute(f"set local enable_{way} = off")
    rows = await tx.all(f"explain {sql}", parameters, prepare=False)
    return "\n".join(row["QUERY PLAN"] for row in rows)


@pytest.mark.parametrize(
    ("sql", "parameters"),
    [(_KNOWN, NOTHING), (_LOCK, [[1], [1]]), (_FIND, NOTHING), (_PLACE, [500])],
    ids=["what is known of senders", "locking", "receipts", "feeding"],
)
async def test_hot_queries_read_no_whole_table(
    desk: Desk, sql: str, parameters: Mapping[str, Any] | list[Any]
) -> None:
    async with desk.transaction_across_accounts(reason="a test reads plans") as tx:
        found = await plan(tx, sql, parameters)
    assert "Seq Scan" not in found
    assert "Index Cond" in found or "ix_events_unfed" in found


async def test_claiming_walks_the_due_index(desk: Desk) -> None:
    async with desk.transaction_across_accounts(reason="a test reads plans") as tx:
        parameters = {"now": tx.now, "until": tx.now + timedelta(seconds=1), "limit": 8}
        found = await plan(tx, _CLAIM, {**parameters, "per_account": 4, "lowest": 9})
    assert "ix_jobs_due" in found
    assert "Seq Scan" not in found


@pytest.mark.parametrize(("log", "index"), [(INBOUND, "ix_inbound"), (EVENTS, "ix_events")])
async def test_the_relay_reads_what_is_left_to_do_and_nothing_else(
    desk: Desk, log: Any, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []

    async def explain(self: WideTx, sql: str, parameters: Any, **_: Any) -> Any:
        monkeypatch.undo()
        plans.append(await plan(self, sql, parameters))
        return []

    async with desk.transaction_across_accounts(reason="a test reads plans") as tx:
        monkeypatch.setattr(WideTx, "all", explain)
        await next_unpublished(tx, log, limit=500, at_most_bytes=1)
        monkeypatch.setattr(WideTx, "first", explain)
        await oldest_in_flight(tx, log, seconds=1)
    # While nothing is under way both hold the same rows, and the planner takes either.
    assert f"{index}_unpublished" in plans[0] or f"{index}_undone" in plans[0]
    assert "Seq Scan" not in plans[0]
    assert f"{index}_undone" in plans[1]
