"""Write articles of a help centre, publish and archive them, put them in order, and end them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import select

from desk.actions.keep_category import LARGEST_POSITION, STEP, checked_position
from desk.actions.places import put_in_places
from desk.events.help_centre import (
    ArticleCreated,
    ArticleDeleted,
    ArticlesReordered,
    ArticleUpdated,
)
from desk.store.brought_files import keep_shown
from desk.store.transaction import TenantTx
from desk.tables.accounts import AccountUserRow
from desk.tables.help_centre import ArticleRow, CategoryRow, PortalRow
from desk.words.actor import Actor, ActorKind
from desk.words.conversation import MAX_CONTENT
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.help_centre import (
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_ARTICLES,
    MOST_META,
    ArticleStatus,
    article_status_of,
    checked_line,
    checked_locale,
    checked_slug,
    required_line,
    slug_from,
)

FREE_SLUGS = 200


async def create_article(
    tx: TenantTx, portal: PortalRow, wanted: dict[str, Any], *, by: Actor
) -> ArticleRow:
    """Begin an article: a draft in the portal's own language unless it says otherwise."""
    # Two that are made at the same time would both find their slug free.
    await tx.session.refresh(portal, with_for_update=True)
    count = await tx.one(
        """select count(*) as n, coalesce(max(position), 0) as last from articles
           where account_id = %s and portal_id = %s""",
        [tx.account_id, portal.id],
    )
    if count["n"] >= MOST_ARTICLES:
        raise Invalid("too_many_articles", f"A help centre has at most {MOST_ARTICLES:,} articles.")
    whole = {
        "content": "",
        "status": ArticleStatus.DRAFT.value,
        "author_id": by.id if by.kind is ActorKind.USER else None,
        **{name: value for name, value in wanted.items() if value is not None},
    }
    title = required_line(whole.get("title"), field="title")
    if not whole.get("slug"):
        whole["slug"] = await _free_slug(tx, portal, slug_from(title) or "article")
    if whole.get("position") is None:
        whole["position"] = min(count["last"] + STEP, LARGEST_POSITION)
    checked = await _checked(tx, portal, {**whole, "title": title}, None)
    checked.setdefault("locale", portal.default_locale)
    row = ArticleRow(
        account_id=tx.account_id,
        portal_id=portal.id,
        created_at=tx.now,
        updated_at=tx.now,
        **checked,
    )
    tx.session.add(row)
    await tx.session.flush()
    await keep_shown(tx, now=row.content)
    tx.record(ArticleCreated(row.id, portal.id, row.status), by=by)
    return row


async def update_article(
    tx: TenantTx, portal: PortalRow, article_id: int, changes: dict[str, Any], *, by: Actor
) -> ArticleRow:
    """Change what is given: to publish is to change its status."""
    await tx.session.refresh(portal, with_for_update=True)
    row = await _row(tx, portal, article_id)
    checked = await _checked(tx, portal, changes, row)
    changed = [field for field, value in checked.items() if getattr(row, field) != value]
    before = row.content
    for field in changed:
        setattr(row, field, checked[field])
    if changed:
        row.updated_at = tx.now
        if "content" in changed:
            await tx.session.flush()
            await keep_shown(tx, now=row.content, before=before)
        tx.record(ArticleUpdated(row.id, portal.id, sorted(changed), row.status), by=by)
    return row


async def delete_article(tx: TenantTx, portal: PortalRow, article_id: int, *, by: Actor) -> None:
    """End it."""
    row = await _row(tx, portal, article_id)
    await tx.session.delete(row)
    await tx.session.flush()
    await keep_shown(tx, now="", before=row.content)
    tx.record(ArticleDeleted(article_id, portal.id), by=by)


async def reorder_articles(
    tx: TenantTx, portal: PortalRow, places: Mapping[int, int], *, by: Actor
) -> None:
    """Give each its place; those that are not the portal's are refused."""
    if not await put_in_places(tx, ArticleRow, portal.id, places):
        raise NotFound("article_not_found", "There is no such article.", field="positions_hash")
    tx.record(ArticlesReordered(portal.id, sorted(places)), by=by)


async def count_views(tx: TenantTx, views: Sequence[tuple[int, int]]) -> None:
    """Add what was read since the last time; it is no change of the article, and leaves no fact."""
    await tx.execute(
        """update articles a set views = a.views + given.n
           from unnest(%s::bigint[], %s::bigint[]) as given(id, n)
           where a.account_id = %s and a.id = given.id""",
        [[article for article, _ in views], [n for _, n in views], tx.account_id],
    )


