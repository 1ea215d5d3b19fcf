"""Facts about the help centre; titles and texts stay in the rows."""

import msgspec


class PortalCreated(msgspec.Struct, frozen=True, tag="portal_created"):
    """A help centre was opened."""

    portal_id: int


class PortalUpdated(msgspec.Struct, frozen=True, tag="portal_updated"):
    """A help centre was changed, archived or brought back."""

    portal_id: int
    fields: list[str]


class PortalDeleted(msgspec.Struct, frozen=True, tag="portal_deleted"):
    """A help centre is gone with everything in it."""

    portal_id: int


class CategoryCreated(msgspec.Struct, frozen=True, tag="category_created"):
    """A category was made."""

    category_id: int
    portal_id: int


class CategoryUpdated(msgspec.Struct, frozen=True, tag="category_updated"):
    """A category was changed."""

    category_id: int
    portal_id: int
    fields: list[str]


class CategoryDeleted(msgspec.Struct, frozen=True, tag="category_deleted"):
    """A category is gone; its articles stand in none."""

    category_id: int
    portal_id: int


class CategoriesReordered(msgspec.Struct, frozen=True, tag="categories_reordered"):
    """Categories got other places."""

    portal_id: int
    category_ids: list[int]


class ArticleCreated(msgspec.Struct, frozen=True, tag="article_created"):
    """An article was begun."""

    article_id: int
    portal_id: int
    status: int


class ArticleUpdated(msgspec.Struct, frozen=True, tag="article_updated"):
    """An article was changed: written on, published, archived, moved."""

    article_id: int
    portal_id: int
    fields: list[str]
    status: int


class ArticleDeleted(msgspec.Struct, frozen=True, tag="article_deleted"):
    """An article is gone."""

    article_id: int
    portal_id: int


class ArticlesReordered(msgspec.Struct, frozen=True, tag="articles_reordered"):
    """Articles got other places."""

    portal_id: int
    article_ids: list[int]
