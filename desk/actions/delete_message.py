"""Take back what a message said; that there was one stays."""

from psycopg.types.json import Jsonb

from desk.events.messages import MessageEdited
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ContentType, MessageType
from desk.words.errors import NotFound
from desk.words.ids import ConversationId, MessageId

DELETED = "This message was deleted"


async def delete_message(
    tx: TenantTx, conversation: ConversationRow, message_id: MessageId, *, by: Actor
) -> None:
    """Replace text and files by a line that says so."""
    row = await tx.first(
        """update messages set content = %s, content_type = %s, content_attributes = %s,
               updated_at = %s
           where account_id = %s and conversation_id = %s and id = %s and message_type <> %s
           returning id""",
        [
            DELETED,
            int(ContentType.TEXT),
            Jsonb({"deleted": True}),
            tx.now,
            tx.account_id,
            conversation.id,
            message_id,
            int(MessageType.ACTIVITY),
        ],
    )
    if row is None:
        raise NotFound("message_not_found", "There is no such message in this conversation.")
    await tx.execute(
        """with gone as (
               delete from attachments where account_id = %s and message_id = %s
               returning account_id, file_key)
           insert into files_to_remove (account_id, file_key, created_at)
           select account_id, file_key, %s from gone where file_key is not null""",
        [tx.account_id, message_id, tx.now],
    )
    conversation.updated_at = tx.now
    tx.record(
        MessageEdited(message_id, ConversationId(conversation.id), "deleted"),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
