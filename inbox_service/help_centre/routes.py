"""`/hc/…`: the addresses of a help centre, as Chatwoot has them."""

from typing import Annotated, Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from desk.store import public_help_centre as store
from desk.store.desk import Desk
from desk.words.errors import NotFound
from inbox_service.auth.guard import PUBLIC
from inbox_service.auth.rates import count_try
from inbox_service.help_centre import drawing
from inbox_service.help_centre.site import AnyRequest, HelpSite, Page, Visit, address_of, answer
from inbox_service.help_centre.views import ViewCounter
from inbox_service.widget.colors import readable_on

SEARCHES = 60
SEARCHES_SECONDS = 60
"""From one address within this time."""

PageNumber = Annotated[int, QueryParameter(ge=1, le=10_000)]
Site = NamedDependency[HelpSite]


@get("/hc/{slug:str}", opt=PUBLIC, include_in_schema=False)
async def portal_page(help_site: Site, request: AnyRequest, slug: FromPath[str]) -> Response[Any]:
    """The portal in its own language."""
    portal = await help_site.portal(slug)
    if portal is None:
        return await help_site.show(request, slug, None, drawing.first_page)
    return Redirect(address_of(portal, portal.default_locale), status_code=302)


@get(
    ["/hc/{slug:str}/{locale:str}", "/hc/{slug:str}/{locale:str}/categories"],
    opt=PUBLIC,
    include_in_schema=False,
)
async def home_page(
    help_site: Site, request: AnyRequest, slug: FromPath[str], locale: FromPath[str]
) -> Response[Any]:
    """The first page in a language."""
    return await help_site.show(request, slug, locale, drawing.first_page)


@get("/hc/{slug:str}/{locale:str}/articles", opt=PUBLIC, include_in_schema=False)
async def articles_page(
    help_site: Site,
    request: AnyRequest,
    slug: FromPath[str],
    locale: FromPath[str],
    page: PageNumber = 1,
) -> Response[Any]:
    """All articles in a language."""
    return await help_site.show(request, slug, locale, lambda v: drawing.all_articles(v, page))


@get(
    [
        "/hc/{slug:str}/{locale:str}/categories/{category:str}",
        "/hc/{slug:str}/{locale:str}/categories/{category:str}/articles",
    ],
    opt=PUBLIC,
    include_in_schema=False,
)
async def category_page(
    help_site: Site,
    request: AnyRequest,
    slug: FromPath[str],
    locale: FromPath[str],
    category: FromPath[str],
    page: PageNumber = 1,
) -> Response[Any]:
    """A category with its articles."""

    async def draw(visit: Visit) -> Page | None:
        return await drawing.one_category(visit, category.replace("\x00", "").casefold(), page)

    return await help_site.show(request, slug, locale, draw)


@get("/hc/{slug:str}/{locale:str}/search", opt=PUBLIC, include_in_schema=False)
async def search_page(
    help_site: Site,
    desk: NamedDependency[Desk],
    request: AnyRequest,
    slug: FromPath[str],
    locale: FromPath[str],
    asked: Annotated[str, QueryParameter(name="query")] = "",
) -> Response[Any]:
    """Articles with the words."""
    address = request.client.host if request.client else ""
    refused = asked.strip() and await count_try(
        desk.redis, f"help_search:{address}", most=SEARCHES, seconds=SEARCHES_SECONDS
    )
    return await help_site.show(
        request, slug, locale, lambda v: drawing.search_page(v, asked, refused=bool(refused))
    )


@get("/hc/{slug:str}/articles/{name:str}", opt=PUBLIC, include_in_schema=False)
async def article_page(
    help_site: Site,
    view_counter: NamedDependency[ViewCounter],
    desk: NamedDependency[Desk],
    request: AnyRequest,
    slug: FromPath[str],
    name: FromPath[str],
) -> Response[Any]:
    """An article; with `.md` behind it, as it was written."""
    wanted = name.replace("\x00", "").casefold()
    if wanted.endswith(".md"):
        return await _as_written(help_site, desk, request, slug, wanted.removesuffix(".md"))

    async def draw(visit: Visit) -> Page | None:
        article = await store.published_article(visit.tx, visit.portal, wanted)
        if article is None:
            return None
        address = request.client.host if request.client else ""
        await view_counter.count(visit.portal.account_id, article["id"], address)
        return await drawing.one_article(visit, article)

    return await help_site.show(request, slug, None, draw)


@get("/hc/{slug:str}/sitemap.xml", opt=PUBLIC, include_in_schema=False)
async def sitemap(
    help_site: Site, desk: NamedDependency[Desk], request: AnyRequest, slug: FromPath[str]
) -> Response[Any]:
    """Every page, for search engines."""
    portal = await help_site.portal(slug)
    if portal is None:
        raise NotFound("portal_not_found", "There is no such help centre.")
    async with desk.transaction(portal.account_id) as tx:
        rows = await store.in_map(tx, portal)
    base = desk.settings.addresses.public_url
    lines = [
        f"<url><loc>{escape(base + address_of(portal, one))}</loc></url>" for one in portal.locales
    ]
    lines += [
        f"<url><loc>{escape(f'{base}/hc/{portal.slug}/articles/' + quote(row['slug']))}</loc>"
        f"<lastmod>{row['updated_at']:%Y-%m-%d}</lastmod></url>"
        for row in rows
    ]
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(lines)
        + "\n</urlset>\n"
    )
    return answer(request, body.encode(), "application/xml")


@get("/hc/{slug:str}/brand.css", opt=PUBLIC, include_in_schema=False)
async def brand(help_site: Site, request: AnyRequest, slug: FromPath[str]) -> Response[Any]:
    """The portal's colour, and what can be read on it."""
    portal = await help_site.portal(slug)
    if portal is None or portal.color is None:
        raise NotFound("color_not_found", "The help centre has no colour of its own.")
    style = f":root {{ --brand: {portal.color}; --on-brand: {readable_on(portal.color)}; }}\n"
    return answer(request, style.encode(), MediaType.CSS)


async def _as_written(
    help_site: HelpSite, desk: Desk, request: AnyRequest, slug: str, name: str
) -> Response[Any]:
    portal = await help_site.portal(slug)
    article = None
    if portal is not None:
        async with desk.transaction(portal.account_id) as tx:
            article = await store.published_article(tx, portal, name)
    if article is None:
        raise NotFound("article_not_found", "There is no such article.")
    text = f"# {article['title']}\n\n{article['content']}\n"
    return answer(request, text.encode(), "text/markdown; charset=utf-8")


router = Router(
    "",
    route_handlers=[
        portal_page,
        home_page,
        articles_page,
        category_page,
        search_page,
        article_page,
        sitemap,
        brand,
    ],
)
