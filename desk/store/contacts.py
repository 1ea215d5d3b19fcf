"""Finding contacts."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from desk.access.audience import Viewer
from desk.shapes.contact import ADDRESS, CONTACT, CONTACT_NOW
from desk.store.filters import Clause
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
    "company_name": "lower(k.additional_attributes ->> 'company_name')",
    "city": "lower(k.additional_attributes ->> 'city')",
    "country": "lower(k.additional_attributes ->> 'country')",
}
DEFAULT_SORT = "-last_activity_at"

_SHAPE = f"select k.id, {CONTACT}::text as shape from contacts k where k.account_id = %(account)s"
_SHAPE_NOW = (
    f"select k.id, {CONTACT_NOW}::text as shape from contacts k where k.account_id = %(account)s"
)

# What a channel would know the contact by, where it has not met them yet. The other channels'
# customers must begin.
_REACHABLE = f"""
select coalesce(json_agg({ADDRESS} order by i.id), '[]'::json)::text as shapes
from contacts k
join inboxes i on i.account_id = k.account_id
join lateral (
    select coalesce(
        case i.channel when 'email' then lower(k.email) when 'sms' then k.phone_number
            when 'whatsapp' then ltrim(k.phone_number, '+') end,
        (select a.source_id from contact_inboxes a where a.account_id = k.account_id
            and a.contact_id = k.id and a.inbox_id = i.id order by a.id desc limit 1),
        case i.channel when 'api' then gen_random_uuid()::text end) as source_id) ci
    on ci.source_id is not null
where k.account_id = %(account)s and k.id = %(contact)s
  and (%(all)s or i.id = any(%(mine)s::bigint[]))"""


class ContactsWanted(msgspec.Struct, frozen=True):
    """What a list of contacts is to show; without words or ids, everybody who has an address."""

    sort: str = DEFAULT_SORT
    words: str | None = None
    ids: Collection[int] | None = None
    label_ids: Sequence[int] = ()
    """Any of them."""
    clause: Clause | None = None


async def contact_shape(tx: TenantTx, contact_id: int, online: Collection[int] = ()) -> str:
    """One contact as JSON; raises NotFound."""
    row = await tx.first(
        f"{_SHAPE_NOW if online else _SHAPE} and k.id = %(id)s",
        {"account": tx.account_id, "id": contact_id, "online": list(online)},
    )
    if row is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    return str(row["shape"])


async def contact_page(
    tx: TenantTx, wanted: ContactsWanted, page: int, online: Collection[int] = ()
) -> tuple[bytes, int]:
    """A JSON array of contacts, and how many there are in all."""
    order = order_of(wanted.sort)
    where, parameters = await contacts_where(tx, wanted)
    counted = await tx.one(
        f"select count(*) as n from contacts k where {where}", parameters, prepare=False
    )
    rows = await tx.all(
        f"""select k.id from contacts k where {where}
            order by {order} nulls last, k.id desc limit {PAGE} offset %(offset)s""",
        parameters | {"offset": (page - 1) * PAGE},
        prepare=False,
    )
    return await _shapes(tx, [row["id"] for row in rows], online), int(counted["n"])


def order_of(sort: str) -> str:
    """The order in SQL; raises Invalid for a sort that is none."""
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        raise Invalid("unknown_sort", f"sort must be one of {', '.join(SORTS)}.", field="sort")
    return f"{column} {'desc' if sort.startswith('-') else 'asc'}"


async def contacts_where(tx: TenantTx, wanted: ContactsWanted) -> tuple[str, dict[str, Any]]:
    """The condition on a row `k`, with its values."""
    where = ["k.account_id = %(account_id)s"]
    parameters: dict[str, Any] = {"account_id": tx.account_id}
    if wanted.words is not None:
        where.append("(k.id = any(%(found)s) or k.identifier = %(words)s)")
        found = await _ids_with_words(tx, wanted.words)
        parameters |= {"words": wanted.words, "found": found}
    elif wanted.ids is not None:
        where.append("k.id = any(%(ids)s::bigint[])")
        parameters["ids"] = sorted(wanted.ids)
    else:
        where.append("coalesce(k.email, k.phone_number, k.identifier) is not null")
    if wanted.label_ids:
        where.append("k.label_ids && %(label_ids)s::bigint[]")
        parameters["label_ids"] = list(wanted.label_ids)
    if wanted.clause is not None:
        where.append(wanted.clause.sql)
        parameters |= wanted.clause.parameters
    return " and ".join(where), parameters


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


async def reachable_at(tx: TenantTx, contact_id: int, viewer: Viewer) -> bytes:
    """A JSON array of the viewer's inboxes from which the contact can be written to."""
    await require_contact(tx, contact_id)
    row = await tx.one(
        _REACHABLE,
        {
            "account": tx.account_id,
            "contact": contact_id,
            "all": viewer.sees_all,
            "mine": sorted(viewer.inbox_ids),
        },
    )
    return str(row["shapes"]).encode()


async def address_shape(tx: TenantTx, contact_inbox_id: int) -> str:
    """One address with its inbox, as JSON."""
    row = await tx.one(
        f"""select {ADDRESS}::text as shape from contact_inboxes ci
            join inboxes i on i.account_id = ci.account_id and i.id = ci.inbox_id
            where ci.account_id = %s and ci.id = %s""",
        [tx.account_id, contact_inbox_id],
    )
    return str(row["shape"])


async def _shapes(tx: TenantTx, ids: list[int], online: Collection[int]) -> bytes:
    if not ids:
        return b"[]"
    rows = await tx.all(
        f"{_SHAPE_NOW} and k.id = any(%(ids)s)",
        {"account": tx.account_id, "ids": ids, "online": list(online)},
    )
    found = {row["id"]: row["shape"] for row in rows}
    return ("[" + ",".join(found[i] for i in ids) + "]").encode()


async def _ids_with_words(tx: TenantTx, words: str) -> list[int]:
    rows = await tx.all(
        "select contact_id from search_contacts(%s, %s, 500)", [tx.account_id, words], prepare=False
    )
    return [row["contact_id"] for row in rows]
