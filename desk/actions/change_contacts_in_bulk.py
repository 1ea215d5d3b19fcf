"""The same change to many contacts, each recorded as if it were the only one."""

from collections.abc import Sequence

from desk.actions.change_in_bulk import Refused
from desk.actions.delete_contact import delete_contact
from desk.actions.label_contact import label_contact
from desk.store.labels import titles
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.errors import Category, DeskError, NotFound
from desk.words.ids import ContactId

MOST_CONTACTS = 500


async def label_contacts(
    tx: TenantTx,
    contact_ids: Sequence[int],
    *,
    add: Sequence[str],
    remove: Sequence[str],
    by: Actor,
) -> list[Refused]:
    """Put labels on and take them off; who is not there is passed over."""
    rows = await tx.all(
        """select id, label_ids from contacts where account_id = %s and id = any(%s)
           order by id for update""",
        [tx.account_id, list(contact_ids)],
    )
    for row in rows:
        had = set(await titles(tx, row["label_ids"]))
        wanted = sorted((had | set(add)) - set(remove))
        await label_contact(tx, ContactId(row["id"]), wanted, by=by)
    return []


async def delete_contacts(tx: TenantTx, contact_ids: Sequence[int], *, by: Actor) -> list[Refused]:
    """Delete them whole, one by one, conversations and all; those who have to stay are named."""
    refused = []
    for contact_id in sorted(set(contact_ids)):
        try:
            async with tx.part():
                await delete_contact(tx, ContactId(contact_id), by=by, with_conversations=True)
        except NotFound:
            continue
        except DeskError as error:
            if error.category is Category.TRANSIENT:
                raise
            refused.append(Refused(contact_id, error.sentence))
    return refused
