"""The help centre: portals, their categories, and the articles in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, INTEGER, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import EMPTY_JSON, Base, TenantRow, of_account, to_account


class PortalRow(TenantRow, Base):
    """A help centre on the web: one address, one look, several languages."""

    __tablename__ = "portals"
    __table_args__ = (
        to_account(),
        of_account("inbox_id", table="inboxes", ondelete="SET NULL (inbox_id)"),
        UniqueConstraint("slug"),
        UniqueConstraint("custom_domain"),
    )

    name: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(100))
    """The only one of all accounts: it stands in public addresses."""
    custom_domain: Mapped[str | None] = mapped_column(String(253))
    color: Mapped[str | None] = mapped_column(String(7))
    homepage_link: Mapped[str | None] = mapped_column(String(2048))
    page_title: Mapped[str | None] = mapped_column(String(255))
    header_text: Mapped[str | None] = mapped_column(String(1000))
    locales: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    default_locale: Mapped[str] = mapped_column(String(16))
    archived: Mapped[bool] = mapped_column(server_default=text("false"))
    inbox_id: Mapped[int | None]
    """The website inbox whose chat belongs to it."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CategoryRow(TenantRow, Base):
    """A shelf of articles, in one language."""

    __tablename__ = "categories"
    __table_args__ = (
        to_account(),
        of_account("portal_id", table="portals", ondelete="CASCADE"),
        of_account(
            "parent_category_id", table="categories", ondelete="SET NULL (parent_category_id)"
        ),
        of_account(
            "associated_category_id",
            table="categories",
            ondelete="SET NULL (associated_category_id)",
        ),
        UniqueConstraint("account_id", "portal_id", "locale", "slug"),
    )

    portal_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(255))
    locale: Mapped[str] = mapped_column(String(16))
    description: Mapped[str | None]
    icon: Mapped[str | None] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(INTEGER)
    parent_category_id: Mapped[int | None]
    associated_category_id: Mapped[int | None]
    """The same shelf in the language it was first written in."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ArticleRow(TenantRow, Base):
    """What customers read; Markdown."""

    __tablename__ = "articles"
    __table_args__ = (
        to_account(),
        of_account("portal_id", table="portals", ondelete="CASCADE"),
        of_account("category_id", table="categories", ondelete="SET NULL (category_id)"),
        of_account(
            "associated_article_id", table="articles", ondelete="SET NULL (associated_article_id)"
        ),
        UniqueConstraint("account_id", "portal_id", "slug"),
        Index("ix_articles_list", "account_id", "portal_id", "locale", "status", "position"),
        Index("ix_articles_category", "account_id", "category_id"),
    )

    portal_id: Mapped[int]
    category_id: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    associated_article_id: Mapped[int | None]
    """The same article in the language it was first written in."""
    title: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(255))
    locale: Mapped[str] = mapped_column(String(16))
    description: Mapped[str | None] = mapped_column(String(1000))
    content: Mapped[str] = mapped_column(server_default=text("''"))
    status: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    position: Mapped[int] = mapped_column(INTEGER)
    views: Mapped[int] = mapped_column(server_default=text("0"))
    meta: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY_JSON)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
