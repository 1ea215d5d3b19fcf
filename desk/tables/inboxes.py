"""Inboxes, who works in them, and when they are open."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import (
    EMPTY_JSON,
    Base,
    FeedsLake,
    TenantRow,
    in_lake,
    of_account,
    to_account,
)


class InboxRow(TenantRow, FeedsLake, Base):
    """A door: one channel of one account, with its address and its secrets."""

    __tablename__ = "inboxes"
    __table_args__ = (
        to_account(),
        UniqueConstraint("channel", "address"),
        Index("uq_inboxes_key_digest", "key_digest", unique=True),
    )

    name: Mapped[str] = mapped_column(String(255))
    channel: Mapped[str] = in_lake(String(16))
    address: Mapped[str] = mapped_column(String(320))
    """What the outside knows the door by: a phone number, an e-mail address, a token."""
    config: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    secrets: Mapped[bytes | None]
    """The channel's credentials as encrypted JSON."""
    key_digest: Mapped[bytes | None]
    """What is known of a credential that no other inbox of the installation may have."""
    enable_auto_assignment: Mapped[bool] = mapped_column(server_default=text("true"))
    lock_to_single_conversation: Mapped[bool] = mapped_column(server_default=text("false"))
    csat_survey_enabled: Mapped[bool] = mapped_column(server_default=text("false"))
    working_hours_enabled: Mapped[bool] = in_lake(server_default=text("false"))
    time_zone: Mapped[str] = in_lake(String(64), server_default="UTC")
    greeting_enabled: Mapped[bool] = mapped_column(server_default=text("false"))
    greeting_message: Mapped[str | None]
    out_of_office_message: Mapped[str | None]
    created_at: Mapped[datetime] = in_lake()


class InboxMemberRow(Base):
    """An agent who works in an inbox."""

    __tablename__ = "inbox_members"
    __table_args__ = (
        to_account(),
        of_account("inbox_id", table="inboxes", ondelete="CASCADE"),
    )

    account_id: Mapped[int] = mapped_column(primary_key=True)
    inbox_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)


class WorkingHoursRow(FeedsLake, Base):
    """One weekday of an inbox: at most one interval, as Chatwoot has it."""

    __tablename__ = "working_hours"
    __table_args__ = (
        to_account(),
        of_account("inbox_id", table="inboxes", ondelete="CASCADE"),
        UniqueConstraint("inbox_id", "day_of_week"),
    )

    account_id: Mapped[int] = in_lake(primary_key=True)
    id: Mapped[int] = in_lake(Identity(always=False), primary_key=True)
    inbox_id: Mapped[int] = in_lake()
    day_of_week: Mapped[int] = in_lake(SmallInteger)
    """0 is Sunday."""
    opens: Mapped[int | None] = in_lake(SmallInteger)
    """Minutes after local midnight; absent when closed all day."""
    closes: Mapped[int | None] = in_lake(SmallInteger)
    """Minutes after local midnight, 1440 for the day's end."""
