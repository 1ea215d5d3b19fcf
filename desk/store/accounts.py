"""Reading accounts."""

from typing import Any

from desk.store.transaction import TenantTx
from desk.words.errors import NotFound


async def account_of(tx: TenantTx) -> dict[str, Any]:
    """id, name, locale and time_zone of the transaction's account."""
    return await tx.one(
        "select id, name, locale, time_zone from accounts where id = %s", [tx.account_id]
    )


async def account_details(tx: TenantTx) -> dict[str, Any]:
    """Everything an account says of itself; raises NotFound."""
    row = await tx.first(
        """select id, name, locale, time_zone, domain, support_email, suspended, features, limits,
                  settings, custom_attributes, created_at
           from accounts where id = %s and deleted_at is null""",
        [tx.account_id],
    )
    if row is None:
        raise NotFound("account_not_found", "There is no such account.")
    return row
