"""Who takes part in a conversation."""

from typing import Any

from desk.store.people import agents_among
from desk.store.transaction import TenantTx
from desk.words.ids import ConversationId


async def participant_ids(tx: TenantTx, conversation_id: ConversationId) -> list[int]:
    """The ids of those who had it or were called into it."""
    rows = await tx.all(
        """select user_id from conversation_participants
           where account_id = %s and conversation_id = %s order by user_id""",
        [tx.account_id, conversation_id],
    )
    return [row["user_id"] for row in rows]


async def participants(tx: TenantTx, conversation_id: ConversationId) -> list[dict[str, Any]]:
    """Those of them who still work for the account, by name."""
    return await agents_among(tx, await participant_ids(tx, conversation_id))
