"""An agent answers the customer, or leaves a note for colleagues."""

from typing import Any

import msgspec

from desk.actions.write_message import Draft, StoredFile, write_message
from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.conversation import ContentType, DeliveryStatus, MessageType, SenderType
from desk.words.errors import Invalid, NotFound
from desk.words.ids import MessageId, UserId

SEND_MESSAGE = "send_message"
"""The kind of the job that hands a message to its provider."""

_FETCHED_FROM_US = {ChannelKind.WEBSITE.value, ChannelKind.API.value}
"""Channels whose customers fetch their messages; an API inbox may want to be told as well."""


async def send_reply(
    tx: TenantTx,
    conversation: ConversationRow,
    content: str | None,
    *,
    by: UserId,
    private: bool = False,
    files: tuple[StoredFile, ...] = (),
    content_attributes: dict[str, Any] | None = None,
    echo_id: str | None = None,
    sent_as: str | None = None,
    status: DeliveryStatus = DeliveryStatus.SENT,
    content_type: ContentType = ContentType.TEXT,
    additional_attributes: dict[str, Any] | None = None,
) -> MessageId:
    """Store the reply and, unless it is a note, the obligation to send it.

    `sent_as` is the provider's id of a reply that went out by other means (an import, the
    business's own phone): it is recorded with its `status` and not sent again.
    """
    attributes = dict(content_attributes or {})
    await resolve_quote(tx, conversation, attributes)
    first_reply = not private and conversation.first_reply_created_at is None
    message_id = await write_message(
        tx,
        conversation,
        Draft(
            MessageType.OUTGOING,
            content,
            SenderType.USER,
            by,
            private=private,
            files=files,
            content_type=content_type,
            content_attributes=attributes,
            additional_attributes=additional_attributes or {},
            echo_id=echo_id,
            source_id=None if private else sent_as,
            status=status,
            first_reply=first_reply,
            answers=not private,
        ),
        by=Actor.user(by),
    )
    if not private and sent_as is None:
        await oblige_to_send(tx, conversation, message_id)
    return message_id


async def send_template(
    tx: TenantTx,
    conversation: ConversationRow,
    content: str,
    *,
    by: Actor,
    content_type: ContentType = ContentType.TEXT,
    content_attributes: dict[str, Any] | None = None,
    sent_as: str | None = None,
) -> MessageId:
    """The desk itself writes to the customer: a greeting, a question how it went."""
    message_id = await write_message(
        tx,
        conversation,
        Draft(
            MessageType.TEMPLATE,
            content,
            None,
            None,
            content_type=content_type,
            content_attributes=content_attributes or {},
            source_id=sent_as,
        ),
        by=by,
    )
    if sent_as is None:
        await oblige_to_send(tx, conversation, message_id)
    return message_id


async def oblige_to_send(
    tx: TenantTx, conversation: ConversationRow, message_id: MessageId
) -> None:
    """Queue the job that hands a stored message to its provider."""
    door = await _door_of(tx, conversation)
    if _is_fetched(door):
        # Stored is sent: it is fetched from here.
        await tx.execute(
            "update messages set source_id = %s where account_id = %s and id = %s",
            [f"{door.channel}:{message_id}", tx.account_id, message_id],
        )
    else:
        await queue_job(tx, SEND_MESSAGE, str(message_id), {"message_id": message_id}, priority=0)


async def is_fetched_from_us(tx: TenantTx, conversation: ConversationRow) -> bool:
    """Whether no provider ever has the conversation's messages."""
    return _is_fetched(await _door_of(tx, conversation))


async def refuse_unless_templates(tx: TenantTx, conversation: ConversationRow) -> None:
    """Raises Invalid where the conversation's channel knows no approved templates."""
    if (await _door_of(tx, conversation)).channel != ChannelKind.WHATSAPP:
        raise Invalid(
            "no_templates_here",
            "Only WhatsApp inboxes send templates.",
            field="template_params",
        )


class _Door(msgspec.Struct, frozen=True):
    """What of an inbox decides how its messages go out."""

    channel: str
    webhook_url: str | None


def _is_fetched(door: _Door) -> bool:
    return door.channel in _FETCHED_FROM_US and not door.webhook_url


async def _door_of(tx: TenantTx, conversation: ConversationRow) -> _Door:
    found = await tx.tuples(
        "select channel, config ->> 'webhook_url' from inboxes where account_id = %s and id = %s",
        [tx.account_id, conversation.inbox_id],
    )
    if not found:
        raise NotFound("inbox_not_found", "The conversation's inbox is gone.")
    return _Door(*found[0])


async def resolve_quote(
    tx: TenantTx, conversation: ConversationRow, attributes: dict[str, Any]
) -> None:
    """Say by the provider's id as well what is quoted; raises NotFound."""
    quoted = attributes.get("in_reply_to")
    if quoted is None:
        return
    row = await tx.first(
        "select source_id from messages where account_id = %s and conversation_id = %s and id = %s",
        [tx.account_id, conversation.id, int(quoted)],
    )
    if row is None:
        raise NotFound(
            "quoted_message_not_found", "The quoted message is not in this conversation."
        )
    attributes["in_reply_to_external_id"] = row["source_id"]
