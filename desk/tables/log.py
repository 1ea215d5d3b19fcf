"""The event log, the journal of what came in, what was parked, and the broker's epoch."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import (
    Base,
    FeedsLake,
    TenantRow,
    Xid8,
    in_lake,
    of_account,
    to_account,
)


class EventRow(FeedsLake, Base):
    """One fact; the table is the outbox, the audit trail, and the source of every report."""

    __tablename__ = "events"
    __table_args__ = (
        to_account(),
        Index("ix_events_undone", "id", postgresql_where=text("done_at is null")),
        Index("ix_events_unfed", "id", postgresql_where=text("position is null and not quiet")),
        Index(
            "ix_events_unpublished",
            "id",
            postgresql_where=text("epoch is null and done_at is null"),
        ),
        Index("ix_events_position", "account_id", "position"),
        Index("ix_events_conversation", "account_id", "conversation_id", "id"),
    )

    account_id: Mapped[int] = in_lake(primary_key=True)
    id: Mapped[int] = in_lake(Identity(always=False), primary_key=True)
    name: Mapped[str] = in_lake(String(64))
    conversation_id: Mapped[int | None] = in_lake()
    at: Mapped[datetime] = in_lake()
    actor_kind: Mapped[str] = in_lake(String(16))
    actor_id: Mapped[int | None] = in_lake()
    fact: Mapped[dict[str, Any]] = in_lake(JSONB)
    quiet: Mapped[bool] = mapped_column(server_default=text("false"))
    """Imported history: done when it is written, neither published nor shown."""
    rules_version: Mapped[int] = mapped_column(server_default=text("0"))
    """Which of the account's automation rules were in force when it happened; 0: it had none."""
    after_rules: Mapped[list[int]] = mapped_column(ARRAY(BIGINT), server_default=text("'{}'"))
    """The rules whose firing led to it, oldest first."""
    position: Mapped[int | None] = mapped_column(BigInteger)
    """Order of publication, given by the relay: what resuming readers count by."""
    epoch: Mapped[UUID | None]
    """The broker it was handed to; absent: it still has to be, or has to be again."""
    published_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


class InboundRow(Base):
    """A raw hook from a provider, kept before anything interprets it."""

    __tablename__ = "inbound"
    __table_args__ = (
        to_account(),
        of_account("inbox_id", table="inboxes"),
        Index("ix_inbound_undone", "id", postgresql_where=text("done_at is null")),
        Index(
            "ix_inbound_unpublished",
            "id",
            postgresql_where=text("epoch is null and done_at is null"),
        ),
    )

    account_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True)
    inbox_id: Mapped[int]
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(320), server_default="")
    """The part of the ordering key that names the customer, as far as it could be told."""
    headers: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    body: Mapped[bytes]
    received_at: Mapped[datetime]
    epoch: Mapped[UUID | None]
    published_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


class ParkedMessageRow(TenantRow, Base):
    """Something a stream could not do, put where a person can see it, replay it or drop it."""

    __tablename__ = "parked_messages"
    __table_args__ = (
        to_account(),
        UniqueConstraint("consumer", "source", "source_id", "part"),
        Index(
            "ix_parked_messages_open",
            "account_id",
            postgresql_where=text("resolved_at is null"),
        ),
    )

    consumer: Mapped[str] = mapped_column(String(64))
    """The handler or agent that gave up."""
    source: Mapped[str] = mapped_column(String(16))
    """`inbound` or `event`."""
    source_id: Mapped[int]
    part: Mapped[int] = mapped_column(server_default=text("0"))
    """Which message of the hook, where only one of several was bad."""
    reason: Mapped[str]
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolution: Mapped[str | None] = mapped_column(String(16))


class BrokerEpochRow(Base):
    """The broker we believe to be talking to; the newest row is the current one."""

    __tablename__ = "broker_epochs"

    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True)
    epoch: Mapped[UUID] = mapped_column(unique=True)
    since: Mapped[datetime]


class LakeTombstoneRow(Base):
    """A deleted row that the lake must forget."""

    __tablename__ = "lake_tombstones"
    __table_args__ = (Index("ix_lake_tombstones_xid", "xid"),)

    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True)
    table_name: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int]
    row_key: Mapped[dict[str, Any]] = mapped_column(JSONB)
    xid: Mapped[str] = mapped_column(Xid8, server_default=text("pg_current_xact_id()"))
