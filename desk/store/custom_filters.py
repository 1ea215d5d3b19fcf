"""Reading the filters that somebody keeps."""

from typing import Any

from desk.store.transaction import TenantTx
from desk.words.custom_filters import FilterType
from desk.words.errors import NotFound
from desk.words.ids import UserId

_FILTER = """
select id, name, filter_type, query, created_at, updated_at from custom_filters
where account_id = %s and user_id = %s"""


async def custom_filters(tx: TenantTx, of: UserId, filter_type: FilterType) -> list[dict[str, Any]]:
    """Somebody's own filters of one type, oldest first."""
    return await tx.all(
        f"{_FILTER} and filter_type = %s order by id", [tx.account_id, of, filter_type]
    )


async def custom_filter(tx: TenantTx, of: UserId, custom_filter_id: int) -> dict[str, Any]:
    """One of them; raises NotFound, also for other people's."""
    row = await tx.first(f"{_FILTER} and id = %s", [tx.account_id, of, custom_filter_id])
    if row is None:
        raise NotFound("custom_filter_not_found", "There is no such filter.")
    return row
