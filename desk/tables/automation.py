"""Automation rules, what they did and why, and the account's sender of text messages."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, of_account, to_account


class AutomationRuleRow(TenantRow, Base):
    """What is to happen by itself, when, and if what."""

    __tablename__ = "automation_rules"
    __table_args__ = (to_account(),)

    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    event_name: Mapped[str] = mapped_column(String(32))
    conditions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    actions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """Tokens in them are sealed."""
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class AutomationVersionRow(Base):
    """How often an account's rules have changed; every fact carries the number of its time."""

    __tablename__ = "automation_versions"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    version: Mapped[int]


class AutomationRunRow(TenantRow, Base):
    """One firing of a rule: on which fact, why, and what came of it. Outlives its rule."""

    __tablename__ = "automation_runs"
    __table_args__ = (
        to_account(),
        of_account("conversation_id", table="conversations", ondelete="CASCADE"),
        UniqueConstraint("account_id", "rule_id", "event_id"),
        Index("ix_automation_runs_rule", "account_id", "rule_id", "id"),
        Index("ix_automation_runs_conversation", "account_id", "conversation_id", "id"),
    )

    rule_id: Mapped[int]
    rule_name: Mapped[str] = mapped_column(String(255))
    event_id: Mapped[int]
    """A rule fires once on a fact, however often the fact comes by."""
    event_name: Mapped[str] = mapped_column(String(32))
    conversation_id: Mapped[int]
    stopped: Mapped[str | None]
    """Why it did not go on; absent: it did."""
    conditions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """Each with the value that was found."""
    actions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """Each with how it came out."""
    created_at: Mapped[datetime]


class SmsSenderRow(Base):
    """The number from which the account sends text messages, and the key to it."""

    __tablename__ = "sms_senders"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    account_sid: Mapped[str] = mapped_column(String(64))
    auth_token: Mapped[bytes]
    """Sealed."""
    from_number: Mapped[str] = mapped_column(String(32))
    api_base_url: Mapped[str] = mapped_column(server_default="https://api.twilio.com")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
