"""Contacts and the addresses by which channels know them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT
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


class ContactRow(TenantRow, FeedsLake, Base):
    """A person who writes to the account."""

    __tablename__ = "contacts"
    __table_args__ = (
        to_account(),
        Index("uq_contacts_email", "account_id", func.lower(text("email")), unique=True),
        # Addresses are kept in lower case. Under row security an index on lower() is never used.
        Index(
            "ix_contacts_email",
            "account_id",
            "email",
            postgresql_where=text("email is not null"),
        ),
        Index("ix_contacts_phone_number", "account_id", "phone_number"),
        UniqueConstraint("account_id", "identifier"),
        Index(
            "ix_contacts_found",
            "account_id",
            text(
                "(coalesce(name,'') || ' ' || coalesce(email,'') || ' ' || "
                "coalesce(phone_number,'') || ' ' || coalesce(identifier,'')) gin_trgm_ops"
            ),
            postgresql_using="gin",
        ),
        Index("ix_contacts_recent", "account_id", text("last_activity_at desc nulls last")),
    )

    name: Mapped[str] = mapped_column(String(255), server_default="")
    email: Mapped[str | None] = mapped_column(String(320))
    phone_number: Mapped[str | None] = mapped_column(String(32))
    identifier: Mapped[str | None] = mapped_column(String(255))
    blocked: Mapped[bool] = in_lake(server_default=text("false"))
    additional_attributes: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    custom_attributes: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    label_ids: Mapped[list[int]] = mapped_column(ARRAY(BIGINT), server_default=text("'{}'"))
    last_activity_at: Mapped[datetime | None]
    avatar_path: Mapped[str | None]
    """By what address their picture is fetched."""
    created_at: Mapped[datetime] = in_lake()


class ContactInboxRow(TenantRow, Base):
    """A contact's address on one inbox: the key by which an incoming message finds its person."""

    __tablename__ = "contact_inboxes"
    __table_args__ = (
        to_account(),
        of_account("contact_id", table="contacts", ondelete="CASCADE"),
        of_account("inbox_id", table="inboxes", ondelete="CASCADE"),
        UniqueConstraint("inbox_id", "source_id"),
        Index("ix_contact_inboxes_contact", "account_id", "contact_id"),
    )

    contact_id: Mapped[int]
    inbox_id: Mapped[int]
    source_id: Mapped[str] = mapped_column(String(320))
    pubsub_token: Mapped[str] = mapped_column(String(64), unique=True)
    hmac_verified: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime]


class ContactNoteRow(TenantRow, Base):
    """What an agent wrote down about a contact, for colleagues."""

    __tablename__ = "contact_notes"
    __table_args__ = (
        to_account(),
        of_account("contact_id", table="contacts", ondelete="CASCADE"),
        Index("ix_contact_notes_contact", "account_id", "contact_id"),
    )

    contact_id: Mapped[int]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    content: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ContactTransferRow(TenantRow, Base):
    """A file of contacts on its way in or out: waiting, under way, done, or given up."""

    __tablename__ = "contact_transfers"
    __table_args__ = (to_account(),)

    kind: Mapped[str] = mapped_column(String(16))
    """`import` or `export`."""
    state: Mapped[str] = mapped_column(String(16), server_default="queued")
    progress: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    """Percent."""
    request: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    """What an export is to hold."""
    source_key: Mapped[str | None]
    """The uploaded file of an import, until it was read."""
    file_key: Mapped[str | None]
    """An export's file, or the rows of an import that were refused."""
    file_size: Mapped[int | None]
    row_count: Mapped[int | None]
    failed_count: Mapped[int | None]
    error: Mapped[str | None]
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
