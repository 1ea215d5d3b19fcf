"""What rules are judged by: a conversation, its contact and one message, in one query."""

from typing import Any

from desk.automation.attributes import values_of
from desk.store.transaction import TenantTx
from desk.words.ids import ConversationId

_LOOK = """
select c.status, c.priority, c.inbox_id, c.team_id, c.assignee_id,
       c.additional_attributes as conversation_more, c.custom_attributes as own,
       coalesce((select json_agg(l.title order by l.title) from labels l
           where l.account_id = c.account_id and l.id = any(c.label_ids)), '[]') as labels,
       k.name, k.email, k.phone_number, k.additional_attributes as contact_more,
       k.custom_attributes as contacts_own,
       m.id as message_id, m.content, m.message_type, m.private
from conversations c
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
left join messages m on m.account_id = c.account_id and m.conversation_id = c.id
    and m.id = coalesce(%(message)s, c.last_chat_message_id)
where c.account_id = %(account)s and c.id = %(conversation)s"""


class Seen(dict[str, Any]):
    """What conditions can ask about, by name; and the message it was read from."""

    message_id: int | None


async def look(
    tx: TenantTx, conversation_id: ConversationId, message_id: int | None
) -> Seen | None:
    """What is known now; nothing if the conversation is gone.

    A rule about a message sees that message, a rule about a conversation the latest in it.
    """
    row = await tx.first(
        _LOOK,
        {"account": tx.account_id, "conversation": conversation_id, "message": message_id},
        prepare=True,
    )
    if row is None:
        return None
    seen = Seen(values_of(row))
    seen.message_id = row["message_id"]
    return seen
