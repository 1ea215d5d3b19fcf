"""Macros: what agents do in one go, and what came of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, of_account, to_account


class MacroRow(TenantRow, Base):
    """Several actions under one name, done by whoever runs it."""

    __tablename__ = "macros"
    __table_args__ = (to_account(),)

    name: Mapped[str] = mapped_column(String(255))
    visibility: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    actions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class MacroRunRow(TenantRow, Base):
    """One macro, run by one person on one conversation. Outlives the macro."""

    __tablename__ = "macro_runs"
    __table_args__ = (
        to_account(),
        of_account("conversation_id", table="conversations", ondelete="CASCADE"),
        UniqueConstraint("account_id", "execution", "conversation_id"),
        Index("ix_macro_runs_conversation", "account_id", "conversation_id", "id"),
    )

    macro_id: Mapped[int]
    macro_name: Mapped[str] = mapped_column(String(255))
    execution: Mapped[UUID]
    """Asked for once, it is done once on every conversation, however often a job is tried."""
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    conversation_id: Mapped[int]
    actions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """Each with how it came out."""
    created_at: Mapped[datetime]
