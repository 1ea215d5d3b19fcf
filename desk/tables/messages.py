"""Messages and their files."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, SmallInteger, String, text
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


class MessageRow(TenantRow, FeedsLake, Base):
    """One thing said: by the customer, to the customer, among agents, or by the system."""

    __tablename__ = "messages"
    __table_args__ = (
        to_account(),
        of_account("conversation_id", table="conversations"),
        of_account("inbox_id", table="inboxes"),
        Index("ms_conversation", "conversation_id", text("id desc")),
        Index(
            "uq_messages_source",
            "inbox_id",
            "source_id",
            unique=True,
            postgresql_where=text("source_id is not null"),
        ),
        Index(
            "ms_search",
            "account_id",
            text("to_tsvector('simple', coalesce(content, ''))"),
            postgresql_using="gin",
        ),
    )

    inbox_id: Mapped[int] = in_lake()
    conversation_id: Mapped[int] = in_lake()
    message_type: Mapped[int] = in_lake(SmallInteger)
    private: Mapped[bool] = in_lake(server_default=text("false"))
    content: Mapped[str | None]
    content_type: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    content_attributes: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    sender_type: Mapped[str | None] = in_lake(String(32))
    sender_id: Mapped[int | None] = in_lake()
    status: Mapped[int] = in_lake(SmallInteger, server_default=text("0"))
    source_id: Mapped[str | None]
    """The provider's own id; an outgoing message without one is still queued."""
    additional_attributes: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    created_at: Mapped[datetime] = in_lake()
    updated_at: Mapped[datetime]


class AttachmentRow(TenantRow, Base):
    """A file of a message: stored by us, or still to be fetched from the provider."""

    __tablename__ = "attachments"
    __table_args__ = (
        to_account(),
        of_account("message_id", table="messages", ondelete="CASCADE"),
        Index("ix_attachments_message", "account_id", "message_id"),
    )

    message_id: Mapped[int]
    file_type: Mapped[int] = mapped_column(SmallInteger)
    file_name: Mapped[str | None]
    mime_type: Mapped[str | None]
    size: Mapped[int | None]
    file_key: Mapped[str | None]
    """Where the file store keeps it; absent until it was fetched."""
    remote_id: Mapped[str | None]
    external_url: Mapped[str | None]
    meta: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    created_at: Mapped[datetime]
