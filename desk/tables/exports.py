"""Exports of reports, and the schedules by which some of them come into being."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import EMPTY_JSON, Base, TenantRow, of_account, to_account


class ExportScheduleRow(TenantRow, Base):
    """A standing order: this report of the day, week or month before, whenever the cron says."""

    __tablename__ = "export_schedules"
    __table_args__ = (
        to_account(),
        Index("ix_export_schedules_due", "next_due_at", postgresql_where=text("active")),
    )

    report_type: Mapped[str] = mapped_column(String(64))
    format: Mapped[str] = mapped_column(String(16))
    cron: Mapped[str] = mapped_column(String(100))
    """Five fields, in the account's time zone."""
    period: Mapped[str] = mapped_column(String(32))
    keep_days: Mapped[int] = mapped_column(SmallInteger)
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    next_due_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ExportRow(TenantRow, Base):
    """One report as a file: asked for, being made, there to be fetched, or given up."""

    __tablename__ = "exports"
    __table_args__ = (
        to_account(),
        of_account("schedule_id", table="export_schedules"),
        UniqueConstraint("account_id", "schedule_id", "due_at"),
        Index("ix_exports_waiting", "id", postgresql_where=text("state in ('queued', 'running')")),
    )

    report_type: Mapped[str] = mapped_column(String(64))
    format: Mapped[str] = mapped_column(String(16))
    start_date: Mapped[date]
    end_date: Mapped[date]
    """The last day, included."""
    state: Mapped[str] = mapped_column(String(16), server_default="queued")
    progress: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    """Percent."""
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    retry_at: Mapped[datetime | None]
    error: Mapped[str | None]
    """Why the last try failed, as a sentence."""
    schedule_id: Mapped[int | None]
    due_at: Mapped[datetime | None]
    """When the schedule wanted it: made once, and only from a lake that knows the desk up to then."""
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    keep_days: Mapped[int] = mapped_column(SmallInteger)
    file_key: Mapped[str | None]
    file_size: Mapped[int | None]
    row_count: Mapped[int | None]
    meta: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    """Snapshot, freshness, definitions and time zone of the numbers in it."""
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


class FileToRemoveRow(TenantRow, Base):
    """A stored file whose row is gone: the file itself must still go."""

    __tablename__ = "files_to_remove"
    __table_args__ = (to_account(),)

    file_key: Mapped[str]
    created_at: Mapped[datetime]
