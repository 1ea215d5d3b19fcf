"""The addresses under which contacts are known in inboxes."""

from dataclasses import dataclass

from desk.store.transaction import TenantTx
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ContactId, InboxId

_KNOWN = """
select inbox_id, contact_id from contact_inboxes
where account_id = %s and source_id = %s and (%s::bigint is null or inbox_id = %s) limit 2"""


@dataclass(frozen=True)
class Address:
    """Whose it is, and where."""

    inbox_id: InboxId
    contact_id: ContactId


async def address_of(tx: TenantTx, source_id: str, inbox_id: int | None = None) -> Address:
    """The address with this source id; raises Invalid where it alone does not tell which."""
    found = await tx.all(_KNOWN, [tx.account_id, source_id, inbox_id, inbox_id])
    if not found:
        raise NotFound("address_not_found", "No contact has this source_id.")
    if len(found) > 1:
        raise Invalid("address_ambiguous", "Several inboxes know this source_id.", field="inbox_id")
    return Address(InboxId(found[0]["inbox_id"]), ContactId(found[0]["contact_id"]))
