"""Agent bots: programs that answer customers under a name of their own, and where they do."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import EMPTY_JSON, Base, of_account, to_account


class AgentBotRow(Base):
    """A bot of one account, or the house's own; its messages name it as their sender."""

    __tablename__ = "agent_bots"
    __table_args__ = (to_account(), UniqueConstraint("account_id", "id"))

    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True)
    account_id: Mapped[int | None]
    """Absent: a platform's bot, which every account may put to work."""
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    outgoing_url: Mapped[str | None] = mapped_column(String(2048))
    """Where it is told what happens in its inboxes."""
    bot_config: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    secret: Mapped[bytes | None]
    """Sealed; what it is told is signed with it."""
    avatar_path: Mapped[str | None] = mapped_column(String(255))
    token_digest: Mapped[bytes | None] = mapped_column(unique=True)
    token_round: Mapped[int] = mapped_column(server_default=text("0"))
    """How often its token was made anew."""
    created_at: Mapped[datetime]


class InboxBotRow(Base):
    """The one bot that meets whoever comes in through an inbox."""

    __tablename__ = "agent_bot_inboxes"
    __table_args__ = (
        to_account(),
        of_account("inbox_id", table="inboxes", ondelete="CASCADE"),
    )

    account_id: Mapped[int] = mapped_column(primary_key=True)
    inbox_id: Mapped[int] = mapped_column(primary_key=True)
    agent_bot_id: Mapped[int] = mapped_column(
        ForeignKey("agent_bots.id", ondelete="CASCADE"), index=True
    )
    status: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    """0 is active, 1 is not."""
    created_at: Mapped[datetime]
