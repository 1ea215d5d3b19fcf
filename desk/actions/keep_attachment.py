"""A customer's file was fetched from the provider, or never will be."""

from desk.events.messages import MessageEdited
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.ids import ConversationId, MessageId

FILE_ARRIVED = "file_arrived"
FILE_LOST = "file_lost"


async def keep_attachment(
    tx: TenantTx,
    attachment_id: int,
    *,
    file_key: str,
    size: int,
    mime_type: str | None = None,
    file_name: str | None = None,
) -> None:
    """The file lies in our own store now; kept once, however often it was fetched."""
    row = await tx.first(
        """update attachments set file_key = %s, size = %s, mime_type = coalesce(%s, mime_type),
               file_name = coalesce(file_name, %s), meta = meta - 'error'
           where account_id = %s and id = %s and file_key is null returning message_id""",
        [file_key, size, mime_type, file_name, tx.account_id, attachment_id],
    )
    if row is not None:
        await _edited(tx, MessageId(row["message_id"]), FILE_ARRIVED)


async def give_up_attachment(tx: TenantTx, attachment_id: int, reason: str) -> None:
    """The provider does not have the file any more, or it is larger than we keep."""
    row = await tx.first(
        """update attachments set meta = meta || jsonb_build_object('error', %s::text)
           where account_id = %s and id = %s and file_key is null and not meta ? 'error'
           returning message_id""",
        [reason[:1000], tx.account_id, attachment_id],
    )
    if row is not None:
        await _edited(tx, MessageId(row["message_id"]), FILE_LOST)


async def _edited(tx: TenantTx, message_id: MessageId, what: str) -> None:
    row = await tx.one(
        """update messages set updated_at = %s where account_id = %s and id = %s
           returning conversation_id""",
        [tx.now, tx.account_id, message_id],
    )
    conversation_id = ConversationId(row["conversation_id"])
    tx.record(
        MessageEdited(message_id, conversation_id, what),
        by=Actor.system(),
        conversation_id=conversation_id,
    )
