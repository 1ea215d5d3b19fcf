"""Add, change and take away pages of other programs."""

from typing import Any

from desk.events.dashboard_apps import (
    DashboardAppCreated,
    DashboardAppDeleted,
    DashboardAppUpdated,
)
from desk.store.transaction import TenantTx
from desk.tables.dashboard_apps import DashboardAppRow
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.ids import UserId
from desk.words.web_address import web_address

LONGEST_TITLE = 255
MOST_FRAMES = 10
MOST_APPS = 100


async def add_dashboard_app(
    tx: TenantTx, title: str, content: list[Any], *, by: UserId
) -> DashboardAppRow:
    """Show another page."""
    row = await tx.one(
        "select count(*) as n from dashboard_apps where account_id = %s", [tx.account_id]
    )
    if row["n"] >= MOST_APPS:
        raise Invalid("too_many_apps", f"An account shows at most {MOST_APPS} pages.")
    app = DashboardAppRow(
        account_id=tx.account_id,
        title=_title(title),
        content=_frames(content),
        created_by_id=by,
        created_at=tx.now,
    )
    tx.session.add(app)
    await tx.session.flush()
    tx.record(DashboardAppCreated(app.id), by=Actor.user(by))
    return app


async def change_dashboard_app(
    tx: TenantTx, app_id: int, changes: dict[str, Any], *, by: Actor
) -> DashboardAppRow:
    """Give it another title or other frames."""
    app = await _row(tx, app_id)
    if "title" in changes:
        changes["title"] = _title(changes["title"])
    if "content" in changes:
        changes["content"] = _frames(changes["content"])
    changed = [field for field, value in changes.items() if getattr(app, field) != value]
    for field in changed:
        setattr(app, field, changes[field])
    if changed:
        tx.record(DashboardAppUpdated(app_id, sorted(changed)), by=by)
    return app


async def drop_dashboard_app(tx: TenantTx, app_id: int, *, by: Actor) -> None:
    """Show it no longer."""
    app = await _row(tx, app_id)
    await tx.session.delete(app)
    tx.record(DashboardAppDeleted(app_id), by=by)


async def _row(tx: TenantTx, app_id: int) -> DashboardAppRow:
    row = await tx.session.get(DashboardAppRow, (tx.account_id, app_id), with_for_update=True)
    if row is None:
        raise NotFound("dashboard_app_not_found", "There is no such page.")
    return row


def _title(given: str) -> str:
    title = given.strip()
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise Invalid(
            "title_malformed", f"A title has 1 to {LONGEST_TITLE} characters.", field="title"
        )
    return title


def _frames(given: list[Any]) -> list[dict[str, Any]]:
    if not 1 <= len(given) <= MOST_FRAMES:
        raise Invalid("content_missing", f"Give 1 to {MOST_FRAMES} frames.", field="content")
    return [_frame(one, f"content[{n}]") for n, one in enumerate(given)]


def _frame(given: Any, field: str) -> dict[str, Any]:
    if not isinstance(given, dict) or given.get("type") != "frame":
        raise Invalid(
            "frame_malformed", 'A frame is {"type": "frame", "url": "https://…"}.', field=field
        )
    return {"type": "frame", "url": web_address(given.get("url"), field=f"{field}.url")}
