"""Outgoing webhooks, and what was and is to be delivered to them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, of_account, to_account


class WebhookRow(TenantRow, Base):
    """An endpoint that wants to be told, and how it has been doing."""

    __tablename__ = "webhooks"
    __table_args__ = (
        to_account(),
        of_account("inbox_id", table="inboxes"),
        UniqueConstraint("account_id", "agent_bot_id"),
        Index(
            "uq_webhooks_url",
            "account_id",
            "url",
            unique=True,
            postgresql_where=text("agent_bot_id is null"),
        ),
    )

    url: Mapped[str] = mapped_column(String(2048))
    name: Mapped[str | None] = mapped_column(String(255))
    secret: Mapped[bytes | None]
    """Sealed; what deliveries are signed with."""
    inbox_id: Mapped[int | None]
    """Kept for clients that say it; deliveries are the account's."""
    agent_bot_id: Mapped[int | None] = mapped_column(
        ForeignKey("agent_bots.id", ondelete="CASCADE"), index=True
    )
    """Present: it is the bot's own ear, not one of the account's webhooks."""
    subscriptions: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    failing_since: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    """In a row."""
    last_error: Mapped[str | None]
    last_delivered_at: Mapped[datetime | None]
    resting_until: Mapped[datetime | None]
    """Nothing is sent before: it did not answer a moment ago."""
    held_until: Mapped[datetime | None]
    """A worker is delivering and will say so again before then."""
    paused_at: Mapped[datetime | None]
    paused_reason: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class WebhookDeliveryRow(TenantRow, Base):
    """One body for one endpoint, with every try at handing it over."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        to_account(),
        of_account("webhook_id", table="webhooks", ondelete="CASCADE"),
        Index(
            "uq_webhook_deliveries_event",
            "account_id",
            "webhook_id",
            "event_id",
            "event",
            unique=True,
            postgresql_where=text("event_id is not null"),
        ),
        Index(
            "ix_webhook_deliveries_waiting",
            "account_id",
            "webhook_id",
            "id",
            postgresql_where=text("state = 0"),
        ),
        Index("ix_webhook_deliveries_list", "account_id", "webhook_id", text("id desc")),
    )

    webhook_id: Mapped[int]
    uuid: Mapped[UUID] = mapped_column(server_default=text("gen_random_uuid()"))
    """The same for every try, so that a receiver can tell that it has it."""
    event: Mapped[str] = mapped_column(String(64))
    event_id: Mapped[int | None]
    conversation_id: Mapped[int | None]
    body: Mapped[str]
    state: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    tries: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    most_tries: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime]
    response_status: Mapped[int | None] = mapped_column(SmallInteger)
    duration_ms: Mapped[int | None]
    last_error: Mapped[str | None]
    attempts: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    """The last tries: when, how long, what came back."""
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
