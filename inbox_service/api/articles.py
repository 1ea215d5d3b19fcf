"""The articles of a help centre."""

from typing import Annotated, Any

import msgspec
from litestar import Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, JSONBody, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_article import (
    create_article,
    delete_article,
    reorder_articles,
    update_article,
)
from desk.store import help_centre as help_store
from desk.store.desk import Desk
from desk.store.help_centre import ArticleFilter, portal_named
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.help_centre import ArticleStatus, article_status_of
from desk.words.ids import UserId
from inbox_service.api.places import places_of
from inbox_service.help_centre.markdown import drawn

READS = {"needs": Permission.DESK_READ}
MANAGES = {"needs": Permission.HELP_CENTRE_MANAGE}


class ArticleCategory(msgspec.Struct):
    """The shelf it stands on."""

    id: int
    name: str
    slug: str
    locale: str


class ArticleAuthor(msgspec.Struct):
    """Who wrote it."""

    id: int
    name: str
    available_name: str
    email: str
    thumbnail: str = ""


class Translation(msgspec.Struct):
    """The same article in another language."""

    id: int
    title: str
    slug: str
    locale: str
    status: str
    views: int


class Article(msgspec.Struct):
    """What customers read; `content` is Markdown."""

    id: int
    account_id: int
    portal_id: int
    title: str
    slug: str
    locale: str
    description: str | None
    content: str
    status: str
    position: int
    views: int
    meta: dict[str, Any]
    category_id: int | None
    folder_id: None
    author_id: int | None
    associated_article_id: int | None
    created_at: int
    updated_at: int
    category: ArticleCategory | None
    author: ArticleAuthor | None
    associated_articles: list[Translation] = msgspec.field(default_factory=list)


class ArticlePayload(msgspec.Struct):
    """One of them, as Chatwoot wraps it."""

    payload: Article


class ArticleListMeta(msgspec.Struct):
    """How many there are in the language, and how many the filter shows."""

    current_page: int
    articles_count: int
    all_articles_count: int
    archived_articles_count: int
    draft_articles_count: int
    published_count: int
    mine_articles_count: int


class ArticleList(msgspec.Struct):
    """A page of 25."""

    payload: list[Article]
    meta: ArticleListMeta


class ArticleFields(msgspec.Struct):
    """What can be said about an article; `status` by word or number."""

    title: str | msgspec.UnsetType = msgspec.UNSET
    slug: str | msgspec.UnsetType | None = msgspec.UNSET
    content: str | msgspec.UnsetType | None = msgspec.UNSET
    description: str | msgspec.UnsetType | None = msgspec.UNSET
    status: int | str | msgspec.UnsetType | None = msgspec.UNSET
    locale: str | msgspec.UnsetType | None = msgspec.UNSET
    position: int | msgspec.UnsetType | None = msgspec.UNSET
    meta: dict[str, Any] | msgspec.UnsetType | None = msgspec.UNSET
    category_id: int | msgspec.UnsetType | None = msgspec.UNSET
    author_id: int | msgspec.UnsetType | None = msgspec.UNSET
    associated_article_id: int | msgspec.UnsetType | None = msgspec.UNSET


class WriteArticle(ArticleFields):
    """The fields, bare or wrapped as Chatwoot's page sends them."""

    article: ArticleFields | msgspec.UnsetType = msgspec.UNSET


class ReorderArticles(msgspec.Struct):
    """The place of each, by its id."""

    positions_hash: dict[str, int]


class PreviewArticle(msgspec.Struct):
    """A text that is being written."""

    content: Annotated[str, msgspec.Meta(max_length=150_000)]


class Preview(msgspec.Struct):
    """How it will look."""

    html: str


@get("/portals/{portal:str}/articles", operation_id="list-articles", opt=READS)
async def list_articles(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    page: Annotated[int, QueryParameter(ge=1, le=100_000)] = 1,
    locale: Annotated[str | None, QueryParameter(max_length=16)] = None,
    status: Annotated[str | None, QueryParameter(description="draft, published, archived")] = None,
    category_slug: Annotated[str | None, QueryParameter(max_length=255)] = None,
    author_id: Annotated[int | None, QueryParameter(ge=0, le=2**63 - 1)] = None,
    words: Annotated[str, QueryParameter(name="query", max_length=200)] = "",
    sort: Annotated[str, QueryParameter(description="position, title, views, …; - turns it")] = (
        "position"
    ),
) -> ArticleList:
    """Articles in whatever state, narrowed and in order."""
    wanted = ArticleFilter(
        locale=locale,
        status=article_status_of(status) if status else None,
        category_slug=category_slug,
        author_id=author_id,
        words=words,
    )
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        rows = await help_store.articles(tx, found.id, wanted, sort=sort, page=page)
        counts = await help_store.article_counts(tx, found.id, wanted, UserId(viewer.user_id))
    return ArticleList([_shape(row) for row in rows], ArticleListMeta(current_page=page, **counts))


