"""How handing a message to its provider came out."""

from psycopg.types.json import Jsonb

from desk.actions.send_reply import SEND_MESSAGE, oblige_to_send
from desk.events.messages import MessageStatusChanged
from desk.store.conversations import lock_conversation
from desk.store.jobs import drop_job
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.conversation import DeliveryStatus
from desk.words.errors import Conflict, NotFound
from desk.words.ids import ConversationId, MessageId


async def record_sent(tx: TenantTx, message_id: MessageId, source_id: str) -> None:
    """The provider took the message; a receipt that was faster is not undone."""
    row = await tx.first(
        """update messages set source_id = %s, updated_at = %s
           where account_id = %s and id = %s and source_id is null
           returning conversation_id, status""",
        [source_id, tx.now, tx.account_id, message_id],
    )
    if row is not None:
        _record(tx, message_id, row["conversation_id"], row["status"], row["status"], source_id)


async def record_failed(
    tx: TenantTx, message_id: MessageId, reason: str, *, perhaps_as: str | None = None
) -> None:
    """The provider refused the message, or could not be reached: the reason stands on it.

    `perhaps_as` is the id by which it would be known, should it have arrived after all.
    """
    row = await tx.first(
        """update messages set status = %s, updated_at = %s,
               source_id = coalesce(source_id, %s),
               content_attributes = content_attributes || %s
           where account_id = %s and id = %s and status = %s
           returning conversation_id""",
        [
            int(DeliveryStatus.FAILED),
            tx.now,
            perhaps_as,
            Jsonb({"external_error": reason[:1000]}),
            tx.account_id,
            message_id,
            int(DeliveryStatus.SENT),
        ],
    )
    if row is not None:
        _record(
            tx,
            message_id,
            row["conversation_id"],
            int(DeliveryStatus.SENT),
            int(DeliveryStatus.FAILED),
            None,
        )


async def retry_message(
    tx: TenantTx, conversation_id: ConversationId, message_id: MessageId, *, by: Actor
) -> None:
    """Send a failed message once more."""
    conversation = await lock_conversation(tx, conversation_id)
    row = await tx.first(
        """update messages set status = %s, source_id = null, updated_at = %s,
               content_attributes = content_attributes - 'external_error'
           where account_id = %s and conversation_id = %s and id = %s and status = %s
           returning id""",
        [
            int(DeliveryStatus.SENT),
            tx.now,
            tx.account_id,
            conversation_id,
            message_id,
            int(DeliveryStatus.FAILED),
        ],
    )
    if row is None:
        exists = await tx.first(
            "select from messages where account_id = %s and conversation_id = %s and id = %s",
            [tx.account_id, conversation_id, message_id],
        )
        if exists is None:
            raise NotFound("message_not_found", "There is no such message in this conversation.")
        raise Conflict("message_did_not_fail", "Only a failed message can be sent again.")
    await drop_job(tx, SEND_MESSAGE, str(message_id))
    await oblige_to_send(tx, conversation, message_id)
    tx.record(
        MessageStatusChanged(
            message_id, conversation_id, int(DeliveryStatus.FAILED), int(DeliveryStatus.SENT)
        ),
        by=by,
        conversation_id=conversation_id,
    )


def _record(
    tx: TenantTx,
    message_id: MessageId,
    conversation_id: int,
    before: int,
    after: int,
    source_id: str | None,
) -> None:
    tx.record(
        MessageStatusChanged(message_id, ConversationId(conversation_id), before, after, source_id),
        by=Actor.system(),
        conversation_id=ConversationId(conversation_id),
    )
