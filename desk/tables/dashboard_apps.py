"""Pages of other programs, shown beside a conversation."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, to_account


class DashboardAppRow(TenantRow, Base):
    """A page under a title; screens open its frames with the conversation's particulars."""

    __tablename__ = "dashboard_apps"
    __table_args__ = (to_account(),)

    title: Mapped[str] = mapped_column(String(255))
    content: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
