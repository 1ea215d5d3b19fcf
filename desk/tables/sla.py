"""Service levels: policies, how they stand in conversations, and what was missed."""

from datetime import datetime

from sqlalchemy import Float, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, of_account, to_account


class SlaPolicyRow(TenantRow, Base):
    """What an account promises; taken back, it stands on for those it was promised to."""

    __tablename__ = "sla_policies"
    __table_args__ = (to_account(),)

    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None] = mapped_column(String(2000))
    first_response_time_threshold: Mapped[float | None] = mapped_column(Float)
    """Seconds, as all thresholds; nothing: not promised."""
    next_response_time_threshold: Mapped[float | None] = mapped_column(Float)
    resolution_time_threshold: Mapped[float | None] = mapped_column(Float)
    only_during_business_hours: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class AppliedSlaRow(TenantRow, Base):
    """A policy in a conversation: its terms of that moment, its clocks, and how it stands."""

    __tablename__ = "applied_slas"
    __table_args__ = (
        to_account(),
        of_account("sla_policy_id", table="sla_policies"),
        of_account("conversation_id", table="conversations", ondelete="CASCADE"),
        UniqueConstraint("account_id", "conversation_id"),
        Index(
            "ix_applied_slas_due",
            "account_id",
            "next_due_at",
            postgresql_where=text("next_due_at is not null"),
        ),
        Index("ix_applied_slas_status", "account_id", "sla_status", text("id desc")),
        Index("ix_applied_slas_policy", "account_id", "sla_policy_id"),
    )

    sla_policy_id: Mapped[int]
    conversation_id: Mapped[int]
    sla_status: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    first_response_time_threshold: Mapped[float | None] = mapped_column(Float)
    next_response_time_threshold: Mapped[float | None] = mapped_column(Float)
    resolution_time_threshold: Mapped[float | None] = mapped_column(Float)
    only_during_business_hours: Mapped[bool]
    began_at: Mapped[datetime]
    """The conversation's beginning, from which first response and resolution count."""
    first_response_due_at: Mapped[datetime | None]
    next_response_due_at: Mapped[datetime | None]
    resolution_due_at: Mapped[datetime | None]
    next_due_at: Mapped[datetime | None]
    """The earliest of the three; nothing is due any more where it is absent."""
    replied_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    waiting_message_id: Mapped[int | None]
    heard_event_id: Mapped[int]
    """The last fact of the conversation that moved the clocks: none moves them twice."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SlaEventRow(TenantRow, Base):
    """A promise that was missed."""

    __tablename__ = "sla_events"
    __table_args__ = (
        to_account(),
        of_account("applied_sla_id", table="applied_slas", ondelete="CASCADE"),
        Index(
            "uq_sla_events_once",
            "account_id",
            "applied_sla_id",
            "event_type",
            "due_at",
            unique=True,
        ),
    )

    applied_sla_id: Mapped[int]
    event_type: Mapped[int] = mapped_column(SmallInteger)
    message_id: Mapped[int | None]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
