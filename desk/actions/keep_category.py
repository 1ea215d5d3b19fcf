"""Make categories of a help centre, change them, put them in order, and end them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from desk.actions.places import put_in_places
from desk.events.help_centre import (
    CategoriesReordered,
    CategoryCreated,
    CategoryDeleted,
    CategoryUpdated,
)
from desk.store.transaction import TenantTx
from desk.tables.help_centre import CategoryRow, PortalRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.help_centre import (
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_CATEGORIES,
    checked_line,
    checked_locale,
    checked_slug,
    required_line,
    slug_from,
)

DEEPEST = 10
LARGEST_POSITION = 2**31 - 1
STEP = 10
"""Between the places of neighbours, so that one can be put between them."""


async def create_category(
    tx: TenantTx, portal: PortalRow, wanted: dict[str, Any], *, by: Actor
) -> CategoryRow:
    """Make a category; it comes last unless it is told its place."""
    # Two that are made at the same time would both find their slug free.
    await tx.session.refresh(portal, with_for_update=True)
    count = await tx.one(
        """select count(*) as n, coalesce(max(position), 0) as last from categories
           where account_id = %s and portal_id = %s""",
        [tx.account_id, portal.id],
    )
    if count["n"] >= MOST_CATEGORIES:
        raise Invalid(
            "too_many_categories", f"A help centre has at most {MOST_CATEGORIES} categories."
        )
    name = required_line(wanted.get("name"), field="name")
    whole = {
        **wanted,
        "name": name,
        "slug": wanted.get("slug") or slug_from(name),
        "locale": wanted.get("locale") or portal.default_locale,
    }
    if whole.get("position") is None:
        whole["position"] = min(count["last"] + STEP, LARGEST_POSITION)
    checked = await _checked(tx, portal, whole, None)
    row = CategoryRow(
        account_id=tx.account_id,
        portal_id=portal.id,
        created_at=tx.now,
        updated_at=tx.now,
        **checked,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.record(CategoryCreated(row.id, portal.id), by=by)
    return row


async def update_category(
    tx: TenantTx, portal: PortalRow, category_id: int, changes: dict[str, Any], *, by: Actor
) -> CategoryRow:
    """Change what is given."""
    await tx.session.refresh(portal, with_for_update=True)
    row = await _row(tx, portal, category_id)
    checked = await _checked(tx, portal, changes, row)
    changed = [field for field, value in checked.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, checked[field])
    if changed:
        row.updated_at = tx.now
        tx.record(CategoryUpdated(row.id, portal.id, sorted(changed)), by=by)
    return row


async def delete_category(tx: TenantTx, portal: PortalRow, category_id: int, *, by: Actor) -> None:
    """End it; its articles stand in no category then."""
    row = await _row(tx, portal, category_id)
    await tx.session.delete(row)
    tx.record(CategoryDeleted(category_id, portal.id), by=by)


async def reorder_categories(
    tx: TenantTx, portal: PortalRow, places: Mapping[int, int], *, by: Actor
) -> None:
    """Give each its place; those that are not the portal's are refused."""
    if not await put_in_places(tx, CategoryRow, portal.id, places):
        raise NotFound("category_not_found", "There is no such category.", field="positions_hash")
    tx.record(CategoriesReordered(portal.id, sorted(places)), by=by)


async def _row(tx: TenantTx, portal: PortalRow, category_id: int) -> CategoryRow:
    row = await tx.session.get(CategoryRow, (tx.account_id, category_id), with_for_update=True)
    if row is None or row.portal_id != portal.id:
        raise NotFound("category_not_found", "There is no such category.")
    return row


async def _checked(
    tx: TenantTx, portal: PortalRow, given: dict[str, Any], row: CategoryRow | None
) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    if "name" in given:
        checked["name"] = required_line(given["name"], field="name")
    if given.get("locale") is not None:
        checked["locale"] = _allowed(portal, given["locale"])
    if "slug" in given:
        checked["slug"] = checked_slug(given["slug"] or "", longest=LONGEST_LINE)
    if "description" in given:
        checked["description"] = checked_line(
            given["description"], field="description", longest=LONGEST_TEXT
        )
    if "icon" in given:
        checked["icon"] = checked_line(given["icon"], field="icon", longest=64)
    if given.get("position") is not None:
        checked["position"] = checked_position(given["position"])
    for field in ("parent_category_id", "associated_category_id"):
        if field in given:
            checked[field] = await _other(tx, portal, given[field], row, field)
    locale = checked.get("locale") or (row.locale if row else portal.default_locale)
    if "slug" in checked or "locale" in checked:
        slug = checked.get("slug") or (row.slug if row else "")
        await _refuse_taken(tx, portal, slug, locale, but=row.id if row else None)
    return checked


def _allowed(portal: PortalRow, given: str) -> str:
    locale = checked_locale(given)
    if locale not in portal.locales:
        raise Invalid(
            "locale_not_allowed",
            f"The help centre is in {', '.join(portal.locales)}. Allow {locale} first.",
            field="locale",
        )
    return locale


async def _refuse_taken(
    tx: TenantTx, portal: PortalRow, slug: str, locale: str, *, but: int | None
) -> None:
    found = await tx.session.execute(
        select(CategoryRow.id).where(
            CategoryRow.account_id == tx.account_id,
            CategoryRow.portal_id == portal.id,
            CategoryRow.locale == locale,
            CategoryRow.slug == slug,
        )
    )
    if any(taken != but for taken in found.scalars()):
        raise Conflict("slug_taken", f"Another category in {locale} has this slug.", field="slug")


async def _other(
    tx: TenantTx, portal: PortalRow, other_id: int | None, row: CategoryRow | None, field: str
) -> int | None:
    """A category of the same portal; a parent must not stand below its own child."""
    if other_id is None:
        return None
    seen: list[int] = [] if row is None else [row.id]
    step: int | None = other_id
    while step is not None:
        other = await tx.session.get(CategoryRow, (tx.account_id, step))
        if other is None or other.portal_id != portal.id:
            raise Invalid("unknown_category", "There is no such category.", field=field)
        if step in seen or len(seen) > DEEPEST:
            raise Invalid(
                "category_in_a_circle", "A category cannot stand below itself.", field=field
            )
        seen.append(step)
        step = other.parent_category_id if field == "parent_category_id" else None
    return other_id


def checked_position(given: int) -> int:
    """A place among its neighbours; raises Invalid."""
    if not 0 <= given <= LARGEST_POSITION:
        raise Invalid("position_malformed", "position must be 0 or more.", field="position")
    return given
