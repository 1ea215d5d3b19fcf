"""Reading an account's own roles."""

from typing import Any

from desk.store.transaction import TenantTx
from desk.words.errors import NotFound

_ROLE = """
select id, name, description, permissions, created_at, updated_at
from custom_roles where account_id = %s"""


async def roles(tx: TenantTx) -> list[dict[str, Any]]:
    """All of them, oldest first."""
    return await tx.all(f"{_ROLE} order by id", [tx.account_id])


async def role(tx: TenantTx, role_id: int) -> dict[str, Any]:
    """One of them; raises NotFound."""
    row = await tx.first(f"{_ROLE} and id = %s", [tx.account_id, role_id])
    if row is None:
        raise NotFound("role_not_found", "There is no such custom role.")
    return row
