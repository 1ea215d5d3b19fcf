"""Teams and labels."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, FeedsLake, TenantRow, in_lake, of_account, to_account


class TeamRow(TenantRow, FeedsLake, Base):
    """A group of agents that conversations can be given to."""

    __tablename__ = "teams"
    __table_args__ = (to_account(), UniqueConstraint("account_id", "name"))

    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    allow_auto_assign: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime]


class TeamMemberRow(FeedsLake, Base):
    """An agent in a team."""

    __tablename__ = "team_members"
    __table_args__ = (
        to_account(),
        of_account("team_id", table="teams", ondelete="CASCADE"),
    )

    account_id: Mapped[int] = in_lake(primary_key=True)
    team_id: Mapped[int] = in_lake(primary_key=True)
    user_id: Mapped[int] = in_lake(ForeignKey("users.id"), primary_key=True, index=True)


class LabelRow(TenantRow, FeedsLake, Base):
    """A word that agents put on conversations."""

    __tablename__ = "labels"
    __table_args__ = (to_account(), UniqueConstraint("account_id", "title"))

    title: Mapped[str] = in_lake(String(64))
    description: Mapped[str | None]
    color: Mapped[str] = mapped_column(String(16), server_default="#1f93ff")
    show_on_sidebar: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[datetime]
