"""A customer fills in a message that is a form."""

from typing import Any

from psycopg.types.json import Jsonb

from desk.events.messages import MessageEdited
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.conversation import ContentType
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ContactId, ConversationId, MessageId

FORM_SUBMITTED = "form_submitted"

_FORMS = (
    ContentType.INPUT_TEXT,
    ContentType.INPUT_TEXTAREA,
    ContentType.INPUT_EMAIL,
    ContentType.INPUT_SELECT,
    ContentType.CARDS,
    ContentType.FORM,
)


async def submit_form(
    tx: TenantTx,
    conversation_id: ConversationId,
    message_id: MessageId,
    values: Any,
    *,
    by: ContactId,
) -> None:
    """Keep the values on the message; a later answer replaces an earlier one."""
    row = await tx.first(
        """select content_type from messages where account_id = %s and conversation_id = %s
           and id = %s and not private for update""",
        [tx.account_id, conversation_id, message_id],
    )
    if row is None:
        raise NotFound("message_not_found", "There is no such message in this conversation.")
    if row["content_type"] not in _FORMS:
        raise Invalid("not_a_form", "This message asks for nothing.", field="submitted_values")
    await tx.execute(
        """update messages set updated_at = %s, content_attributes = content_attributes || %s
           where account_id = %s and id = %s""",
        [tx.now, Jsonb({"submitted_values": values}), tx.account_id, message_id],
    )
    tx.record(
        MessageEdited(message_id, conversation_id, FORM_SUBMITTED),
        by=Actor.contact(by),
        conversation_id=conversation_id,
    )
