"""Correct the text of a note, or of a message that customers fetch from here."""

from desk.actions.send_reply import is_fetched_from_us
from desk.events.messages import MessageEdited
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import MAX_CONTENT, SenderType
from desk.words.errors import Conflict, Forbidden, Invalid, NotFound
from desk.words.ids import ConversationId, MessageId, UserId

_FIND = """
select content, private, sender_type, sender_id,
       coalesce((content_attributes ->> 'deleted')::boolean, false) as deleted
from messages where account_id = %s and conversation_id = %s and id = %s for update"""


async def edit_message(
    tx: TenantTx,
    conversation: ConversationRow,
    message_id: MessageId,
    content: str,
    *,
    by: UserId,
    any_writers: bool,
) -> None:
    """Replace the text; what a provider has cannot be changed any more.

    Without `any_writers` only one's own words can be corrected.
    """
    if not content.strip() or len(content) > MAX_CONTENT:
        raise Invalid(
            "content_malformed", f"A text has 1 to {MAX_CONTENT:,} characters.", field="content"
        )
    row = await tx.first(_FIND, [tx.account_id, conversation.id, message_id])
    if row is None:
        raise NotFound("message_not_found", "There is no such message in this conversation.")
    if row["sender_type"] != SenderType.USER or (row["sender_id"] != by and not any_writers):
        raise Forbidden("not_your_message", "Only your own messages can be corrected.")
    if row["deleted"]:
        raise Conflict("message_deleted", "The message was deleted.")
    if not row["private"] and not await is_fetched_from_us(tx, conversation):
        raise Conflict("message_is_out", "The message is with its provider and stays as it is.")
    if row["content"] == content:
        return
    await tx.execute(
        "update messages set content = %s, updated_at = %s where account_id = %s and id = %s",
        [content, tx.now, tx.account_id, message_id],
    )
    conversation.updated_at = tx.now
    tx.record(
        MessageEdited(message_id, ConversationId(conversation.id), "content"),
        by=Actor.user(by),
        conversation_id=ConversationId(conversation.id),
    )
