"""Integrations: which other programs an account works with, and what of its talk is theirs too."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, SmallInteger, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import EMPTY_JSON, Base, TenantRow, of_account, to_account


class IntegrationHookRow(TenantRow, Base):
    """An app in use: for the whole account, or for one inbox."""

    __tablename__ = "integration_hooks"
    __table_args__ = (
        to_account(),
        of_account("inbox_id", table="inboxes", ondelete="CASCADE"),
        Index(
            "uq_integration_hooks_app",
            "account_id",
            "app_id",
            func.coalesce(text("inbox_id"), text("0")),
            unique=True,
        ),
        Index("ix_integration_hooks_reference", "app_id", "reference_id"),
    )

    app_id: Mapped[str] = mapped_column(String(64))
    inbox_id: Mapped[int | None]
    status: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    """What may be shown; the rest is sealed."""
    secrets: Mapped[bytes | None]
    reference_id: Mapped[str | None] = mapped_column(String(255))
    """How the other program names its end: a Slack channel."""
    agent_bot_id: Mapped[int | None]
    """The bot that speaks for it to customers."""
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class IntegrationThreadRow(Base):
    """A conversation as the other program follows it, and how far it has been told."""

    __tablename__ = "integration_threads"
    __table_args__ = (
        of_account("hook_id", table="integration_hooks", ondelete="CASCADE"),
        of_account("conversation_id", table="conversations", ondelete="CASCADE"),
        Index("ix_integration_threads_external", "account_id", "hook_id", "external_id"),
        Index("ix_integration_threads_conversation", "account_id", "conversation_id"),
    )

    account_id: Mapped[int] = mapped_column(primary_key=True)
    hook_id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(String(255))
    last_message_id: Mapped[int]
    """Everything up to here has been told."""
    trying_message_id: Mapped[int | None]
    """What was about to be told: until it is known how that came out, it is not said again."""
    held_until: Mapped[datetime | None]


class IntegrationPostRow(Base):
    """A message that is there and here: told, or come back."""

    __tablename__ = "integration_posts"
    __table_args__ = (
        of_account("hook_id", table="integration_hooks", ondelete="CASCADE"),
        of_account("message_id", table="messages", ondelete="CASCADE"),
        UniqueConstraint("account_id", "hook_id", "external_id"),
        Index("ix_integration_posts_message", "account_id", "message_id"),
    )

    account_id: Mapped[int] = mapped_column(primary_key=True)
    hook_id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(255))
