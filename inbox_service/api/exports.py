"""Reports as files: asked for here, made elsewhere, fetched here."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.ask_export import ask_export
from desk.store import exports as export_store
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.exports import ExportFormat, ExportState, ReportType, understood_as
from inbox_service.api.answers import answers_file
from inbox_service.auth.links import BY_LINK, Links

LONGEST_KEPT = 3650

ForExcel = Annotated[
    bool, QueryParameter(description="Begin a CSV with the mark by which Excel knows its encoding")
]
BOM = b"\xef\xbb\xbf"

MEDIA_TYPES = {
    ExportFormat.CSV: "text/csv",
    ExportFormat.PARQUET: "application/vnd.apache.parquet",
}


class DateRange(msgspec.Struct):
    """Whole days in the account's time zone, both included."""

    start: str | None = None
    end: str | None = None


class ExportReport(msgspec.Struct):
    """Ask for a report as a file."""

    report_type: str | None = None
    date_range: DateRange | None = None
    format: str | None = None


class QueuedExport(msgspec.Struct):
    """It will be made in a moment."""

    status: str
    message: str
    export_id: int


class Export(msgspec.Struct):
    """How far an export is, and where its file is once there is one."""

    export_id: int
    report_type: str
    format: str
    date_range: dict[str, str]
    state: str
    """`queued`, `running`, `done` or `failed`."""
    progress: int
    """Percent."""
    download_url: str | None
    """Ends to work after an hour; ask again for a new one."""
    error: str | None
    attempts: int
    rows: int | None
    size: int | None
    requested_by: str | None
    scheduled_export_id: int | None
    due_at: datetime | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime | None
    meta: dict[str, Any]
    """Snapshot, freshness, definitions and time zone of the numbers."""


class ExportList(msgspec.Struct):
    """The newest first."""

    data: list[Export]


@post(
    "/custom_reports/export",
    operation_id="export-a-report",
    opt={"needs": Permission.SHOW_REPORTS},
    status_code=200,
)
async def export_report(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    data: JSONBody[ExportReport],
) -> QueuedExport:
    """Ask for a report as a CSV or Parquet file; ours."""
    report = understood_as(ReportType, _given(data.report_type, "report_type"), field="report_type")
    days = data.date_range or DateRange()
    start = day(_given(days.start, "date_range.start"), "date_range.start")
    end = day(_given(days.end, "date_range.end"), "date_range.end")
    to = understood_as(ExportFormat, _given(data.format, "format"), field="format")
    kept = desk.settings.retention.exports_days or LONGEST_KEPT
    async with desk.transaction(viewer.account_id) as tx:
        export_id = await ask_export(
            tx, report, start, end, to, keep_days=kept, by=Actor.user(viewer.user_id)
        )
    message = "The export is being made. Ask for it by its export_id."
    return QueuedExport(ExportState.QUEUED.value, message, export_id)


@get(
    "/custom_reports/exports",
    operation_id="list-exports",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def list_exports(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], links: NamedDependency[Links]
) -> ExportList:
    """The account's exports; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await export_store.exports(tx)
    return ExportList([_shown(row, viewer, links) for row in rows])


@get(
    "/custom_reports/exports/{export_id:int}",
    operation_id="get-an-export",
    opt={"needs": Permission.SHOW_REPORTS},
)
async def get_export(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    links: NamedDependency[Links],
    export_id: FromPath[int],
) -> Export:
    """How far an export is, and where to fetch it; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        row = await export_store.export(tx, export_id)
    return _shown(row, viewer, links)


@get(
    "/custom_reports/exports/{export_id:int}/file",
    operation_id="download-an-export",
    opt={"needs": Permission.SHOW_REPORTS, BY_LINK: True},
    responses=answers_file("*/*"),
)
async def download_export(
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    viewer: NamedDependency[Viewer],
    export_id: FromPath[int],
    spreadsheet: ForExcel = False,
) -> Stream:
    """The file, to whoever may see reports; by its link also without signing in; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        row = await export_store.export(tx, export_id)
    if row["file_key"] is None:
        raise NotFound("export_has_no_file", "The export has no file yet.")
    try:
        size, content = await files.read(viewer.account_id, row["file_key"])
    except FileNotFoundError:
        raise NotFound("file_gone", "The file is no longer stored.") from None
    to = ExportFormat(row["format"])
    mark = BOM if spreadsheet and to is ExportFormat.CSV else b""

    async def whole() -> Any:
        if mark:
            yield mark
        async for piece in content:
            yield piece

    return Stream(
        whole(),
        media_type=MEDIA_TYPES[to],
        headers={
            "Content-Disposition": f'attachment; filename="{_file_name(row)}"',
            "Content-Length": str(size + len(mark)),
            "Cache-Control": "private, no-store",
        },
    )


def day(text: str, field: str) -> date:
    """The day; raises Invalid naming the field."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("no_such_day", f"{text!r} is no day; give 2026-11-30.", field=field) from None


def _given(value: str | None, field: str) -> str:
    if value is None:
        raise Invalid("missing", f"{field} is missing.", field=field)
    return value


def _shown(row: dict[str, Any], viewer: Viewer, links: Links) -> Export:
    export_id = row["id"]
    path = f"/api/v1/accounts/{int(viewer.account_id)}/custom_reports/exports/{export_id}/file"
    there = row["state"] == ExportState.DONE
    return Export(
        export_id=export_id,
        report_type=row["report_type"],
        format=row["format"],
        date_range={"start": row["start_date"].isoformat(), "end": row["end_date"].isoformat()},
        state=row["state"],
        progress=row["progress"],
        download_url=links.to(path, viewer.user_id) if there else None,
        error=row["error"],
        attempts=row["attempts"],
        rows=row["row_count"],
        size=row["file_size"],
        requested_by=row["requested_by"],
        scheduled_export_id=row["schedule_id"],
        due_at=row["due_at"],
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        expires_at=row["expires_at"],
        meta=row["meta"],
    )


def _file_name(row: dict[str, Any]) -> str:
    days = f"{row['start_date'].isoformat()}_{row['end_date'].isoformat()}"
    return f"{row['report_type']}_{days}.{row['format']}"


router = Router(
    "",
    route_handlers=[export_report, list_exports, get_export, download_export],
    tags=["Reports"],
)
