"""A portal's pages: finds the portal, lets a page be drawn, and answers with what browsers keep."""

import hashlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.enums import MediaType

from desk.store.desk import Desk
from desk.store.public_help_centre import OpenPortal, open_portal
from desk.store.transaction import TenantTx
from desk.words.help_centre import LONGEST_SLUG
from inbox_service.help_centre.phrases import (
    ENGLISH,
    Phrases,
    direction_of,
    language_of,
    name_of,
    phrases_of,
    speaks,
)
from inbox_service.pages.assets import AssetShelf
from inbox_service.pages.rendering import Templates

AnyRequest = Request[Any, Any, Any]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""No scripts at all, and nothing from anywhere else."""

STYLES = ("css/help.css", "css/written.css")
STYLES_SECONDS = 2.0

REVALIDATED = "public, max-age=0, must-revalidate"
"""What is taken back is gone at once; what is unchanged is not sent again."""


class Visit(msgspec.Struct, frozen=True):
    """Somebody reads a portal in one of its languages."""

    tx: TenantTx
    portal: OpenPortal
    locale: str
    phrases: Phrases

    def at(self, *path: str, locale: str | None = None) -> str:
        """The address of a page in this language."""
        return address_of(self.portal, locale or self.locale, *path)


class Page(msgspec.Struct, frozen=True):
    """A page to be drawn: its template, what goes in, and where it is in other languages."""

    template: str
    title: str | None
    path: str
    values: dict[str, Any]
    description: str | None = None
    elsewhere: dict[str, str] = {}
    """Address by language; the others' first pages where nothing is said."""
    status: int = 200
    indexed: bool = True


Draw = Callable[[Visit], Awaitable[Page | None]]


class HelpSite:
    """All portals of this installation."""

    def __init__(self, desk: Desk, templates: Templates, asset_shelf: AssetShelf) -> None:
        self._desk = desk
        self._templates = templates
        self._assets = asset_shelf
        self._styles: tuple[float, list[str]] = (0.0, [])

    async def portal(self, slug: str) -> OpenPortal | None:
        """The portal of that address, if anybody may read it."""
        if not slug or len(slug) > LONGEST_SLUG or "\x00" in slug:
            return None
        async with self._desk.transaction_across_accounts(
            reason="a help centre's address names it before an account is known"
        ) as tx:
            return await open_portal(tx, slug.casefold())

    def styles(self) -> list[str]:
        """Where the style sheets are; whether they changed is not asked for every visitor."""
        until, known = self._styles
        if until < time.monotonic():
            known = self._assets.current().styles(*STYLES)
            self._styles = (time.monotonic() + STYLES_SECONDS, known)
        return known

    async def show(
        self, request: AnyRequest, slug: str, locale: str | None, draw: Draw
    ) -> Response[Any]:
        """The page, or that there is none; without a language the portal's own."""
        portal = await self.portal(slug)
        if portal is None:
            return self._bare_loss()
        spoken = portal.default_locale if locale is None else locale
        if spoken not in portal.locales:
            return self._draw(request, portal, portal.default_locale, _lost(portal))
        async with self._desk.transaction(portal.account_id) as tx:
            page = await draw(Visit(tx, portal, spoken, phrases_of(spoken)))
        return self._draw(request, portal, spoken, page or _lost(portal))

    def _draw(
        self, request: AnyRequest, portal: OpenPortal, locale: str, page: Page
    ) -> Response[Any]:
        locale = page.values.get("locale", locale)
        phrases = phrases_of(locale)
        base = self._desk.settings.addresses.public_url
        languages = [
            {
                "code": language_of(code),
                "name": name_of(code),
                "url": page.elsewhere.get(code) or address_of(portal, code),
                "same": code in page.elsewhere,
                "here": code == locale,
            }
            for code in portal.locales
        ]
        head = {
            "portal": portal,
            "t": phrases,
            "lang": language_of(locale),
            "dir": direction_of(locale),
            "own_lang": None if speaks(locale) else ENGLISH,
            "home": address_of(portal, locale),
            "seek": address_of(portal, locale, "search"),
            "asked": "",
            "styles": self.styles(),
            "brand": f"/hc/{portal.slug}/brand.css" if portal.color else None,
            "site": portal.page_title or portal.name,
            "title": page.title,
            "description": page.description or portal.header_text,
            "canonical": base + page.path,
            "base": base,
            "languages": languages if len(languages) > 1 else [],
            "indexed": page.indexed and page.status == 200,
        }
        text = self._templates.text(page.template, {**head, **page.values})
        return answer(request, text.encode(), MediaType.HTML, status=page.status)

    def _bare_loss(self) -> Response[Any]:
        values = {"t": phrases_of(ENGLISH), "styles": self.styles()}
        text = self._templates.text("help_nowhere.html", values)
        return Response(
            text.encode(),
            status_code=404,
            media_type=MediaType.HTML,
            headers={"Content-Security-Policy": POLICY},
        )


def answer(
    request: AnyRequest, body: bytes, media_type: str, *, status: int = 200
) -> Response[Any]:
    """The bytes with their tag, or only that they are the same as before."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "Cache-Control": REVALIDATED if status == 200 else "no-store",
        "Content-Security-Policy": POLICY,
        "X-Frame-Options": "DENY",
    }
    if status != 200:
        return Response(body, status_code=status, media_type=media_type, headers=headers)
    headers["ETag"] = tag
    known = {
        one.strip().removeprefix("W/")
        for one in request.headers.get("if-none-match", "").split(",")
    }
    if tag in known or "*" in known:
        return Response(b"", status_code=304, media_type=media_type, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def address_of(portal: OpenPortal, locale: str, *path: str) -> str:
    """A page's address, without the host."""
    return "/".join(("/hc", portal.slug, locale, *path))


def _lost(portal: OpenPortal) -> Page:
    return Page("help_lost.html", None, f"/hc/{portal.slug}", {}, status=404)