async def _row(tx: TenantTx, portal: PortalRow, article_id: int) -> ArticleRow:
    row = await tx.session.get(ArticleRow, (tx.account_id, article_id), with_for_update=True)
    if row is None or row.portal_id != portal.id:
        raise NotFound("article_not_found", "There is no such article.")
    return row


async def _checked(
    tx: TenantTx, portal: PortalRow, given: dict[str, Any], row: ArticleRow | None
) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    if "title" in given:
        checked["title"] = required_line(given["title"], field="title")
    if "slug" in given:
        slug = checked_slug(given["slug"] or "", longest=LONGEST_LINE)
        if slug in await _taken(tx, portal, [slug], but=row.id if row else None):
            raise Conflict("slug_taken", "Another article has this slug.", field="slug")
        checked["slug"] = slug
    if "content" in given:
        checked["content"] = _content(given["content"] or "")
    if "description" in given:
        checked["description"] = checked_line(
            given["description"], field="description", longest=LONGEST_TEXT
        )
    if given.get("status") is not None:
        checked["status"] = int(article_status_of(given["status"]))
    if given.get("position") is not None:
        checked["position"] = checked_position(given["position"])
    if "meta" in given:
        checked["meta"] = _meta(given["meta"] or {})
    if given.get("locale") is not None:
        checked["locale"] = _allowed(portal, given["locale"])
    if "author_id" in given:
        checked["author_id"] = await _author(tx, given["author_id"])
    if "category_id" in given:
        category = await _category(tx, portal, given["category_id"])
        checked["category_id"] = category.id if category else None
        if category is not None and "locale" not in checked:
            # An article is in the language of the shelf it stands on.
            checked["locale"] = category.locale
    if "associated_article_id" in given:
        checked["associated_article_id"] = await _associated(
            tx, portal, given["associated_article_id"], row
        )
    return checked


def _content(content: str) -> str:
    if len(content) > MAX_CONTENT:
        raise Invalid(
            "content_too_long", f"At most {MAX_CONTENT:,} characters fit.", field="content"
        )
    if "\x00" in content:
        raise Invalid("content_has_nul", "The content holds a NUL character.", field="content")
    return content


def _meta(meta: dict[str, Any]) -> dict[str, Any]:
    if len(msgspec.json.encode(meta)) > MOST_META:
        raise Invalid("meta_too_large", f"meta has at most {MOST_META:,} bytes.", field="meta")
    return meta


def _allowed(portal: PortalRow, given: str) -> str:
    locale = checked_locale(given)
    if locale not in portal.locales:
        raise Invalid(
            "locale_not_allowed",
            f"The help centre is in {', '.join(portal.locales)}. Allow {locale} first.",
            field="locale",
        )
    return locale


async def _author(tx: TenantTx, author_id: int | None) -> int | None:
    if author_id is None:
        return None
    if await tx.session.get(AccountUserRow, (tx.account_id, author_id)) is None:
        raise Invalid("unknown_author", "There is no such agent.", field="author_id")
    return author_id


async def _category(tx: TenantTx, portal: PortalRow, category_id: int | None) -> CategoryRow | None:
    if category_id is None:
        return None
    row = await tx.session.get(CategoryRow, (tx.account_id, category_id))
    if row is None or row.portal_id != portal.id:
        raise Invalid("unknown_category", "There is no such category.", field="category_id")
    return row


async def _associated(
    tx: TenantTx, portal: PortalRow, other_id: int | None, row: ArticleRow | None
) -> int | None:
    if other_id is None:
        return None
    other = await tx.session.get(ArticleRow, (tx.account_id, other_id))
    if other is None or other.portal_id != portal.id or (row is not None and other.id == row.id):
        raise Invalid(
            "unknown_article", "There is no such other article.", field="associated_article_id"
        )
    # All translations hang on the one that was there first.
    return other.associated_article_id or other.id


async def _free_slug(tx: TenantTx, portal: PortalRow, wanted: str) -> str:
    wanted = wanted if not wanted.isdecimal() else f"article-{wanted}"
    offers = [wanted, *(f"{wanted}-{n}" for n in range(2, FREE_SLUGS))]
    taken = await _taken(tx, portal, offers, but=None)
    return next(
        (offer for offer in offers if offer not in taken), f"{wanted}-{tx.now:%Y%m%d%H%M%S}"
    )


async def _taken(
    tx: TenantTx, portal: PortalRow, slugs: Sequence[str], *, but: int | None
) -> set[str]:
    found = await tx.session.execute(
        select(ArticleRow.id, ArticleRow.slug).where(
            ArticleRow.account_id == tx.account_id,
            ArticleRow.portal_id == portal.id,
            ArticleRow.slug.in_(slugs),
        )
    )
    return {slug for taken, slug in found if taken != but}
