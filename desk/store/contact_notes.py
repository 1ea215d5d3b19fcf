"""Reading the notes about a contact."""

from typing import Any

from desk.store.contacts import require_contact
from desk.store.transaction import TenantTx
from desk.words.errors import NotFound

_NOTE = """
select n.id, n.account_id, n.contact_id, n.content,
       extract(epoch from n.created_at)::bigint as created_at,
       extract(epoch from n.updated_at)::bigint as updated_at,
       case when u.id is not null then json_build_object('id', u.id, 'name', u.name,
           'available_name', coalesce(u.display_name, u.name), 'email', u.email,
           'avatar_url', '', 'thumbnail', '', 'type', 'user') end as user
from contact_notes n left join users u on u.id = n.user_id
where n.account_id = %s and n.contact_id = %s"""


async def notes(tx: TenantTx, contact_id: int) -> list[dict[str, Any]]:
    """All notes about the contact, newest first; raises NotFound without such a contact."""
    await require_contact(tx, contact_id)
    return await tx.all(f"{_NOTE} order by n.id desc", [tx.account_id, contact_id])


async def note(tx: TenantTx, contact_id: int, note_id: int) -> dict[str, Any]:
    """One of them; raises NotFound."""
    row = await tx.first(f"{_NOTE} and n.id = %s", [tx.account_id, contact_id, note_id])
    if row is None:
        raise NotFound("note_not_found", "There is no such note.")
    return row
