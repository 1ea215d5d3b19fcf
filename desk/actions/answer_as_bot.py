"""A bot answers the customer; no human has, and the customer waits on."""

from typing import Any

from desk.actions.send_reply import oblige_to_send, resolve_quote
from desk.actions.write_message import Draft, StoredFile, write_message
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ContentType, DeliveryStatus, MessageType, SenderType
from desk.words.ids import MessageId


async def answer_as_bot(
    tx: TenantTx,
    conversation: ConversationRow,
    content: str | None,
    *,
    by: Actor,
    private: bool = False,
    files: tuple[StoredFile, ...] = (),
    content_attributes: dict[str, Any] | None = None,
    echo_id: str | None = None,
    sent_as: str | None = None,
    status: DeliveryStatus = DeliveryStatus.SENT,
    content_type: ContentType = ContentType.TEXT,
    additional_attributes: dict[str, Any] | None = None,
) -> MessageId:
    """Store the bot's message under its name and, unless it is a note, the obligation to send it.

    `sent_as` is the provider's id of one that went out by other means, as with a reply.
    """
    attributes = dict(content_attributes or {})
    await resolve_quote(tx, conversation, attributes)
    message_id = await write_message(
        tx,
        conversation,
        Draft(
            MessageType.OUTGOING,
            content,
            SenderType.AGENT_BOT,
            by.id,
            private=private,
            files=files,
            content_type=content_type,
            content_attributes=attributes,
            additional_attributes=additional_attributes or {},
            echo_id=echo_id,
            source_id=None if private else sent_as,
            status=status,
        ),
        by=by,
    )
    if sent_as is None and not private:
        await oblige_to_send(tx, conversation, message_id)
    return message_id
