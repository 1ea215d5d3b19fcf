"""What an account wants to know about its contacts and conversations beyond what everybody knows."""

from datetime import datetime
from typing import Any

from sqlalchemy import SmallInteger, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow, to_account


class CustomAttributeDefinitionRow(TenantRow, Base):
    """One attribute of an account's own: its key, its type and what values it takes."""

    __tablename__ = "custom_attribute_definitions"
    __table_args__ = (
        to_account(),
        UniqueConstraint("account_id", "attribute_model", "attribute_key"),
    )

    attribute_model: Mapped[int] = mapped_column(SmallInteger)
    attribute_key: Mapped[str] = mapped_column(String(100))
    attribute_display_name: Mapped[str] = mapped_column(String(255))
    attribute_display_type: Mapped[int] = mapped_column(SmallInteger)
    attribute_description: Mapped[str | None]
    attribute_values: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default=text("'{}'"))
    """The choices of a list."""
    regex_pattern: Mapped[str | None] = mapped_column(String(500))
    regex_cue: Mapped[str | None] = mapped_column(String(500))
    """What people are told when the pattern does not fit."""
    default_value: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
