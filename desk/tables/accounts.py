"""Accounts, users, their roles, and their API tokens."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, SmallInteger, String, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import EMPTY_JSON, Base, FeedsLake, in_lake, of_account, to_account


class AccountRow(FeedsLake, Base):
    """A tenant."""

    __tablename__ = "accounts"

    id: Mapped[int] = in_lake(Identity(always=False), primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    locale: Mapped[str] = mapped_column(String(16), server_default="en")
    time_zone: Mapped[str] = in_lake(String(64), server_default="UTC")
    suspended: Mapped[bool] = mapped_column(server_default=text("false"))
    features: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default=text("'{}'"))
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    custom_attributes: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    domain: Mapped[str | None] = mapped_column(String(100))
    support_email: Mapped[str | None] = mapped_column(String(100))
    limits: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    created_at: Mapped[datetime] = in_lake()
    deleted_at: Mapped[datetime | None]
    """Since then nobody sees it; what is left of it is being erased."""


class ConversationNumberRow(Base):
    """The last conversation number given out in an account; its lock is what numbers them."""

    __tablename__ = "conversation_numbers"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    last_display_id: Mapped[int] = mapped_column(server_default=text("0"))


class UserRow(Base):
    """A person who signs in; may work for several accounts."""

    __tablename__ = "users"
    __table_args__ = (Index("uq_users_email", func.lower(text("email")), unique=True),)

    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    email_is_own_word: Mapped[bool] = mapped_column(server_default=text("false"))
    """They gave it themselves: nothing shows yet that it is theirs."""
    name: Mapped[str] = mapped_column(String(255))
    display_name: Mapped[str | None] = mapped_column(String(255))
    password_hash: Mapped[str | None]
    pubsub_token: Mapped[str] = mapped_column(String(64), unique=True)
    ui_settings: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    custom_attributes: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    message_signature: Mapped[str | None]
    avatar_path: Mapped[str | None] = mapped_column(String(255))
    token_round: Mapped[int] = mapped_column(server_default=text("0"))
    """How often the API token was made anew."""
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    """Since then this is nobody: only what they did names them."""


class AccountUserRow(FeedsLake, Base):
    """What a user is in one account."""

    __tablename__ = "account_users"
    __table_args__ = (to_account(), of_account("custom_role_id", table="custom_roles"))

    account_id: Mapped[int] = in_lake(primary_key=True)
    user_id: Mapped[int] = in_lake(ForeignKey("users.id"), primary_key=True, index=True)
    role: Mapped[int] = in_lake(SmallInteger)
    availability: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    auto_offline: Mapped[bool] = mapped_column(server_default=text("true"))
    active_at: Mapped[datetime | None]
    custom_role_id: Mapped[int | None]
    created_at: Mapped[datetime]


class ApiTokenRow(Base):
    """An API token, kept only as its keyed digest."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
