"""The categories of a help centre."""

from typing import Annotated, Any

import msgspec
from litestar import Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, JSONBody, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_category import (
    create_category,
    delete_category,
    reorder_categories,
    update_category,
)
from desk.store import help_centre as help_store
from desk.store.desk import Desk
from desk.store.help_centre import portal_named
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from inbox_service.api.places import places_of

READS = {"needs": Permission.DESK_READ}
MANAGES = {"needs": Permission.HELP_CENTRE_MANAGE}


class Category(msgspec.Struct):
    """A shelf of articles, in one language."""

    id: int
    account_id: int
    portal_id: int
    name: str
    slug: str
    locale: str
    description: str | None
    icon: str | None
    position: int
    parent_category_id: int | None
    associated_category_id: int | None
    meta: dict[str, int]


class CategoryPayload(msgspec.Struct):
    """One of them, as Chatwoot wraps it."""

    payload: Category


class CategoryListMeta(msgspec.Struct):
    """How many."""

    current_page: int
    categories_count: int


class CategoryList(msgspec.Struct):
    """All of them: one page holds them."""

    payload: list[Category]
    meta: CategoryListMeta


class CategoryFields(msgspec.Struct):
    """What can be said about a category."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    slug: str | msgspec.UnsetType | None = msgspec.UNSET
    locale: str | msgspec.UnsetType | None = msgspec.UNSET
    description: str | msgspec.UnsetType | None = msgspec.UNSET
    icon: str | msgspec.UnsetType | None = msgspec.UNSET
    position: int | msgspec.UnsetType | None = msgspec.UNSET
    parent_category_id: int | msgspec.UnsetType | None = msgspec.UNSET
    associated_category_id: int | msgspec.UnsetType | None = msgspec.UNSET


class WriteCategory(CategoryFields):
    """The fields, bare or wrapped as Chatwoot's page sends them."""

    category: CategoryFields | msgspec.UnsetType = msgspec.UNSET


class ReorderCategories(msgspec.Struct):
    """The place of each, by its id."""

    positions_hash: dict[str, int]


@get("/portals/{portal:str}/categories", operation_id="list-categories", opt=READS)
async def list_categories(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    locale: Annotated[str | None, QueryParameter(max_length=16)] = None,
    page: Annotated[int, QueryParameter(ge=1, le=100_000)] = 1,
) -> CategoryList:
    """The categories in their order."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        rows = await help_store.categories(tx, found.id, locale=locale)
    shown = [_shape(row) for row in rows] if page == 1 else []
    return CategoryList(shown, CategoryListMeta(page, len(rows)))


@get(
    "/portals/{portal:str}/categories/{category_id:int}",
    operation_id="get-a-category",
    opt=READS,
)
async def get_category(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    category_id: FromPath[int],
) -> CategoryPayload:
    """One category."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        return await _one(tx, found.id, category_id)


@post(
    "/portals/{portal:str}/categories",
    operation_id="add-new-category-to-account",
    opt=MANAGES,
    status_code=200,
)
async def add_category(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    data: JSONBody[WriteCategory],
) -> CategoryPayload:
    """Make a category."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        row = await create_category(tx, found, _fields(data), by=Actor.user(viewer.user_id))
        return await _one(tx, found.id, row.id)


@route(
    "/portals/{portal:str}/categories/{category_id:int}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "update-a-category" if method == "PATCH" else "replace-a-category"
    ),
    opt=MANAGES,
    status_code=200,
)
async def change_category(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    category_id: FromPath[int],
    data: JSONBody[WriteCategory],
) -> CategoryPayload:
    """Change what is given."""
    by = Actor.user(viewer.user_id)
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        await update_category(tx, found, category_id, _fields(data), by=by)
        return await _one(tx, found.id, category_id)


@delete(
    "/portals/{portal:str}/categories/{category_id:int}",
    operation_id="delete-a-category",
    opt=MANAGES,
    status_code=200,
)
async def remove_category(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    category_id: FromPath[int],
) -> None:
    """End it; its articles stand in no category then."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        await delete_category(tx, found, category_id, by=Actor.user(viewer.user_id))


@post(
    "/portals/{portal:str}/categories/reorder",
    operation_id="reorder-categories",
    opt=MANAGES,
    status_code=200,
)
async def reorder(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    data: JSONBody[ReorderCategories],
) -> None:
    """Put them in another order."""
    places = places_of(data.positions_hash)
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        await reorder_categories(tx, found, places, by=Actor.user(viewer.user_id))


def _fields(data: WriteCategory) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(data)
    return {**fields, **fields.pop("category", {})}


async def _one(tx: TenantTx, portal_id: int, category_id: int) -> CategoryPayload:
    return CategoryPayload(_shape(await help_store.category(tx, portal_id, category_id)))


def _shape(row: dict[str, Any]) -> Category:
    values = {name: row[name] for name in Category.__struct_fields__ if name != "meta"}
    return Category(meta={"articles_count": row["articles_count"]}, **values)


router = Router(
    "",
    route_handlers=[
        list_categories,
        get_category,
        add_category,
        change_category,
        remove_category,
        reorder,
    ],
    tags=["Help Centre"],
)
