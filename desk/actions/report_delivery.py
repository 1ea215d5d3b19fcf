"""A program that delivers an API inbox's messages says how far one got."""

from typing import Any

from psycopg.types.json import Jsonb

from desk.events.messages import MessageStatusChanged
from desk.rules.delivery import status_after_receipt
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.conversation import DeliveryStatus, MessageType
from desk.words.errors import Forbidden, NotFound
from desk.words.ids import ConversationId, MessageId

LONGEST_REASON = 1000


async def report_delivery(
    tx: TenantTx,
    conversation: ConversationRow,
    message_id: MessageId,
    status: DeliveryStatus,
    *,
    reason: str | None = None,
    by: Actor,
) -> None:
    """Move the message forward, or let it have failed; the conversation must be locked."""
    row = await tx.first(
        """select m.status, m.message_type, i.channel from messages m
           join inboxes i on i.account_id = m.account_id and i.id = m.inbox_id
           where m.account_id = %s and m.conversation_id = %s and m.id = %s for update of m""",
        [tx.account_id, conversation.id, message_id],
    )
    if row is None:
        raise NotFound("message_not_found", "There is no such message in this conversation.")
    if row["channel"] != ChannelKind.API:
        raise Forbidden(
            "not_an_api_inbox", "Only messages of API inboxes are told how far they got."
        )
    if row["message_type"] not in (MessageType.OUTGOING, MessageType.TEMPLATE):
        raise Forbidden("not_sent_by_us", "Only what the desk wrote is delivered.")
    before = DeliveryStatus(row["status"])
    after = status_after_receipt(before, status)
    failed = after is DeliveryStatus.FAILED
    if after is before and not (failed and reason):
        return
    error: dict[str, Any] = {"external_error": (reason or "")[:LONGEST_REASON]} if failed else {}
    await tx.execute(
        """update messages set status = %s, updated_at = %s,
               content_attributes = (content_attributes - 'external_error') || %s
           where account_id = %s and id = %s""",
        [int(after), tx.now, Jsonb(error), tx.account_id, message_id],
    )
    tx.record(
        MessageStatusChanged(message_id, ConversationId(conversation.id), int(before), int(after)),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
