"""Erasing what a closed account left: every table with rows of accounts, those that refer to others first."""

from typing import Any

from desk.store.transaction import WideTx
from desk.words.ids import AccountId

BATCH = 2_000
"""Rows of one table and transaction: nobody else's work waits for long."""

KEPT = ("lake_tombstones",)
"""What tells the lake to forget; it goes when the lake has."""

LAST = ("jobs", "job_attempts")
"""The obligation itself."""

_TABLES = """
select c.relname as name,
       array(select distinct r.relname::text from pg_constraint k
             join pg_class r on r.oid = k.conrelid
             where k.contype = 'f' and k.confrelid = c.oid and k.conrelid <> c.oid) as referrers
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"""


async def tables_in_order(tx: WideTx) -> list[str]:
    """The tables with rows of accounts, each after all that refer to it."""
    referrers: dict[str, set[str]] = {
        row["name"]: set(row["referrers"]) for row in await tx.all(_TABLES)
    }
    for name in KEPT:
        referrers.pop(name, None)
    ordered: list[str] = []
    while referrers:
        free = sorted(name for name, others in referrers.items() if not others & referrers.keys())
        if not free:
            raise LookupError(f"the tables {sorted(referrers)} refer to each other in a circle")
        ordered += free
        for name in free:
            del referrers[name]
    return [name for name in ordered if name not in LAST]


async def is_quiet(tx: WideTx, account_id: AccountId) -> bool:
    """Whether nothing of the account is under way any more."""
    row = await tx.one(
        """select exists (select from events where account_id = %(account)s and done_at is null)
               or exists (select from inbound where account_id = %(account)s and done_at is null)
               as busy""",
        {"account": account_id},
    )
    return not row["busy"]


async def erase_some(tx: WideTx, account_id: AccountId, table: str) -> int:
    """Delete a batch of the account's rows of a table; how many went."""
    return await tx.execute(
        f"""delete from {table} where ctid = any(array(
                select ctid from {table} where account_id = %s limit {BATCH} for update))""",
        [account_id],
    )


async def erase_the_rest(tx: WideTx, account_id: AccountId) -> None:
    """The obligation, and the account itself."""
    # A trigger may have noted a last change meanwhile.
    await tx.execute("delete from automation_versions where account_id = %s", [account_id])
    for table in reversed(LAST):
        await tx.execute(f"delete from {table} where account_id = %s", [account_id])
    await tx.execute("delete from accounts where id = %s and deleted_at is not null", [account_id])


async def closed_account(tx: WideTx, account_id: AccountId) -> dict[str, Any] | None:
    """The account, if it was closed and is still there."""
    return await tx.first(
        "select id, deleted_at from accounts where id = %s and deleted_at is not null",
        [account_id],
    )
