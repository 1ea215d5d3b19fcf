"""A rule writes: to the customer, or a note for colleagues. Nobody is named as the sender."""

from desk.actions.send_reply import oblige_to_send
from desk.actions.write_message import Draft, write_message
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import MessageType
from desk.words.ids import MessageId


async def send_automatic(
    tx: TenantTx, conversation: ConversationRow, content: str, *, by: Actor, private: bool = False
) -> MessageId:
    """Store the message and, unless it is a note, the obligation to send it.

    It is no human's answer: the customer still waits, and no response time is measured by it.
    """
    message_id = await write_message(
        tx,
        conversation,
        Draft(MessageType.OUTGOING, content, None, None, private=private),
        by=by,
    )
    if not private:
        await oblige_to_send(tx, conversation, message_id)
    return message_id
