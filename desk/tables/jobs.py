"""Obligations: what must still be done, with every try recorded."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, of_account, to_account


class JobRow(TenantRow, Base):
    """One thing to do once, no earlier than `due_at`."""

    __tablename__ = "jobs"
    __table_args__ = (
        to_account(),
        UniqueConstraint("account_id", "kind", "key"),
        Index(
            "ix_jobs_due",
            "priority",
            "due_at",
            "id",
            postgresql_where=text("done_at is null and failed_at is null"),
        ),
    )

    kind: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(128))
    """What it is about: the same kind and key are one obligation, however often it is queued."""
    priority: Mapped[int] = mapped_column(SmallInteger, server_default=text("5"))
    """0 is first."""
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    max_attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("3"))
    locked_until: Mapped[datetime | None]
    """A worker holds it until then; later, that worker is taken for dead."""
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class JobAttemptRow(TenantRow, Base):
    """One try at a job; without an outcome it is under way, or its worker died."""

    __tablename__ = "job_attempts"
    __table_args__ = (
        to_account(),
        of_account("job_id", table="jobs", ondelete="CASCADE"),
        Index("ix_job_attempts_job", "account_id", "job_id"),
    )

    job_id: Mapped[int]
    number: Mapped[int] = mapped_column(SmallInteger)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    """`done`, `again`, `failed`, or `lost` when its worker never reported."""
    detail: Mapped[str | None]
