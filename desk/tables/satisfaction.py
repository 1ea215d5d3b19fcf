"""Customers' ratings."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped

from desk.tables.base import Base, FeedsLake, TenantRow, in_lake, of_account, to_account


class CsatSurveyRow(TenantRow, FeedsLake, Base):
    """A question to a customer how it went, and the answer once there is one."""

    __tablename__ = "csat_surveys"
    __table_args__ = (
        to_account(),
        of_account("conversation_id", table="conversations"),
        of_account("contact_id", table="contacts"),
        of_account("message_id", table="messages"),
        Index("ix_csat_surveys_contact", "account_id", "contact_id"),
        Index("ix_csat_surveys_message", "account_id", "message_id"),
        Index("uq_csat_surveys_conversation", "account_id", "conversation_id", unique=True),
    )

    conversation_id: Mapped[int] = in_lake()
    contact_id: Mapped[int] = in_lake()
    message_id: Mapped[int]
    agent_id: Mapped[int | None] = in_lake(ForeignKey("users.id"))
    """The last agent who replied before the question went out."""
    asked_at: Mapped[datetime] = in_lake()
    rating: Mapped[int | None] = in_lake(SmallInteger)
    feedback: Mapped[str | None]
    answered_at: Mapped[datetime | None] = in_lake()
