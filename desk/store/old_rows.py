"""What is old enough to go: counted, locked and deleted by one and the same condition."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from desk.store.transaction import TenantTx, WideTx
from desk.words.conversation import ConversationStatus
from desk.words.ids import AccountId


class OldRows(NamedTuple):
    """A table's rows that nobody needs any more, as a condition on the row `o`."""

    table: str
    condition: str


STRANGERS: Final = OldRows(
    "contacts",
    # A blocked contact stays: deleting it would let it in again.
    """o.created_at < %(before)s and coalesce(o.last_activity_at, o.created_at) < %(before)s
       and not o.blocked and o.label_ids = '{}'
       and not exists (select from contact_notes n
                       where n.account_id = o.account_id and n.contact_id = o.id)
       and not exists (select from conversations c
                       where c.account_id = o.account_id and c.contact_id = o.id)""",
)
"""Contacts who have no conversation, and of whom nobody has noted anything."""

LONG_RESOLVED: Final = OldRows(
    "conversations",
    f"""o.status = {int(ConversationStatus.RESOLVED)} and o.last_activity_at < %(before)s
        and exists (select from accounts a where a.id = o.account_id and a.suspended)""",
)
"""Resolved conversations of suspended accounts, by their last activity."""

NOTIFICATIONS: Final = OldRows(
    "notifications", "greatest(o.created_at, o.snoozed_until) < %(before)s"
)
"""Also read ones; one that is put off to a later day counts from that day."""

JOURNAL: Final = OldRows(
    "inbound",
    # What is parked can be replayed only as long as its hook is there.
    """o.done_at < %(before)s
       and not exists (select from parked_messages p
                       where p.account_id = o.account_id and p.source = 'inbound'
                         and p.source_id = o.id and p.resolved_at is null)""",
)
"""Hooks whose messages are stored."""

JOBS: Final = OldRows("jobs", "coalesce(o.done_at, o.failed_at) < %(before)s")
"""Done or given up; their attempts go with them."""

EXPORTS: Final = OldRows("exports", "o.expires_at < %(before)s")
"""Kept for as long as they should be."""

CONTACT_FILES: Final = OldRows("contact_transfers", "o.expires_at < %(before)s")
"""Files of contacts that were kept for as long as they should be."""

FILES: Final = OldRows("files_to_remove", "o.created_at <= %(before)s")
"""Files whose rows are gone."""


async def count_old(tx: WideTx, old: OldRows, before: datetime) -> dict[AccountId, int]:
    """How many there are in each account that has any."""
    rows = await tx.all(
        f"""select o.account_id, count(*) as n from {old.table} o where {old.condition}
            group by o.account_id order by o.account_id""",
        {"before": before},
    )
    return {AccountId(row["account_id"]): row["n"] for row in rows}


async def lock_old(tx: TenantTx, old: OldRows, before: datetime, limit: int) -> list[int]:
    """The oldest of one account, held until the transaction ends."""
    rows = await tx.all(
        f"""select o.id from {old.table} o where o.account_id = %(account)s and {old.condition}
            order by o.id limit %(limit)s for update skip locked""",
        {"account": tx.account_id, "before": before, "limit": limit},
    )
    return [row["id"] for row in rows]


async def delete_old(
    tx: TenantTx, old: OldRows, before: datetime, limit: int, *, told: str = "id"
) -> list[dict[str, Any]]:
    """Delete a batch of one account; the `told` columns of what went.

    Each row is looked at again when it is held: one that came back to life meanwhile stays.
    """
    held = await lock_old(tx, old, before, limit)
    if not held:
        return []
    return await tx.all(
        f"""delete from {old.table} o
            where o.account_id = %(account)s and o.id = any(%(held)s) and {old.condition}
            returning {told}""",
        {"account": tx.account_id, "before": before, "held": held},
    )
