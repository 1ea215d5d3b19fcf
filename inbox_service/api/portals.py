"""The account's help centres."""

from typing import Annotated, Any

import msgspec
from litestar import Response, Router, delete, get, patch, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, JSONBody, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_portal import create_portal, delete_portal, update_portal
from desk.store import help_centre as help_store
from desk.store import inboxes as inbox_store
from desk.store.desk import Desk
from desk.store.help_centre import portal_named
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.ids import UserId
from inbox_service.api.answers import answers
from inbox_service.api.inbox_shape import Inbox, shown_inbox
from ingest.inbox_contract import Site


class PortalLocale(msgspec.Struct):
    """A language, and how much there is in it."""

    code: str
    articles_count: int
    categories_count: int


class PortalConfig(msgspec.Struct):
    """In which languages it is."""

    allowed_locales: list[PortalLocale]
    default_locale: str


class PortalMeta(msgspec.Struct):
    """How much there is in it."""

    all_articles_count: int
    archived_articles_count: int
    published_count: int
    draft_articles_count: int
    mine_articles_count: int
    categories_count: int
    default_locale: str


class Portal(msgspec.Struct):
    """A help centre; its pages are at `/hc/{slug}`."""

    id: int
    account_id: int
    name: str
    slug: str
    color: str | None
    custom_domain: str | None
    homepage_link: str | None
    page_title: str | None
    header_text: str | None
    archived: bool
    config: PortalConfig
    inbox: Inbox | None
    logo: None
    meta: PortalMeta


class PortalList(msgspec.Struct):
    """All of them."""

    payload: list[Portal]


class WriteConfig(msgspec.Struct):
    """Its languages."""

    allowed_locales: list[str] | msgspec.UnsetType = msgspec.UNSET
    default_locale: str | msgspec.UnsetType | None = msgspec.UNSET


class PortalFields(msgspec.Struct):
    """What can be said about a help centre."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    slug: str | msgspec.UnsetType | None = msgspec.UNSET
    color: str | msgspec.UnsetType | None = msgspec.UNSET
    custom_domain: str | msgspec.UnsetType | None = msgspec.UNSET
    homepage_link: str | msgspec.UnsetType | None = msgspec.UNSET
    page_title: str | msgspec.UnsetType | None = msgspec.UNSET
    header_text: str | msgspec.UnsetType | None = msgspec.UNSET
    archived: bool | msgspec.UnsetType | None = msgspec.UNSET
    inbox_id: int | msgspec.UnsetType | None = msgspec.UNSET
    config: WriteConfig | msgspec.UnsetType = msgspec.UNSET


class WritePortal(PortalFields):
    """The fields, bare or wrapped as Chatwoot's page sends them."""

    portal: PortalFields | msgspec.UnsetType = msgspec.UNSET


@get(
    "/portals",
    operation_id="get-portal",
    opt={"needs": Permission.DESK_READ},
    responses=answers(PortalList),
)
async def list_portals(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    site: NamedDependency[Site],
    page: Annotated[int, QueryParameter(ge=1, le=100_000)] = 1,
) -> Response[dict[str, Any]]:
    """All help centres: they are few, and the first page holds them."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await help_store.portals(tx, UserId(viewer.user_id))
        shown = [await _shape(tx, row, desk, site, viewer) for row in rows]
    meta = {"current_page": page, "portals_count": len(rows)}
    return Response({"payload": shown if page == 1 else [], "meta": meta})


@get(
    "/portals/{portal:str}",
    operation_id="get-a-portal",
    opt={"needs": Permission.DESK_READ},
    responses=answers(Portal),
)
async def get_portal(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    site: NamedDependency[Site],
    portal: FromPath[str],
) -> Response[dict[str, Any]]:
    """One help centre, by its slug or its id."""
    async with desk.transaction(viewer.account_id) as tx:
        row = await portal_named(tx, portal)
        return Response(await _shown(tx, row.id, desk, site, viewer))


@post(
    "/portals",
    operation_id="add-new-portal-to-account",
    opt={"needs": Permission.HELP_CENTRE_MANAGE},
    status_code=200,
    responses=answers(Portal),
)
async def add_portal(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    site: NamedDependency[Site],
    data: JSONBody[WritePortal],
) -> Response[dict[str, Any]]:
    """Open a help centre."""
    async with desk.transaction(viewer.account_id) as tx:
        row = await create_portal(tx, _fields(data), by=Actor.user(viewer.user_id))
        return Response(await _shown(tx, row.id, desk, site, viewer))


@route(
    "/portals/{portal:str}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "update-portal-to-account" if method == "PATCH" else "replace-portal-in-account"
    ),
    opt={"needs": Permission.HELP_CENTRE_MANAGE},
    status_code=200,
    responses=answers(Portal),
)
async def change_portal(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    site: NamedDependency[Site],
    portal: FromPath[str],
    data: JSONBody[WritePortal],
) -> Response[dict[str, Any]]:
    """Change what is given."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        await update_portal(tx, found.id, _fields(data), by=Actor.user(viewer.user_id))
        return Response(await _shown(tx, found.id, desk, site, viewer))


