"""Reading files of contacts on their way, and the contacts that go into one."""

from typing import Any

from desk.store.contacts import ContactsWanted, contacts_where
from desk.store.transaction import TenantTx
from desk.words.errors import NotFound

NEWEST = 100

_TRANSFER = """
select t.id, t.kind, t.state, t.progress, t.request, t.source_key, t.file_key, t.file_size,
       t.row_count, t.failed_count, t.error, t.created_at, t.finished_at, t.expires_at,
       u.name as requested_by
from contact_transfers t left join users u on u.id = t.requested_by
where t.account_id = %s"""


async def transfer(tx: TenantTx, transfer_id: int) -> dict[str, Any]:
    """One transfer of the account; raises NotFound."""
    row = await tx.first(f"{_TRANSFER} and t.id = %s", [tx.account_id, transfer_id])
    if row is None:
        raise NotFound("contact_transfer_not_found", "There is no such file of contacts.")
    return row


async def transfers(tx: TenantTx) -> list[dict[str, Any]]:
    """The account's transfers, newest first."""
    return await tx.all(f"{_TRANSFER} order by t.id desc limit %s", [tx.account_id, NEWEST])


async def count_for_file(tx: TenantTx, wanted: ContactsWanted) -> int:
    """How many contacts the file will hold."""
    where, parameters = await contacts_where(tx, wanted)
    row = await tx.one(
        f"select count(*) as n from contacts k where {where}", parameters, prepare=False
    )
    return int(row["n"])


async def rows_for_file(
    tx: TenantTx, wanted: ContactsWanted, after: int, limit: int
) -> list[dict[str, Any]]:
    """Contacts with an id above `after`, in the order of ids, with their labels' titles."""
    where, parameters = await contacts_where(tx, wanted)
    return await tx.all(
        f"""select k.id, k.name, k.email, k.phone_number, k.identifier, k.blocked, k.created_at,
                   k.last_activity_at, k.additional_attributes, k.custom_attributes,
                   array(select l.title::text from labels l where l.account_id = k.account_id
                         and l.id = any(k.label_ids) order by l.title) as labels
            from contacts k where {where} and k.id > %(after)s order by k.id limit %(limit)s""",
        parameters | {"after": after, "limit": limit},
        prepare=False,
    )


async def known_contact(tx: TenantTx, fields: dict[str, Any]) -> int | None:
    """The contact who has the identifier, the e-mail address or the number, looked for in that order."""
    email = fields.get("email")
    row = await tx.first(
        """select id from (
               select id, 1 as n from contacts
                   where account_id = %(account)s and identifier = %(identifier)s
               union all
               select id, 2 from contacts where account_id = %(account)s and email = %(email)s
               union all
               select id, 3 from contacts
                   where account_id = %(account)s and phone_number = %(phone)s) known
           order by n, id limit 1""",
        {
            "account": tx.account_id,
            "identifier": fields.get("identifier"),
            "email": email and email.lower(),
            "phone": fields.get("phone_number"),
        },
    )
    return None if row is None else int(row["id"])
