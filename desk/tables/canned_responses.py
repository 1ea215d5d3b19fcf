"""Canned responses: answers kept under a short code."""

from datetime import datetime

from sqlalchemy import Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, to_account


class CannedResponseRow(TenantRow, Base):
    """An answer that agents insert by its short code."""

    __tablename__ = "canned_responses"
    __table_args__ = (
        to_account(),
        Index(
            "uq_canned_responses_short_code",
            "account_id",
            func.lower(text("short_code")),
            unique=True,
        ),
    )

    short_code: Mapped[str] = mapped_column(String(255))
    content: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
