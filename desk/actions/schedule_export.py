"""Standing orders for exports: placed, changed, ended, and carried out when they are due."""

from typing import Any

from desk.actions.ask_export import queue_export
from desk.events.exports import ExportScheduleChanged, ExportScheduled, ExportScheduleEnded
from desk.rules.export_times import checked_cron, due_exports, next_due
from desk.store.accounts import account_of
from desk.store.transaction import TenantTx
from desk.tables.exports import ExportScheduleRow
from desk.words.actor import Actor, ActorKind
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.exports import Covered, ExportFormat, ReportType

MOST_SCHEDULES = 50
LONGEST_KEPT = 3650


async def schedule_export(
    tx: TenantTx,
    report_type: ReportType,
    to: ExportFormat,
    *,
    cron: str,
    period: Covered,
    keep_days: int,
    by: Actor,
) -> int:
    """From now on this report is exported whenever the cron comes due in the account's zone."""
    known = await tx.one(
        "select count(*) as n from export_schedules where account_id = %s", [tx.account_id]
    )
    if known["n"] >= MOST_SCHEDULES:
        raise Conflict("too_many_schedules", f"There are {MOST_SCHEDULES} schedules already.")
    cron = checked_cron(cron)
    zone = (await account_of(tx))["time_zone"]
    row = ExportScheduleRow(
        account_id=tx.account_id,
        report_type=report_type.value,
        format=to.value,
        cron=cron,
        period=period.value,
        keep_days=checked_keep_days(keep_days),
        next_due_at=next_due(cron, zone, tx.now),
        created_by=by.id if by.kind is ActorKind.USER else None,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.record(ExportScheduled(row.id, report_type.value, to.value), by=by)
    return row.id


async def change_schedule(
    tx: TenantTx, schedule_id: int, changes: dict[str, Any], *, by: Actor
) -> None:
    """Change what a schedule makes or when; a paused one misses its times for good."""
    row = await _locked(tx, schedule_id)
    new: dict[str, Any] = dict(changes)
    if "cron" in new:
        new["cron"] = checked_cron(new["cron"])
    if "keep_days" in new:
        checked_keep_days(new["keep_days"])
    changed = {name: value for name, value in new.items() if getattr(row, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(row, name, value)
    row.updated_at = tx.now
    if changed.keys() & {"cron", "active"}:
        row.next_due_at = next_due(row.cron, (await account_of(tx))["time_zone"], tx.now)
    tx.record(ExportScheduleChanged(schedule_id, sorted(changed)), by=by)


async def end_schedule(tx: TenantTx, schedule_id: int, *, by: Actor) -> None:
    """No more of these; what was made stays for its time."""
    row = await _locked(tx, schedule_id)
    await tx.execute(
        "update exports set schedule_id = null where account_id = %s and schedule_id = %s",
        [tx.account_id, schedule_id],
    )
    await tx.session.delete(row)
    tx.record(ExportScheduleEnded(schedule_id), by=by)


async def carry_out_schedule(tx: TenantTx, schedule_id: int) -> list[int]:
    """Queue what is due by now, each due time once however often this is called; the new ids."""
    row = await tx.session.get(
        ExportScheduleRow, (tx.account_id, schedule_id), with_for_update=True
    )
    if row is None or not row.active or row.next_due_at > tx.now:
        return []
    zone = (await account_of(tx))["time_zone"]
    queued = []
    for due in due_exports(row.cron, zone, Covered(row.period), row.next_due_at, tx.now):
        export_id = await queue_export(
            tx,
            ReportType(row.report_type),
            due.first,
            due.last,
            ExportFormat(row.format),
            keep_days=row.keep_days,
            by=Actor.system(),
            schedule_id=schedule_id,
            due_at=due.at,
        )
        if export_id is not None:
            queued.append(export_id)
    row.next_due_at = next_due(row.cron, zone, tx.now)
    return queued


def checked_keep_days(days: int) -> int:
    """The days themselves; raises Invalid."""
    if not 1 <= days <= LONGEST_KEPT:
        raise Invalid(
            "keep_days_out_of_range", f"keep_days is 1 to {LONGEST_KEPT}.", field="keep_days"
        )
    return days


async def _locked(tx: TenantTx, schedule_id: int) -> ExportScheduleRow:
    row = await tx.session.get(
        ExportScheduleRow, (tx.account_id, schedule_id), with_for_update=True
    )
    if row is None:
        raise NotFound("schedule_not_found", "There is no such scheduled export.")
    return row
