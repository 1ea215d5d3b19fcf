"""Agent bots: programs that answer customers under a name of their own."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, to_account


class AgentBotRow(TenantRow, Base):
    """A bot of one account; its messages name it as their sender."""

    __tablename__ = "agent_bots"
    __table_args__ = (to_account(),)

    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    created_at: Mapped[datetime]
