"""Ask for a report as a file; it is made a moment later, elsewhere."""

from datetime import date, datetime

from desk.events.exports import ExportAsked
from desk.store.transaction import TenantTx
from desk.words.actor import Actor, ActorKind
from desk.words.errors import Invalid
from desk.words.exports import LONGEST_DAYS, ExportFormat, ReportType


async def ask_export(
    tx: TenantTx,
    report_type: ReportType,
    start: date,
    end: date,
    to: ExportFormat,
    *,
    keep_days: int,
    by: Actor,
) -> int:
    """Queue an export of whole local days, both included; its id."""
    if end < start:
        raise Invalid(
            "period_ends_before_it_begins", "end is before start.", field="date_range.end"
        )
    if (end - start).days >= LONGEST_DAYS:
        raise Invalid(
            "period_too_long", f"At most {LONGEST_DAYS} days at a time.", field="date_range.start"
        )
    export_id = await queue_export(tx, report_type, start, end, to, keep_days=keep_days, by=by)
    if export_id is None:
        raise LookupError("an export without a schedule is never there already")
    return export_id


async def queue_export(
    tx: TenantTx,
    report_type: ReportType,
    start: date,
    end: date,
    to: ExportFormat,
    *,
    keep_days: int,
    by: Actor,
    schedule_id: int | None = None,
    due_at: datetime | None = None,
) -> int | None:
    """The row and its fact; nothing when the schedule's export of that time is there already."""
    row = await tx.first(
        """insert into exports (account_id, report_type, format, start_date, end_date, keep_days,
                                requested_by, schedule_id, due_at, created_at)
           values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
           on conflict (account_id, schedule_id, due_at) do nothing returning id""",
        [
            tx.account_id,
            report_type.value,
            to.value,
            start,
            end,
            keep_days,
            by.id if by.kind is ActorKind.USER else None,
            schedule_id,
            due_at,
            tx.now,
        ],
    )
    if row is None:
        return None
    tx.record(
        ExportAsked(row["id"], report_type.value, to.value, start, end, schedule_id),
        by=by,
    )
    return int(row["id"])
