"""What anybody may read of a help centre: what is published, of a portal that is not archived."""

from datetime import datetime
from typing import Any

import msgspec

from desk.store.help_centre import words_of
from desk.store.transaction import TenantTx, WideTx
from desk.words.ids import AccountId

ON_A_SHELF = 5
"""Articles that a category shows on the first page."""
POPULAR = 6
PAGE = 50
FOUND = 20
MOST_IN_MAP = 20_000
SEARCH_MS = 2_000

_LISTED = "a.id, a.title, a.slug, a.description, left(a.content, 1300) as beginning, a.updated_at"
_PUBLISHED = """
from articles a where a.account_id = %(account)s and a.portal_id = %(portal)s and a.status = 1"""

_SHELVES = """
select c.id, c.name, c.slug, c.description, c.icon, c.parent_category_id, n.articles,
       coalesce(first.articles, '[]'::jsonb) as first
from categories c
join lateral (select count(*) as articles from articles a
    where a.account_id = c.account_id and a.category_id = c.id and a.locale = c.locale
      and a.status = 1) n on true
left join lateral (
    select jsonb_agg(jsonb_build_object('title', f.title, 'slug', f.slug)
                     order by f.position, f.id) as articles
    from (select a.id, a.title, a.slug, a.position from articles a
          where a.account_id = c.account_id and a.category_id = c.id and a.locale = c.locale
            and a.status = 1
          order by a.position, a.id limit %(few)s) f) first on true
where c.account_id = %(account)s and c.portal_id = %(portal)s and c.locale = %(locale)s
order by c.position, c.id"""


class OpenPortal(msgspec.Struct, frozen=True):
    """A help centre that anybody may read."""

    account_id: AccountId
    id: int
    slug: str
    name: str
    page_title: str | None
    header_text: str | None
    homepage_link: str | None
    color: str | None
    locales: list[str]
    default_locale: str


class Entry(msgspec.Struct, frozen=True):
    """An article in a list."""

    id: int
    title: str
    slug: str
    description: str | None
    beginning: str
    updated_at: datetime


async def open_portal(tx: WideTx, slug: str) -> OpenPortal | None:
    """The portal of that address, unless it is archived or its account suspended."""
    row = await tx.first(
        """select p.account_id, p.id, p.slug, p.name, p.page_title, p.header_text,
                  p.homepage_link, p.color, p.locales, p.default_locale
           from portals p join accounts a on a.id = p.account_id
           where p.slug = %s and not p.archived and not a.suspended and a.deleted_at is null""",
        [slug],
    )
    return None if row is None else msgspec.convert(row, OpenPortal)


async def shelves(tx: TenantTx, portal: OpenPortal, locale: str) -> list[dict[str, Any]]:
    """The categories in which something is published, with the first of it."""
    rows = await tx.all(
        _SHELVES,
        {"account": tx.account_id, "portal": portal.id, "locale": locale, "few": ON_A_SHELF},
    )
    return [row for row in rows if row["articles"]]


async def popular(tx: TenantTx, portal: OpenPortal, locale: str) -> list[Entry]:
    """What is read most."""
    return await _entries(
        tx,
        portal,
        "and a.locale = %(locale)s order by a.views desc, a.position, a.id limit %(n)s",
        locale=locale,
        n=POPULAR,
    )


async def shelf(tx: TenantTx, portal: OpenPortal, locale: str, slug: str) -> dict[str, Any] | None:
    """A category with its parent, or nothing."""
    return await tx.first(
        """select c.id, c.name, c.slug, c.description, c.icon, up.name as parent_name,
                  up.slug as parent_slug
           from categories c
           left join categories up on up.account_id = c.account_id and up.id = c.parent_category_id
                and up.locale = c.locale
           where c.account_id = %s and c.portal_id = %s and c.locale = %s and c.slug = %s""",
        [tx.account_id, portal.id, locale, slug],
    )


async def on_shelf(
    tx: TenantTx, portal: OpenPortal, locale: str, category_id: int | None, page: int
) -> list[Entry]:
    """A page of a category's articles, or of all; one more than the page says there is another."""
    return await _entries(
        tx,
        portal,
        """and a.locale = %(locale)s and (%(shelf)s::bigint is null or a.category_id = %(shelf)s)
           order by a.position, a.id limit %(n)s offset %(skip)s""",
        locale=locale,
        shelf=category_id,
        n=PAGE + 1,
        skip=(page - 1) * PAGE,
    )


async def published_article(tx: TenantTx, portal: OpenPortal, slug: str) -> dict[str, Any] | None:
    """The article of that address, or nothing while it is not published."""
    return await tx.first(
        """select a.id, a.title, a.slug, a.locale, a.description, a.content, a.meta, a.updated_at,
                  a.associated_article_id, c.name as category_name, c.slug as category_slug
           from articles a
           left join categories c on c.account_id = a.account_id and c.id = a.category_id
                and c.locale = a.locale
           where a.account_id = %s and a.portal_id = %s and a.slug = %s and a.status = 1
             and a.locale = any(%s)""",
        [tx.account_id, portal.id, slug, portal.locales],
    )


async def in_other_languages(
    tx: TenantTx, portal: OpenPortal, article: dict[str, Any]
) -> dict[str, str]:
    """Slug by language."""
    rows = await tx.all(
        """select locale, slug from articles
           where account_id = %(account)s and portal_id = %(portal)s and status = 1
             and id <> %(id)s and (id = %(root)s or associated_article_id = %(root)s)
           order by id""",
        {
            "account": tx.account_id,
            "portal": portal.id,
            "id": article["id"],
            "root": article["associated_article_id"] or article["id"],
        },
    )
    return {row["locale"]: row["slug"] for row in rows if row["locale"] != article["locale"]}


async def search(tx: TenantTx, portal: OpenPortal, locale: str, text: str) -> list[Entry]:
    """Articles that hold every word, those with them in the title first.

    Raises psycopg's QueryCanceled rather than looking for long; what went before stays.
    """
    words = [f"%{word}%" for word in words_of(text)]
    if not words:
        return []
    async with tx.part():
        await tx.execute(f"set local statement_timeout = {SEARCH_MS}")
        return await _entries(
            tx,
            portal,
            """and a.locale = %(locale)s
           and (a.title || ' ' || coalesce(a.description, '') || ' ' || a.content)
               ilike all(%(words)s::text[])
           order by a.title ilike all(%(words)s::text[]) desc, a.views desc, a.id limit %(n)s""",
            locale=locale,
            words=words,
            n=FOUND,
        )


async def in_map(tx: TenantTx, portal: OpenPortal) -> list[dict[str, Any]]:
    """Every published address, for search engines."""
    return await tx.all(
        f"select a.slug, a.updated_at {_PUBLISHED} and a.locale = any(%(locales)s) "
        "order by a.id limit %(n)s",
        {
            "account": tx.account_id,
            "portal": portal.id,
            "locales": portal.locales,
            "n": MOST_IN_MAP,
        },
    )


async def _entries(tx: TenantTx, portal: OpenPortal, rest: str, **values: Any) -> list[Entry]:
    rows = await tx.all(
        f"select {_LISTED} {_PUBLISHED} {rest}",
        {"account": tx.account_id, "portal": portal.id, **values},
        prepare=False,
    )
    return [Entry(**row) for row in rows]
