"""Reading portals, categories and articles as the people of the account see them."""

from typing import Any

import msgspec
from sqlalchemy import select

from desk.store.transaction import TenantTx
from desk.tables.help_centre import PortalRow
from desk.words.errors import Invalid, NotFound
from desk.words.help_centre import ArticleStatus
from desk.words.ids import UserId

ARTICLES_PAGE = 25
MOST_WORDS = 8
LARGEST_ID = 2**63 - 1

_PORTAL = """
select p.*, coalesce(n.all_articles, 0) as all_articles, coalesce(n.published, 0) as published,
       coalesce(n.drafts, 0) as drafts, coalesce(n.archived_articles, 0) as archived_articles,
       coalesce(n.mine, 0) as mine, coalesce(n.by_locale, '{}'::jsonb) as articles_by_locale,
       coalesce(k.n, 0) as categories, coalesce(k.by_locale, '{}'::jsonb) as categories_by_locale
from portals p
left join lateral (
    select sum(l.n) as all_articles, sum(l.published) as published, sum(l.drafts) as drafts,
           sum(l.archived) as archived_articles, sum(l.mine) as mine,
           jsonb_object_agg(l.locale, l.n) as by_locale
    from (select a.locale, count(*) as n, count(*) filter (where a.status = 1) as published,
                 count(*) filter (where a.status = 0) as drafts,
                 count(*) filter (where a.status = 2) as archived,
                 count(*) filter (where a.author_id = %(me)s) as mine
          from articles a where a.account_id = p.account_id and a.portal_id = p.id
          group by a.locale) l) n on true
left join lateral (
    select sum(l.n) as n, jsonb_object_agg(l.locale, l.n) as by_locale
    from (select c.locale, count(*) as n from categories c
          where c.account_id = p.account_id and c.portal_id = p.id group by c.locale) l) k on true
where p.account_id = %(account)s"""

_CATEGORY = """
select c.*, (select count(*) from articles a
             where a.account_id = c.account_id and a.category_id = c.id) as articles_count
from categories c where c.account_id = %(account)s and c.portal_id = %(portal)s"""

_ARTICLE = """
select a.*, c.name as category_name, c.slug as category_slug, c.locale as category_locale,
       u.name as author_name, u.email as author_email,
       coalesce(u.display_name, u.name) as author_available_name
from articles a
left join categories c on c.account_id = a.account_id and c.id = a.category_id
left join users u on u.id = a.author_id
where a.account_id = %(account)s and a.portal_id = %(portal)s"""

ARTICLE_SORTS = {
    "position": "a.position, a.id",
    "-position": "a.position desc, a.id desc",
    "title": "lower(a.title), a.id",
    "-title": "lower(a.title) desc, a.id desc",
    "updated_at": "a.updated_at, a.id",
    "-updated_at": "a.updated_at desc, a.id desc",
    "created_at": "a.created_at, a.id",
    "-created_at": "a.created_at desc, a.id desc",
    "views": "a.views, a.id",
    "-views": "a.views desc, a.id desc",
}


class ArticleFilter(msgspec.Struct, frozen=True):
    """What a list of articles is to show."""

    locale: str | None = None
    status: ArticleStatus | None = None
    category_slug: str | None = None
    author_id: int | None = None
    words: str = ""


async def portal_named(tx: TenantTx, name: str) -> PortalRow:
    """The account's portal by its slug or its id; raises NotFound."""
    by_id = name.isascii() and name.isdecimal() and int(name) <= LARGEST_ID
    if "\x00" not in name:
        found = await tx.session.execute(
            select(PortalRow).where(
                PortalRow.account_id == tx.account_id,
                PortalRow.id == int(name) if by_id else PortalRow.slug == name.casefold(),
            )
        )
        row = found.scalar_one_or_none()
        if row is not None:
            return row
    raise NotFound("portal_not_found", "There is no such help centre.")


async def portals(tx: TenantTx, me: UserId) -> list[dict[str, Any]]:
    """All of the account's, by name."""
    return await tx.all(
        f"{_PORTAL} order by lower(p.name), p.id", {"account": tx.account_id, "me": me}
    )


async def portal(tx: TenantTx, portal_id: int, me: UserId) -> dict[str, Any]:
    """One of them with its counts."""
    return await tx.one(
        f"{_PORTAL} and p.id = %(portal)s",
        {"account": tx.account_id, "me": me, "portal": portal_id},
    )


