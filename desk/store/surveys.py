"""Finding a customer's survey by the conversation's public id."""

from typing import Any
from uuid import UUID

from desk.store.transaction import WideTx


async def survey_of(tx: WideTx, conversation_uuid: UUID) -> dict[str, Any] | None:
    """account_id, the inbox's name, rating and feedback; nothing where nobody was asked."""
    return await tx.first(
        """select s.account_id, s.conversation_id, s.rating, s.feedback, i.name as inbox_name
           from conversations c
           join csat_surveys s on s.account_id = c.account_id and s.conversation_id = c.id
           join inboxes i on i.account_id = c.account_id and i.id = c.inbox_id
           where c.uuid = %s""",
        [conversation_uuid],
    )
