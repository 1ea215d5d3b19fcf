"""Roles that an account makes for itself."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, to_account


class CustomRoleRow(TenantRow, Base):
    """What agents with this role may do beyond what every agent may."""

    __tablename__ = "custom_roles"
    __table_args__ = (to_account(), UniqueConstraint("account_id", "name"))

    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None]
    permissions: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default=text("'{}'"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