async def categories(
    tx: TenantTx, portal_id: int, *, locale: str | None = None
) -> list[dict[str, Any]]:
    """The portal's categories in their order."""
    return await tx.all(
        f"""{_CATEGORY} and (%(locale)s::text is null or c.locale = %(locale)s)
            order by c.locale, c.position, c.id""",
        {"account": tx.account_id, "portal": portal_id, "locale": locale},
    )


async def category(tx: TenantTx, portal_id: int, category_id: int) -> dict[str, Any]:
    """One of them; raises NotFound."""
    row = await tx.first(
        f"{_CATEGORY} and c.id = %(id)s",
        {"account": tx.account_id, "portal": portal_id, "id": category_id},
    )
    if row is None:
        raise NotFound("category_not_found", "There is no such category.")
    return row


async def article(tx: TenantTx, portal_id: int, article_id: int) -> dict[str, Any]:
    """An article, whatever its state; raises NotFound."""
    row = await tx.first(
        f"{_ARTICLE} and a.id = %(id)s",
        {"account": tx.account_id, "portal": portal_id, "id": article_id},
    )
    if row is None:
        raise NotFound("article_not_found", "There is no such article.")
    return row


async def translations(tx: TenantTx, article: dict[str, Any]) -> list[dict[str, Any]]:
    """The same article in other languages."""
    root = article["associated_article_id"] or article["id"]
    return await tx.all(
        """select id, title, slug, locale, status, views, author_id from articles
           where account_id = %(account)s and id <> %(id)s
             and (id = %(root)s or associated_article_id = %(root)s) order by locale, id""",
        {"account": tx.account_id, "id": article["id"], "root": root},
    )


async def articles(
    tx: TenantTx, portal_id: int, wanted: ArticleFilter, *, sort: str, page: int
) -> list[dict[str, Any]]:
    """One page of them."""
    order = ARTICLE_SORTS.get(sort)
    if order is None:
        raise Invalid(
            "unknown_sort", f"sort must be one of {', '.join(ARTICLE_SORTS)}.", field="sort"
        )
    where, parameters = _conditions(wanted)
    return await tx.all(
        f"{_ARTICLE} {where} order by {order} limit %(limit)s offset %(offset)s",
        {
            "account": tx.account_id,
            "portal": portal_id,
            "limit": ARTICLES_PAGE,
            "offset": (page - 1) * ARTICLES_PAGE,
            **parameters,
        },
        prepare=False,
    )


async def article_counts(
    tx: TenantTx, portal_id: int, wanted: ArticleFilter, me: UserId
) -> dict[str, int]:
    """How many there are of each kind in the filter's language, and how many the filter shows."""
    where, parameters = _conditions(wanted)
    return await tx.one(
        f"""select count(*) as all_articles_count,
                   count(*) filter (where a.status = 2) as archived_articles_count,
                   count(*) filter (where a.status = 0) as draft_articles_count,
                   count(*) filter (where a.status = 1) as published_count,
                   count(*) filter (where a.author_id = %(me)s) as mine_articles_count,
                   count(*) filter (where true {where}) as articles_count
            from articles a
            left join categories c on c.account_id = a.account_id and c.id = a.category_id
            where a.account_id = %(account)s and a.portal_id = %(portal)s
              and (%(in_locale)s::text is null or a.locale = %(in_locale)s)""",
        {
            "account": tx.account_id,
            "portal": portal_id,
            "me": me,
            "in_locale": wanted.locale,
            **parameters,
        },
        prepare=False,
    )


def _conditions(wanted: ArticleFilter) -> tuple[str, dict[str, Any]]:
    where: list[str] = []
    parameters: dict[str, Any] = {}
    for column, value in (
        ("a.locale", wanted.locale),
        ("a.status", None if wanted.status is None else int(wanted.status)),
        ("c.slug", wanted.category_slug),
        ("a.author_id", wanted.author_id),
    ):
        if value is not None:
            name = f"v{len(parameters)}"
            where.append(f"{column} = %({name})s")
            parameters[name] = value
    for word in words_of(wanted.words):
        name = f"v{len(parameters)}"
        where.append(
            f"(a.title ilike %({name})s or a.description ilike %({name})s "
            f"or a.content ilike %({name})s)"
        )
        parameters[name] = f"%{word}%"
    return "".join(f" and {one}" for one in where), parameters


def words_of(text: str) -> list[str]:
    """The words to look for, ready for ilike; more of them than a person types are left out."""
    words = [word for word in text.replace("\x00", " ")[:200].split() if word]
    return [
        word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        for word in words[:MOST_WORDS]
    ]