@patch(
    "/portals",
    operation_id="update-portal-named-in-body",
    opt={"needs": Permission.HELP_CENTRE_MANAGE},
    responses=answers(Portal),
)
async def change_portal_named_within(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    site: NamedDependency[Site],
    data: JSONBody[WritePortal],
) -> Response[dict[str, Any]]:
    """Change the one whose slug is given, as clients of Chatwoot's older description do."""
    fields = _fields(data)
    if not fields.get("slug"):
        raise Invalid("slug_missing", "Say which portal by its slug.", field="slug")
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, fields["slug"])
        await update_portal(tx, found.id, fields, by=Actor.user(viewer.user_id))
        return Response(await _shown(tx, found.id, desk, site, viewer))


@patch(
    "/portals/{portal:str}/archive",
    operation_id="archive-a-portal",
    opt={"needs": Permission.HELP_CENTRE_MANAGE},
)
async def archive_portal(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], portal: FromPath[str]
) -> None:
    """Show its pages to nobody any more, and keep what is in it."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        await update_portal(tx, found.id, {"archived": True}, by=Actor.user(viewer.user_id))


@delete(
    "/portals/{portal:str}",
    operation_id="delete-a-portal",
    opt={"needs": Permission.HELP_CENTRE_MANAGE},
    status_code=200,
)
async def remove_portal(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], portal: FromPath[str]
) -> None:
    """End it with all its categories and articles."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        await delete_portal(tx, found.id, by=Actor.user(viewer.user_id))


def _fields(data: WritePortal) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(data)
    return {**fields, **fields.pop("portal", {})}


async def _shown(
    tx: TenantTx, portal_id: int, desk: Desk, site: Site, viewer: Viewer
) -> dict[str, Any]:
    row = await help_store.portal(tx, portal_id, UserId(viewer.user_id))
    return await _shape(tx, row, desk, site, viewer)


async def _shape(
    tx: TenantTx, row: dict[str, Any], desk: Desk, site: Site, viewer: Viewer
) -> dict[str, Any]:
    locales = [
        PortalLocale(
            code, row["articles_by_locale"].get(code, 0), row["categories_by_locale"].get(code, 0)
        )
        for code in row["locales"]
    ]
    shape: dict[str, Any] = msgspec.to_builtins(
        Portal(
            id=row["id"],
            account_id=row["account_id"],
            name=row["name"],
            slug=row["slug"],
            color=row["color"],
            custom_domain=row["custom_domain"],
            homepage_link=row["homepage_link"],
            page_title=row["page_title"],
            header_text=row["header_text"],
            archived=row["archived"],
            config=PortalConfig(locales, row["default_locale"]),
            inbox=None,
            logo=None,
            meta=PortalMeta(
                all_articles_count=int(row["all_articles"]),
                archived_articles_count=int(row["archived_articles"]),
                published_count=int(row["published"]),
                draft_articles_count=int(row["drafts"]),
                mine_articles_count=int(row["mine"]),
                categories_count=int(row["categories"]),
                default_locale=row["default_locale"],
            ),
        )
    )
    return shape | {"inbox": await _inbox(tx, row["inbox_id"], desk, site, viewer)}


async def _inbox(
    tx: TenantTx, inbox_id: int | None, desk: Desk, site: Site, viewer: Viewer
) -> dict[str, Any] | None:
    """The website inbox that belongs to it, to those who may see the inbox."""
    if inbox_id is None:
        return None
    try:
        row = await inbox_store.inbox(tx, inbox_id, viewer)
    except NotFound:
        return None
    return shown_inbox(row, desk, site, viewer)


router = Router(
    "",
    route_handlers=[
        list_portals,
        get_portal,
        add_portal,
        change_portal,
        change_portal_named_within,
        archive_portal,
        remove_portal,
    ],
    tags=["Help Centre"],
)
