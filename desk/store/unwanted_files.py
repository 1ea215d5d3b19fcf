"""Stored files that must go, once the transaction that let go of them has committed."""

from collections.abc import Iterable

from desk.store.avatars import avatar_key
from desk.store.transaction import TenantTx


async def remove_later(tx: TenantTx, keys: Iterable[str | None]) -> None:
    """The nightly clean-up deletes them; what is none is left out."""
    await tx.execute(
        """insert into files_to_remove (account_id, file_key, created_at)
           select %s, key, %s from unnest(%s::text[]) key""",
        [tx.account_id, tx.now, [key for key in keys if key]],
    )


async def remove_avatar_later(tx: TenantTx, path: str | None) -> None:
    """The same for the picture that is fetched by this path, if there is one."""
    if path is not None:
        await remove_later(tx, [avatar_key(path)])