@get("/portals/{portal:str}/articles/{article_id:int}", operation_id="get-an-article", opt=READS)
async def get_article(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    article_id: FromPath[int],
) -> ArticlePayload:
    """One article with its translations."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        return await _one(tx, found.id, article_id)


@post(
    "/portals/{portal:str}/articles",
    operation_id="add-new-article-to-account",
    opt=MANAGES,
    status_code=200,
)
async def add_article(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    data: JSONBody[WriteArticle],
) -> ArticlePayload:
    """Begin an article; a draft unless it says otherwise."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        row = await create_article(tx, found, _fields(data), by=Actor.user(viewer.user_id))
        return await _one(tx, found.id, row.id)


@route(
    "/portals/{portal:str}/articles/{article_id:int}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "update-an-article" if method == "PATCH" else "replace-an-article"
    ),
    opt=MANAGES,
    status_code=200,
)
async def change_article(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    article_id: FromPath[int],
    data: JSONBody[WriteArticle],
) -> ArticlePayload:
    """Change what is given."""
    by = Actor.user(viewer.user_id)
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        await update_article(tx, found, article_id, _fields(data), by=by)
        return await _one(tx, found.id, article_id)


@delete(
    "/portals/{portal:str}/articles/{article_id:int}",
    operation_id="delete-an-article",
    opt=MANAGES,
    status_code=200,
)
async def remove_article(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    article_id: FromPath[int],
) -> None:
    """End it."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        await delete_article(tx, found, article_id, by=Actor.user(viewer.user_id))


@post(
    "/portals/{portal:str}/articles/reorder",
    operation_id="reorder-articles",
    opt=MANAGES,
    status_code=200,
)
async def reorder(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    data: JSONBody[ReorderArticles],
) -> None:
    """Put them in another order."""
    places = places_of(data.positions_hash)
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        await reorder_articles(tx, found, places, by=Actor.user(viewer.user_id))


@post(
    "/portals/{portal:str}/articles/preview",
    operation_id="preview-an-article",
    opt=MANAGES,
    status_code=200,
)
async def preview(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    data: JSONBody[PreviewArticle],
) -> Preview:
    """The page's own HTML of a text that is being written; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        await portal_named(tx, portal)
    return Preview(await drawn(data.content))


def _fields(data: WriteArticle) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(data)
    return {**fields, **fields.pop("article", {})}


async def _one(tx: TenantTx, portal_id: int, article_id: int) -> ArticlePayload:
    await tx.session.flush()
    row = await help_store.article(tx, portal_id, article_id)
    shape = _shape(row)
    shape.associated_articles = [
        Translation(
            one["id"],
            one["title"],
            one["slug"],
            one["locale"],
            ArticleStatus(one["status"]).word,
            one["views"],
        )
        for one in await help_store.translations(tx, row)
    ]
    return ArticlePayload(shape)


_AS_STORED = (
    *("id", "account_id", "portal_id", "title", "slug", "locale", "description", "content"),
    *("position", "views", "meta", "category_id", "author_id", "associated_article_id"),
)


def _shape(row: dict[str, Any]) -> Article:
    category = author = None
    if row["category_id"] is not None:
        category = ArticleCategory(
            row["category_id"], row["category_name"], row["category_slug"], row["category_locale"]
        )
    if row["author_id"] is not None:
        author = ArticleAuthor(
            row["author_id"], row["author_name"], row["author_available_name"], row["author_email"]
        )
    return Article(
        status=ArticleStatus(row["status"]).word,
        folder_id=None,
        created_at=int(row["created_at"].timestamp()),
        updated_at=int(row["updated_at"].timestamp()),
        category=category,
        author=author,
        **{name: row[name] for name in _AS_STORED},
    )


router = Router(
    "",
    route_handlers=[
        list_articles,
        get_article,
        add_article,
        change_article,
        remove_article,
        reorder,
        preview,
    ],
    tags=["Help Centre"],
)
