"""A bot answers the customer; no human has, and the customer waits on."""

from desk.actions.send_reply import oblige_to_send
from desk.actions.write_message import Draft, write_message
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import DeliveryStatus, MessageType, SenderType
from desk.words.ids import MessageId


async def answer_as_bot(
    tx: TenantTx,
    conversation: ConversationRow,
    content: str,
    *,
    by: Actor,
    sent_as: str | None = None,
    status: DeliveryStatus = DeliveryStatus.SENT,
) -> MessageId:
    """Store the bot's message under its name, and the obligation to send it.

    `sent_as` is the provider's id of one that went out by other means, as with a reply.
    """
    message_id = await write_message(
        tx,
        conversation,
        Draft(
            MessageType.OUTGOING,
            content,
            SenderType.AGENT_BOT,
            by.id,
            source_id=sent_as,
            status=status,
        ),
        by=by,
    )
    if sent_as is None:
        await oblige_to_send(tx, conversation, message_id)
    return message_id
