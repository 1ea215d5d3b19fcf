"""Filters that people keep for themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, to_account


class CustomFilterRow(TenantRow, Base):
    """A question under a name, for one person."""

    __tablename__ = "custom_filters"
    __table_args__ = (to_account(), Index("ix_custom_filters_user", "account_id", "user_id", "id"))

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(255))
    filter_type: Mapped[int] = mapped_column(SmallInteger)
    query: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
