"""What people at the desk were told, of what they want to be told, and who takes part in what."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, SMALLINT
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, of_account, to_account


class NotificationRow(TenantRow, Base):
    """One person told of one event, in one way."""

    __tablename__ = "notifications"
    __table_args__ = (
        to_account(),
        of_account("conversation_id", table="conversations", ondelete="CASCADE"),
        of_account("message_id", table="messages", ondelete="CASCADE"),
        UniqueConstraint("account_id", "user_id", "kind", "event_id"),
        Index("ix_notifications_list", "account_id", "user_id", text("id desc")),
        Index("ix_notifications_conversation", "account_id", "conversation_id", "user_id"),
        Index(
            "ix_notifications_message",
            "account_id",
            "message_id",
            postgresql_where=text("message_id is not null"),
        ),
        Index("ix_notifications_created", "created_at"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[int] = mapped_column(SmallInteger)
    conversation_id: Mapped[int]
    message_id: Mapped[int | None]
    event_id: Mapped[int]
    """The fact it is about: told again, nobody hears it twice."""
    read_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class NotificationSettingRow(Base):
    """Of what one person wants to be told in one account; without a row, of the usual."""

    __tablename__ = "notification_settings"
    __table_args__ = (to_account(),)

    account_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    email_kinds: Mapped[list[int]] = mapped_column(ARRAY(SMALLINT), server_default=text("'{}'"))
    push_kinds: Mapped[list[int]] = mapped_column(ARRAY(SMALLINT), server_default=text("'{}'"))


class ConversationParticipantRow(Base):
    """Somebody who once had a conversation, or was called into it."""

    __tablename__ = "conversation_participants"
    __table_args__ = (
        to_account(),
        of_account("conversation_id", table="conversations", ondelete="CASCADE"),
    )

    account_id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    created_at: Mapped[datetime]
