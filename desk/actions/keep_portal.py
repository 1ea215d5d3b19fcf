"""Open a help centre, change how it looks and where it is, archive it, and end it."""

from typing import Any

import sqlalchemy.exc
from sqlalchemy import select

from desk.events.help_centre import PortalCreated, PortalDeleted, PortalUpdated
from desk.store.brought_files import keep_shown, what_articles_show
from desk.store.transaction import TenantTx
from desk.tables.help_centre import PortalRow
from desk.tables.inboxes import InboxRow
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.help_centre import (
    DEFAULT_LOCALE,
    LONGEST_TEXT,
    MOST_LOCALES,
    checked_color,
    checked_domain,
    checked_line,
    checked_locale,
    checked_slug,
    required_line,
    slug_from,
)
from desk.words.web_address import web_address

MOST_PORTALS = 100

_UNIQUE = {"uq_portals_slug": "slug", "uq_portals_custom_domain": "custom_domain"}


async def create_portal(tx: TenantTx, wanted: dict[str, Any], *, by: Actor) -> PortalRow:
    """Open a help centre; without a slug its address is made of its name."""
    count = await tx.one("select count(*) as n from portals where account_id = %s", [tx.account_id])
    if count["n"] >= MOST_PORTALS:
        raise Invalid("too_many_portals", f"An account has at most {MOST_PORTALS} help centres.")
    name = required_line(wanted.get("name"), field="name")
    given = wanted.get("slug")
    values = {
        "locales": [DEFAULT_LOCALE],
        "default_locale": DEFAULT_LOCALE,
        **await _checked(tx, {**wanted, "name": name, "slug": given or slug_from(name)}),
    }
    row = PortalRow(account_id=tx.account_id, created_at=tx.now, updated_at=tx.now, **values)
    await _keep(tx, row)
    tx.record(PortalCreated(row.id), by=by)
    return row


async def update_portal(
    tx: TenantTx, portal_id: int, changes: dict[str, Any], *, by: Actor
) -> PortalRow:
    """Change what is given."""
    row = await _row(tx, portal_id)
    checked = await _checked(tx, changes, row)
    changed = [field for field, value in checked.items() if getattr(row, field) != value]
    if changed:
        for field in changed:
            setattr(row, field, checked[field])
        row.updated_at = tx.now
        await _keep(tx, row)
        tx.record(PortalUpdated(row.id, sorted(changed)), by=by)
    return row


async def delete_portal(tx: TenantTx, portal_id: int, *, by: Actor) -> None:
    """End it with all its categories and articles."""
    row = await _row(tx, portal_id)
    said = await what_articles_show(tx, portal_id)
    await tx.session.delete(row)
    await tx.session.flush()
    await keep_shown(tx, now="", before=said)
    tx.record(PortalDeleted(portal_id), by=by)


async def _row(tx: TenantTx, portal_id: int) -> PortalRow:
    row = await tx.session.get(PortalRow, (tx.account_id, portal_id), with_for_update=True)
    if row is None:
        raise NotFound("portal_not_found", "There is no such help centre.")
    return row


async def _keep(tx: TenantTx, row: PortalRow) -> None:
    """Slugs and domains are the only ones of all accounts: only the table knows which are free."""
    try:
        async with tx.part():
            tx.session.add(row)
            await tx.session.flush()
    except sqlalchemy.exc.IntegrityError as error:
        field = next((of for name, of in _UNIQUE.items() if name in str(error.orig)), None)
        if field is None:
            raise
        raise Conflict(
            f"{field}_taken", f"Another help centre has this {field}.", field=field
        ) from None


async def _checked(
    tx: TenantTx, given: dict[str, Any], row: PortalRow | None = None
) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    if "name" in given:
        checked["name"] = required_line(given["name"], field="name")
    if "slug" in given:
        checked["slug"] = checked_slug(given["slug"] or "")
    if "custom_domain" in given:
        checked["custom_domain"] = checked_domain(given["custom_domain"])
    if "color" in given:
        checked["color"] = checked_color(given["color"])
    if "homepage_link" in given:
        link = given["homepage_link"]
        checked["homepage_link"] = web_address(link, field="homepage_link") if link else None
    if "page_title" in given:
        checked["page_title"] = checked_line(given["page_title"], field="page_title")
    if "header_text" in given:
        checked["header_text"] = checked_line(
            given["header_text"], field="header_text", longest=LONGEST_TEXT
        )
    if given.get("archived") is not None:
        checked["archived"] = given["archived"]
    if "inbox_id" in given:
        checked["inbox_id"] = await _website(tx, given["inbox_id"])
    return checked | await _languages(tx, given.get("config") or {}, row)


async def _languages(tx: TenantTx, config: dict[str, Any], row: PortalRow | None) -> dict[str, Any]:
    if not {"allowed_locales", "default_locale"} & set(config):
        return {}
    locales = list(row.locales) if row is not None else []
    if "allowed_locales" in config:
        field = "config.allowed_locales"
        locales = list(
            dict.fromkeys(checked_locale(one, field=field) for one in config["allowed_locales"])
        )
        if len(locales) > MOST_LOCALES:
            raise Invalid("too_many_locales", f"At most {MOST_LOCALES} languages.", field=field)
    default = config.get("default_locale")
    if default is not None:
        default = checked_locale(default, field="config.default_locale")
    elif row is not None and row.default_locale in locales:
        default = row.default_locale
    default = default or (locales[0] if locales else DEFAULT_LOCALE)
    locales = locales or [default]
    if default not in locales:
        raise Invalid(
            "default_locale_not_allowed",
            "default_locale must be one of allowed_locales.",
            field="config.default_locale",
        )
    gone = set(row.locales) - set(locales) if row is not None else set[str]()
    if gone and row is not None and await _in_use(tx, row.id, gone):
        raise Invalid(
            "locale_in_use",
            f"There are categories or articles in {', '.join(sorted(gone))}. Delete them first.",
            field="config.allowed_locales",
        )
    return {"locales": locales, "default_locale": default}


async def _in_use(tx: TenantTx, portal_id: int, locales: set[str]) -> bool:
    row = await tx.one(
        """select exists (select from articles where account_id = %(account)s
               and portal_id = %(portal)s and locale = any(%(locales)s))
           or exists (select from categories where account_id = %(account)s
               and portal_id = %(portal)s and locale = any(%(locales)s)) as used""",
        {"account": tx.account_id, "portal": portal_id, "locales": sorted(locales)},
    )
    return bool(row["used"])


async def _website(tx: TenantTx, inbox_id: int | None) -> int | None:
    if inbox_id is None:
        return None
    found = await tx.session.execute(
        select(InboxRow.channel).where(
            InboxRow.account_id == tx.account_id, InboxRow.id == inbox_id
        )
    )
    if found.scalar_one_or_none() != ChannelKind.WEBSITE.value:
        raise Invalid("unknown_inbox", "There is no such website inbox.", field="inbox_id")
    return inbox_id
