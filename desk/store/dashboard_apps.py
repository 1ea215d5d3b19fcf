"""Finding pages of other programs."""

from typing import Any

from desk.store.transaction import TenantTx
from desk.words.errors import NotFound

_APPS = "select id, title, content, created_at from dashboard_apps where account_id = %s"


async def dashboard_apps(tx: TenantTx) -> list[dict[str, Any]]:
    """All of them, oldest first."""
    return await tx.all(f"{_APPS} order by id", [tx.account_id])


async def dashboard_app(tx: TenantTx, app_id: int) -> dict[str, Any]:
    """One of them; raises NotFound."""
    row = await tx.first(f"{_APPS} and id = %s", [tx.account_id, app_id])
    if row is None:
        raise NotFound("dashboard_app_not_found", "There is no such page.")
    return row
