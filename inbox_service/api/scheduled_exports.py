"""Exports by the clock: an account's standing orders."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.schedule_export import change_schedule, end_schedule, schedule_export
from desk.store import exports as export_store
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.errors import Invalid
from desk.words.exports import Covered, ExportFormat, ReportType, understood_as

USUAL_KEEP_DAYS = 30


class ScheduledExport(msgspec.Struct):
    """A report, the days it covers, and when it is made."""

    id: int
    report_type: str
    format: str
    cron: str
    """In the account's time zone."""
    time_zone: str
    period: str
    keep_days: int
    active: bool
    next_due_at: datetime | None
    last_export_id: int | None
    created_at: datetime


class ScheduledExportList(msgspec.Struct):
    """The oldest first."""

    data: list[ScheduledExport]


class ScheduleExport(msgspec.Struct):
    """Have a report exported by the clock."""

    report_type: str | None = None
    cron: str | None = None
    period: str = Covered.PREVIOUS_DAY.value
    format: str = ExportFormat.CSV.value
    keep_days: int = USUAL_KEEP_DAYS


class ChangeSchedule(msgspec.Struct):
    """What can be changed about it."""

    report_type: str | msgspec.UnsetType = msgspec.UNSET
    cron: str | msgspec.UnsetType = msgspec.UNSET
    period: str | msgspec.UnsetType = msgspec.UNSET
    format: str | msgspec.UnsetType = msgspec.UNSET
    keep_days: int | msgspec.UnsetType = msgspec.UNSET
    active: bool | msgspec.UnsetType = msgspec.UNSET


@get(
    "/custom_reports/scheduled_exports",
    operation_id="list-scheduled-exports",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def list_schedules(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]
) -> ScheduledExportList:
    """The account's scheduled exports; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        return ScheduledExportList([_shown(row) for row in await export_store.schedules(tx)])


@post(
    "/custom_reports/scheduled_exports",
    operation_id="schedule-an-export",
    opt={"needs": Permission.SHOW_REPORTS},
    status_code=200,
)
async def create_schedule(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    data: JSONBody[ScheduleExport],
) -> ScheduledExport:
    """Have a report exported by the clock; ours."""
    for field in ("report_type", "cron"):
        if getattr(data, field) is None:
            raise Invalid("missing", f"{field} is missing.", field=field)
    async with desk.transaction(viewer.account_id) as tx:
        schedule_id = await schedule_export(
            tx,
            understood_as(ReportType, data.report_type or "", field="report_type"),
            understood_as(ExportFormat, data.format, field="format"),
            cron=data.cron or "",
            period=understood_as(Covered, data.period, field="period"),
            keep_days=data.keep_days,
            by=Actor.user(viewer.user_id),
        )
        return _shown(await export_store.schedule(tx, schedule_id))


@get(
    "/custom_reports/scheduled_exports/{schedule_id:int}",
    operation_id="get-a-scheduled-export",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def get_schedule(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], schedule_id: FromPath[int]
) -> ScheduledExport:
    """One scheduled export; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        return _shown(await export_store.schedule(tx, schedule_id))


@patch(
    "/custom_reports/scheduled_exports/{schedule_id:int}",
    operation_id="change-a-scheduled-export",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def update_schedule(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    schedule_id: FromPath[int],
    data: JSONBody[ChangeSchedule],
) -> ScheduledExport:
    """Change, pause or take up a scheduled export; ours."""
    changes: dict[str, Any] = msgspec.to_builtins(data)
    if "report_type" in changes:
        understood_as(ReportType, changes["report_type"], field="report_type")
    if "period" in changes:
        understood_as(Covered, changes["period"], field="period")
    if "format" in changes:
        understood_as(ExportFormat, changes["format"], field="format")
    async with desk.transaction(viewer.account_id) as tx:
        await change_schedule(tx, schedule_id, changes, by=Actor.user(viewer.user_id))
        return _shown(await export_store.schedule(tx, schedule_id))


@delete(
    "/custom_reports/scheduled_exports/{schedule_id:int}",
    operation_id="end-a-scheduled-export",
    opt={"needs": Permission.SHOW_REPORTS},
    status_code=200,
)
async def delete_schedule(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], schedule_id: FromPath[int]
) -> None:
    """End a scheduled export; what it made stays for its time; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        await end_schedule(tx, schedule_id, by=Actor.user(viewer.user_id))


def _shown(row: dict[str, Any]) -> ScheduledExport:
    next_due_at = row["next_due_at"] if row["active"] else None
    return ScheduledExport(**{**row, "next_due_at": next_due_at})


router = Router(
    "",
    route_handlers=[
        list_schedules,
        create_schedule,
        get_schedule,
        update_schedule,
        delete_schedule,
    ],
    tags=["Reports"],
)
