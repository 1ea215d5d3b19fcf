"""Reading exports and their schedules."""

from datetime import datetime
from typing import Any, NamedTuple

from desk.store.transaction import TenantTx, WideTx
from desk.words.errors import NotFound
from desk.words.ids import AccountId

NEWEST = 100

_EXPORT = """
select e.id, e.report_type, e.format, e.start_date, e.end_date, e.state, e.progress, e.attempts,
       e.error, e.schedule_id, e.due_at, e.keep_days, e.file_key, e.file_size, e.row_count, e.meta,
       e.created_at, e.started_at, e.finished_at, e.expires_at, u.name as requested_by
from exports e left join users u on u.id = e.requested_by
where e.account_id = %s"""

_SCHEDULE = """
select s.id, s.report_type, s.format, s.cron, s.period, s.keep_days, s.active, s.next_due_at,
       s.created_at, a.time_zone,
       (select e.id from exports e where e.account_id = s.account_id and e.schedule_id = s.id
        order by e.due_at desc limit 1) as last_export_id
from export_schedules s join accounts a on a.id = s.account_id
where s.account_id = %s"""


class Waiting(NamedTuple):
    """An export that is still to be made, or a schedule that came due."""

    account_id: AccountId
    id: int


async def export(tx: TenantTx, export_id: int) -> dict[str, Any]:
    """One export of the account; raises NotFound."""
    row = await tx.first(f"{_EXPORT} and e.id = %s", [tx.account_id, export_id])
    if row is None:
        raise NotFound("export_not_found", "There is no such export.")
    return row


async def exports(tx: TenantTx, limit: int = NEWEST) -> list[dict[str, Any]]:
    """The account's exports, newest first."""
    return await tx.all(f"{_EXPORT} order by e.id desc limit %s", [tx.account_id, limit])


async def schedules(tx: TenantTx) -> list[dict[str, Any]]:
    """The account's schedules, oldest first."""
    return await tx.all(f"{_SCHEDULE} order by s.id", [tx.account_id])


async def schedule(tx: TenantTx, schedule_id: int) -> dict[str, Any]:
    """One schedule of the account; raises NotFound."""
    row = await tx.first(f"{_SCHEDULE} and s.id = %s", [tx.account_id, schedule_id])
    if row is None:
        raise NotFound("schedule_not_found", "There is no such scheduled export.")
    return row


async def due_schedules(tx: WideTx) -> list[Waiting]:
    """Schedules of all accounts at work that came due."""
    rows = await tx.all(
        """select s.account_id, s.id from export_schedules s join accounts a on a.id = s.account_id
           where s.active and s.next_due_at <= %s and not a.suspended
           order by s.next_due_at, s.id limit 500""",
        [tx.now],
    )
    return [Waiting(AccountId(row["account_id"]), row["id"]) for row in rows]


async def waiting_exports(tx: WideTx, lake_knows: datetime, limit: int) -> list[Waiting]:
    """What can be made from a lake that knows the desk up to an instant, fair across accounts.

    Also what some maker already works on: whoever takes one up needs its lock first.
    """
    rows = await tx.all(
        """select account_id, id from (
               select e.account_id, e.id,
                      row_number() over (partition by e.account_id order by e.id) as turn
               from exports e join accounts a on a.id = e.account_id
               where e.state in ('queued', 'running') and not a.suspended
                 and (e.retry_at is null or e.retry_at <= %s)
                 and (e.due_at is null or e.due_at <= %s)
           ) waiting order by turn, id limit %s""",
        [tx.now, lake_knows, limit],
    )
    return [Waiting(AccountId(row["account_id"]), row["id"]) for row in rows]
