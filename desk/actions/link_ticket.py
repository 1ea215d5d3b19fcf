"""Remember which ticket of another system a conversation has."""

from desk.actions.activity import add_activity_line
from desk.events.conversations import ConversationAttributesChanged
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.ids import ConversationId

TICKET_ID = "external_ticket_id"
TICKET_URL = "external_ticket_url"


async def link_ticket(
    tx: TenantTx, conversation: ConversationRow, ticket_id: str, url: str | None, *, by: Actor
) -> None:
    """Put the ticket's number and address on the conversation, and say so in the thread."""
    before = conversation.additional_attributes
    after = {**before, TICKET_ID: ticket_id, TICKET_URL: url}
    if before == after:
        return
    conversation.additional_attributes = after
    conversation.updated_at = tx.now
    tx.record(
        ConversationAttributesChanged(
            ConversationId(conversation.id), sorted({TICKET_ID, TICKET_URL})
        ),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
    shown = ticket_id.replace("{", "{{").replace("}", "}}")
    await add_activity_line(tx, conversation, f"{{who}} created the ticket {shown}", by=by)
