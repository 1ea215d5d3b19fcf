"""Close a door that nobody ever came through."""

from desk.events.administration import InboxClosed
from desk.store.transaction import TenantTx
from desk.tables.inboxes import InboxRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, NotFound
from desk.words.ids import InboxId

_USED = """
select exists (select from conversations where account_id = %(a)s and inbox_id = %(i)s)
    or exists (select from inbound where account_id = %(a)s and inbox_id = %(i)s) as used"""


async def close_inbox(tx: TenantTx, inbox_id: InboxId, *, by: Actor) -> None:
    """Take the inbox away; one that has conversations stays, for their sake."""
    inbox = await tx.session.get(InboxRow, (tx.account_id, inbox_id), with_for_update=True)
    if inbox is None:
        raise NotFound("inbox_not_found", "There is no such inbox.")
    row = await tx.one(_USED, {"a": tx.account_id, "i": inbox_id})
    if row["used"]:
        raise Conflict("inbox_in_use", "An inbox that was written to cannot be deleted.")
    tx.record(InboxClosed(inbox_id, inbox.channel), by=by)
    await tx.session.delete(inbox)
