"""Finding contacts."""

from typing import Any

from desk.shapes.contact import CONTACT, CONTACT_ADDRESSES
from desk.store.labels import titles
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid, NotFound

PAGE = 15

SORTS = {
    "name": "lower(k.name)",
    "email": "lower(k.email)",
    "phone_number": "k.phone_number",
    "last_activity_at": "k.last_activity_at",
    "created_at": "k.created_at",
}

_SHAPE = f"select k.id, {CONTACT}::text as shape from contacts k where k.account_id = %(account)s"


async def contact_shape(tx: TenantTx, contact_id: int) -> str:
    """One contact as JSON; raises NotFound."""
    row = await tx.first(
        f"{_SHAPE} and k.id = %(id)s", {"account": tx.account_id, "id": contact_id}
    )
    if row is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    return str(row["shape"])


async def contact_page(
    tx: TenantTx, *, page: int, sort: str, words: str | None = None
) -> tuple[bytes, int]:
    """A JSON array of contacts, and how many there are in all.

    Without words: everybody who can be told apart by an address or an identifier.
    """
    descending = sort.startswith("-")
    order = SORTS.get(sort.lstrip("-"))
    if order is None:
        raise Invalid("unknown_sort", f"sort must be one of {', '.join(SORTS)}.", field="sort")
    where = "k.account_id = %(account)s"
    parameters: dict[str, Any] = {"account": tx.account_id}
    if words is None:
        where += " and coalesce(k.email, k.phone_number, k.identifier) is not null"
    else:
        where += " and (k.id = any(%(found)s) or k.identifier = %(words)s)"
        parameters |= {"words": words, "found": await _ids_with_words(tx, words)}
    counted = await tx.one(
        f"select count(*) as n from contacts k where {where}", parameters, prepare=False
    )
    rows = await tx.all(
        f"""select k.id from contacts k where {where}
            order by {order} {"desc" if descending else "asc"} nulls last, k.id desc
            limit {PAGE} offset %(offset)s""",
        parameters | {"offset": (page - 1) * PAGE},
        prepare=False,
    )
    ids = [row["id"] for row in rows]
    return await _shapes(tx, ids), int(counted["n"])


async def require_contact(tx: TenantTx, contact_id: int) -> None:
    """Raises NotFound when there is no such contact in the account."""
    row = await tx.first(
        "select from contacts where account_id = %s and id = %s", [tx.account_id, contact_id]
    )
    if row is None:
        raise NotFound("contact_not_found", "There is no such contact.")


async def contact_labels(tx: TenantTx, contact_id: int) -> list[str]:
    """The titles of the contact's labels; raises NotFound."""
    row = await tx.first(
        "select label_ids from contacts where account_id = %s and id = %s",
        [tx.account_id, contact_id],
    )
    if row is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    return await titles(tx, row["label_ids"])


async def contact_addresses(tx: TenantTx, contact_id: int) -> bytes:
    """A JSON array of the inboxes in which the contact has an address."""
    await require_contact(tx, contact_id)
    row = await tx.one(
        f"""select coalesce({CONTACT_ADDRESSES}, '[]'::json)::text as shapes from contacts k
            where k.account_id = %s and k.id = %s""",
        [tx.account_id, contact_id],
    )
    return str(row["shapes"]).encode()


async def _shapes(tx: TenantTx, ids: list[int]) -> bytes:
    if not ids:
        return b"[]"
    rows = await tx.all(f"{_SHAPE} and k.id = any(%(ids)s)", {"account": tx.account_id, "ids": ids})
    found = {row["id"]: row["shape"] for row in rows}
    return ("[" + ",".join(found[i] for i in ids) + "]").encode()


async def _ids_with_words(tx: TenantTx, words: str) -> list[int]:
    rows = await tx.all(
        "select contact_id from search_contacts(%s, %s, 500)", [tx.account_id, words], prepare=False
    )
    return [row["contact_id"] for row in rows]
