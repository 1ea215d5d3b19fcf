"""Reading accounts."""

from typing import Any

from desk.store.transaction import TenantTx


async def account_of(tx: TenantTx) -> dict[str, Any]:
    """id, name, locale and time_zone of the transaction's account."""
    return await tx.one(
        "select id, name, locale, time_zone from accounts where id = %s", [tx.account_id]
    )
