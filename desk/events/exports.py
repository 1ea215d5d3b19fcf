"""Facts about exports, their schedules, and what the house forgot."""

from datetime import date, datetime

import msgspec


class ExportAsked(msgspec.Struct, frozen=True, tag="export_asked"):
    """A report was asked for as a file, by somebody or by a schedule."""

    export_id: int
    report_type: str
    format: str
    start: date
    end: date
    schedule_id: int | None = None


class ExportMade(msgspec.Struct, frozen=True, tag="export_made"):
    """The file is there."""

    export_id: int
    rows: int
    size: int
    snapshot: int


class ExportFailed(msgspec.Struct, frozen=True, tag="export_failed"):
    """The file could not be made, and nobody tries any more; the row says why."""

    export_id: int
    attempts: int


class ExportRemoved(msgspec.Struct, frozen=True, tag="export_removed"):
    """An export was kept for as long as it should be, and is gone."""

    export_id: int


class ExportScheduled(msgspec.Struct, frozen=True, tag="export_scheduled"):
    """A report is from now on exported by the clock."""

    schedule_id: int
    report_type: str
    format: str


class ExportScheduleChanged(msgspec.Struct, frozen=True, tag="export_schedule_changed"):
    """A standing order was changed, paused or taken up again."""

    schedule_id: int
    fields: list[str]


class ExportScheduleEnded(msgspec.Struct, frozen=True, tag="export_schedule_ended"):
    """A standing order ended; what it made stays for its time."""

    schedule_id: int


class RecordsForgotten(msgspec.Struct, frozen=True, tag="records_forgotten"):
    """Old records of a kind were deleted as the retention settings want it."""

    kind: str
    count: int
    before: datetime
