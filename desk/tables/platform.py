"""Platform apps: programs that make accounts and people, and what each of them may touch."""

from datetime import datetime

from sqlalchemy import ForeignKey, Identity, String, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base


class PlatformAppRow(Base):
    """A program of the installation's owner, known by its token."""

    __tablename__ = "platform_apps"

    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True)
    name: Mapped[str] = mapped_column(String(255), unique=True)
    token_digest: Mapped[bytes] = mapped_column(unique=True)
    token_round: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime]


class PlatformPermissibleRow(Base):
    """One thing a platform app may touch: what it made, or was permitted."""

    __tablename__ = "platform_app_permissibles"

    platform_app_id: Mapped[int] = mapped_column(
        ForeignKey("platform_apps.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    """`account`, `user` or `agent_bot`."""
    object_id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
