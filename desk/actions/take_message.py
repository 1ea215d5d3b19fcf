"""Take in one customer's message in the transaction of the request that brought it."""

import msgspec

from desk.actions.receive_messages import Received, receive_messages
from desk.store.transaction import WideTx
from desk.words.channels import InboundMessage
from desk.words.errors import Forbidden
from desk.words.ids import AccountId, ConversationId, InboundId, InboxId, MessageId

NOT_JOURNALLED = InboundId(0)
"""Such a message needs no journal: whoever sent it is told only when it is stored."""


class Taken(msgspec.Struct, frozen=True):
    """Where the message stands now."""

    message_id: MessageId
    conversation_id: ConversationId


async def take_message(
    tx: WideTx, account_id: AccountId, inbox_id: InboxId, message: InboundMessage
) -> Taken:
    """Store it, by the same rules as every message; the same `source_id` again is the same message.

    Raises Forbidden when the desk does not hear this contact any more.
    """
    await receive_messages(tx, [Received(NOT_JOURNALLED, account_id, inbox_id, tx.now, (message,))])
    row = await tx.first(
        "select id, conversation_id from messages where inbox_id = %s and source_id = %s",
        [inbox_id, message.source_id],
    )
    if row is None:
        raise Forbidden("contact_blocked", "Messages of this contact are not taken.")
    return Taken(MessageId(row["id"]), ConversationId(row["conversation_id"]))
