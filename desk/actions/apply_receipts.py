"""Take in what providers report about messages we sent."""

from datetime import datetime

import msgspec
from psycopg.types.json import Jsonb

from desk.events.messages import MessageStatusChanged
from desk.rules.delivery import status_after_receipt
from desk.store.transaction import WideTx
from desk.words.actor import Actor
from desk.words.channels import DeliveryReceipt
from desk.words.conversation import DeliveryStatus
from desk.words.ids import AccountId, InboxId


class ReceiptArrival(msgspec.Struct, frozen=True):
    """A receipt with whose door it came through."""

    account_id: AccountId
    inbox_id: InboxId
    received_at: datetime
    receipt: DeliveryReceipt


_FIND = """
with meant as (
    select m.account_id, m.id
    from unnest(%(inboxes)b::bigint[], %(sources)b::text[]) as asked(inbox_id, source_id)
    join messages m on m.inbox_id = asked.inbox_id and m.source_id = asked.source_id
    union
    select m.account_id, m.id
    from unnest(%(accounts)b::bigint[], %(refs)b::bigint[]) as asked(account_id, id)
    join messages m on m.account_id = asked.account_id and m.id = asked.id
)
select m.id, m.account_id, m.inbox_id, m.conversation_id, m.status, m.source_id
from messages m join meant on meant.account_id = m.account_id and meant.id = m.id
order by m.id for update of m"""


async def apply_receipts(tx: WideTx, receipts: list[ReceiptArrival]) -> None:
    """Move messages forward; a receipt that echoes our own id also tells how the send came out.

    A receipt about a message we do not know (sent from another program) changes nothing.
    """
    if not receipts:
        return
    rows = await tx.all(
        _FIND,
        {
            "inboxes": [r.inbox_id for r in receipts],
            "sources": [r.receipt.source_id for r in receipts],
            "accounts": [r.account_id for r in receipts],
            "refs": [_own_id(r.receipt) for r in receipts],
        },
    )
    by_source = {(row["inbox_id"], row["source_id"]): row for row in rows}
    by_id = {(row["inbox_id"], row["id"]): row for row in rows}
    for arrival in receipts:
        receipt = arrival.receipt
        row = by_source.get((int(arrival.inbox_id), receipt.source_id)) or by_id.get(
            (int(arrival.inbox_id), _own_id(receipt) or 0)
        )
        if row is None:
            continue
        before = DeliveryStatus(row["status"])
        after = status_after_receipt(before, receipt.status)
        if after is before and row["source_id"] is not None:
            continue
        row["status"], row["source_id"] = after, row["source_id"] or receipt.source_id
        error = {"external_error": receipt.error} if after is DeliveryStatus.FAILED else {}
        await tx.execute(
            """update messages set status = %s, source_id = coalesce(source_id, %s),
                   content_attributes = (content_attributes - 'external_error') || %s, updated_at = %s
               where account_id = %s and id = %s""",
            [
                int(after),
                receipt.source_id,
                Jsonb(error),
                tx.now,
                arrival.account_id,
                row["id"],
            ],
        )
        tx.record(
            arrival.account_id,
            MessageStatusChanged(
                row["id"], row["conversation_id"], int(before), int(after), row["source_id"]
            ),
            by=Actor.system(),
            conversation_id=row["conversation_id"],
            at=arrival.received_at,
        )


def _own_id(receipt: DeliveryReceipt) -> int | None:
    ref = receipt.message_ref
    return int(ref) if ref is not None and ref.isascii() and ref.isdigit() else None
