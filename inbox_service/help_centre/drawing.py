"""What each page of a portal holds."""

from typing import Any
from urllib.parse import quote, urlencode

import psycopg.errors

from desk.store import public_help_centre as store
from desk.store.public_help_centre import PAGE, Entry
from inbox_service.help_centre.markdown import drawn, first_words
from inbox_service.help_centre.phrases import counted
from inbox_service.help_centre.site import Page, Visit

LONGEST_QUESTION = 200


async def first_page(visit: Visit) -> Page:
    """The categories with their first articles, and what is read most."""
    shelves = [
        {
            **row,
            "url": visit.at("categories", quote(row["slug"])),
            "says": counted(visit.phrases, "article", row["articles"]),
            "first": [{**one, "url": _article(visit, one["slug"])} for one in row["first"]],
        }
        for row in await store.shelves(visit.tx, visit.portal, visit.locale)
    ]
    popular = _listed(visit, await store.popular(visit.tx, visit.portal, visit.locale))
    values = {"shelves": shelves, "popular": popular, "everything": visit.at("articles")}
    return Page("help_home.html", None, visit.at(), values, elsewhere=_everywhere(visit))


async def all_articles(visit: Visit, page: int) -> Page:
    """Everything that is published in the language."""
    found = await store.on_shelf(visit.tx, visit.portal, visit.locale, None, page)
    here = visit.at("articles")
    return Page(
        "help_list.html",
        visit.phrases["all_articles"],
        here,
        {
            "heading": visit.phrases["all_articles"],
            "says": None,
            "icon": None,
            "trail": [],
            "entries": _listed(visit, found[:PAGE]),
            **_paging(here, page, more=len(found) > PAGE),
        },
        elsewhere=_everywhere(visit, "articles"),
    )


async def one_category(visit: Visit, slug: str, page: int) -> Page | None:
    """A category with its articles."""
    shelf = await store.shelf(visit.tx, visit.portal, visit.locale, slug)
    if shelf is None:
        return None
    found = await store.on_shelf(visit.tx, visit.portal, visit.locale, shelf["id"], page)
    here = visit.at("categories", quote(shelf["slug"]))
    trail = []
    if shelf["parent_slug"]:
        up = visit.at("categories", quote(shelf["parent_slug"]))
        trail.append({"name": shelf["parent_name"], "url": up})
    return Page(
        "help_list.html",
        shelf["name"],
        here,
        {
            "heading": shelf["name"],
            "says": shelf["description"],
            "icon": shelf["icon"],
            "trail": trail,
            "entries": _listed(visit, found[:PAGE]),
            **_paging(here, page, more=len(found) > PAGE),
        },
        description=shelf["description"],
    )


async def search_page(visit: Visit, question: str, *, refused: bool) -> Page:
    """Articles with the words."""
    asked = question.replace("\x00", "").strip()[:LONGEST_QUESTION]
    entries: list[Entry] = []
    says = visit.phrases["no_words"]
    if refused:
        says = visit.phrases["too_many"]
    elif asked:
        try:
            entries = await store.search(visit.tx, visit.portal, visit.locale, asked)
            says = visit.phrases["no_results"].replace("{words}", asked)
        except psycopg.errors.QueryCanceled:
            says = visit.phrases["too_long"]
    heading = (
        visit.phrases["results"].replace("{words}", asked) if asked else visit.phrases["search"]
    )
    return Page(
        "help_search.html",
        heading,
        visit.at("search"),
        {
            "heading": heading,
            "asked": asked,
            "entries": _listed(visit, entries),
            "says": None if entries else says,
        },
        elsewhere={
            code: f"{visit.at('search', locale=code)}?{urlencode({'query': asked})}"
            for code in visit.portal.locales
        },
        status=429 if refused else 200,
        indexed=False,
    )


async def one_article(visit: Visit, article: dict[str, Any]) -> Page:
    """An article; it knows where it is in the other languages."""
    others = await store.in_other_languages(visit.tx, visit.portal, article)
    trail = []
    if article["category_slug"]:
        url = visit.at("categories", quote(article["category_slug"]), locale=article["locale"])
        trail.append({"name": article["category_name"], "url": url})
    here = _article(visit, article["slug"])
    meta = article["meta"]
    tags = meta.get("tags")
    return Page(
        "help_article.html",
        _text(meta.get("title")) or article["title"],
        here,
        {
            "locale": article["locale"],
            "article": article,
            "html": await drawn(article["content"]),
            "trail": trail,
            "day": f"{article['updated_at']:%Y-%m-%d}",
            "keywords": ", ".join(str(tag) for tag in tags[:20]) if isinstance(tags, list) else "",
        },
        description=_text(meta.get("description"))
        or article["description"]
        or first_words(article["content"]),
        elsewhere={
            article["locale"]: here,
            **{code: _article(visit, slug) for code, slug in others.items()},
        },
    )


def _article(visit: Visit, slug: str) -> str:
    return f"/hc/{visit.portal.slug}/articles/{quote(slug)}"


def _listed(visit: Visit, entries: list[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "title": one.title,
            "url": _article(visit, one.slug),
            "says": one.description or first_words(one.beginning),
        }
        for one in entries
    ]


def _paging(here: str, page: int, *, more: bool) -> dict[str, str | None]:
    return {
        "earlier": f"{here}?page={page - 1}" if page > 1 else None,
        "more": f"{here}?page={page + 1}" if more else None,
    }


def _everywhere(visit: Visit, *path: str) -> dict[str, str]:
    return {code: visit.at(*path, locale=code) for code in visit.portal.locales}


def _text(given: object) -> str | None:
    return given.strip()[:300] or None if isinstance(given, str) else None
