"""Conversations."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint, text
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

_RECENT = text("last_activity_at desc"), text("id desc")


class ConversationRow(TenantRow, FeedsLake, Base):
    """One matter between one contact and the desk, in one inbox."""

    __tablename__ = "conversations"
    __table_args__ = (
        to_account(),
        of_account("inbox_id", table="inboxes"),
        of_account("contact_id", table="contacts"),
        of_account("contact_inbox_id", table="contact_inboxes"),
        of_account("team_id", table="teams"),
        of_account("sla_policy_id", table="sla_policies"),
        of_account("merged_into_id", table="conversations"),
        UniqueConstraint("account_id", "display_id"),
        Index("cv_all", "account_id", "status", *_RECENT),
        Index("cv_recent", "account_id", *_RECENT),
        Index("cv_created", "account_id", text("created_at desc"), text("id desc")),
        Index("cv_assignee", "account_id", "assignee_id", "status", *_RECENT),
        Index(
            "cv_unassigned",
            "account_id",
            "status",
            *_RECENT,
            postgresql_where=text("assignee_id is null"),
        ),
        Index("cv_inbox", "account_id", "inbox_id", "status", *_RECENT),
        Index(
            "cv_team",
            "account_id",
            "team_id",
            "status",
            *_RECENT,
            postgresql_where=text("team_id is not null"),
        ),
        Index("cv_contact", "account_id", "contact_id", text("last_activity_at desc")),
        Index("cv_contact_inbox", "account_id", "contact_inbox_id", text("id desc")),
        Index(
            "cv_open_count",
            "account_id",
            "assignee_id",
            "inbox_id",
            "team_id",
            postgresql_where=text("status = 0"),
        ),
        Index(
            "cv_unread",
            "account_id",
            "assignee_id",
            "inbox_id",
            postgresql_where=text("unread_count > 0"),
        ),
        Index("cv_labels", "label_ids", postgresql_using="gin"),
        Index(
            "cv_merged",
            "account_id",
            "merged_into_id",
            postgresql_where=text("merged_into_id is not null"),
        ),
        {
            "postgresql_with": {
                "fillfactor": "85",
                "autovacuum_vacuum_scale_factor": "0.01",
            }
        },
    )

    display_id: Mapped[int] = in_lake()
    """The number people see; counts from 1 in every account."""
    uuid: Mapped[UUID] = mapped_column(server_default=text("gen_random_uuid()"), unique=True)
    inbox_id: Mapped[int] = in_lake()
    contact_id: Mapped[int] = in_lake()
    contact_inbox_id: Mapped[int]
    assignee_id: Mapped[int | None] = in_lake(ForeignKey("users.id"))
    team_id: Mapped[int | None] = in_lake()
    status: Mapped[int] = in_lake(SmallInteger, server_default=text("0"))
    priority: Mapped[int | None] = in_lake(SmallInteger)
    label_ids: Mapped[list[int]] = in_lake(ARRAY(BIGINT), server_default=text("'{}'"))
    snoozed_until: Mapped[datetime | None] = mapped_column()
    waiting_since: Mapped[datetime | None] = in_lake()
    first_reply_created_at: Mapped[datetime | None] = in_lake()
    last_activity_at: Mapped[datetime] = in_lake()
    last_incoming_at: Mapped[datetime | None]
    """Opens and closes the channel's free-reply window."""
    agent_last_seen_at: Mapped[datetime | None]
    assignee_last_seen_at: Mapped[datetime | None]
    contact_last_seen_at: Mapped[datetime | None]
    last_message_id: Mapped[int | None]
    last_chat_message_id: Mapped[int | None]
    """The last message that is not an activity line: the list's preview."""
    unread_count: Mapped[int] = mapped_column(server_default=text("0"))
    additional_attributes: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    sla_policy_id: Mapped[int | None]
    """Never removed nor changed once it is set."""
    merged_into_id: Mapped[int | None]
    """The conversation it became part of, which is itself part of none; absent: it stands alone."""
    custom_attributes: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    """Grows with every change of the row (a trigger sees to it): screens replace if newer."""
    created_at: Mapped[datetime] = in_lake()
    updated_at: Mapped[datetime]
