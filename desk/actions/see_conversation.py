"""A customer has seen what was said to them."""

from datetime import timedelta

from desk.events.messages import MessageStatusChanged
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import DeliveryStatus, MessageType
from desk.words.ids import ContactId, ConversationId, MessageId

_QUIET_FOR = timedelta(minutes=1)
"""With nothing new to see, seeing it again is written down at most this often."""

_READ = """
with unread as (
    select id, status from messages
    where account_id = %(account)s and conversation_id = %(conversation)s
      and message_type = any(%(ours)s) and not private and status = any(%(before)s)
    order by id for update
)
update messages m set status = %(read)s, updated_at = %(now)s from unread
where m.account_id = %(account)s and m.id = unread.id
returning m.id, unread.status as before, m.source_id"""


async def see_conversation(tx: TenantTx, conversation: ConversationRow) -> None:
    """All that was said to the customer so far is read; the conversation must be locked."""
    rows = await tx.all(
        _READ,
        {
            "account": tx.account_id,
            "conversation": conversation.id,
            "ours": [int(MessageType.OUTGOING), int(MessageType.TEMPLATE)],
            "before": [int(DeliveryStatus.SENT), int(DeliveryStatus.DELIVERED)],
            "read": int(DeliveryStatus.READ),
            "now": tx.now,
        },
    )
    seen = conversation.contact_last_seen_at
    if rows or seen is None or tx.now - seen > _QUIET_FOR:
        conversation.contact_last_seen_at = tx.now
    for row in sorted(rows, key=lambda row: int(row["id"])):
        tx.record(
            MessageStatusChanged(
                MessageId(row["id"]),
                ConversationId(conversation.id),
                row["before"],
                int(DeliveryStatus.READ),
                row["source_id"],
            ),
            by=Actor.contact(ContactId(conversation.contact_id)),
            conversation_id=ConversationId(conversation.id),
        )
