"""Reading messages: the pages of a thread, and shapes by id."""

from typing import Any

from desk.shapes.contact import CONTACT
from desk.shapes.conversation import AGENT
from desk.shapes.message import FROM_MESSAGES, MESSAGE
from desk.store.transaction import TenantTx, Transaction
from desk.words.ids import AccountId, ConversationId

_BY_ID = f"""
select m.id, m.inbox_id, c.assignee_id, {MESSAGE}::text as shape {FROM_MESSAGES}
where m.account_id = %(account_id)s and m.id = any(%(ids)s)"""

_THREAD = f"""
select coalesce(json_agg(page.shape order by page.id), '[]'::json)::text as shapes
from (select m.id, {MESSAGE} as shape {FROM_MESSAGES}
      where m.account_id = %(account_id)s and m.conversation_id = %(conversation_id)s
        and m.id < %(before)s and m.id >= %(after)s
      order by m.id DIRECTION limit %(limit)s) page"""

_NEWEST = _THREAD.replace("DIRECTION", "desc")
_OLDEST = _THREAD.replace("DIRECTION", "asc")
_FAR = 2**62

_HEAD = f"""
select json_build_object(
  'labels', coalesce((select json_agg(l.title order by l.title) from labels l
      where l.account_id = c.account_id and l.id = any(c.label_ids)), '[]'::json),
  'additional_attributes', c.additional_attributes,
  'contact', {CONTACT},
  'assignee', case when u.id is not null then {AGENT} end,
  'agent_last_seen_at', extract(epoch from c.agent_last_seen_at)::bigint,
  'assignee_last_seen_at', extract(epoch from c.assignee_last_seen_at)::bigint)::text as head
from conversations c
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
left join users u on u.id = c.assignee_id
left join account_users au on au.account_id = c.account_id and au.user_id = c.assignee_id
where c.account_id = %(account_id)s and c.id = %(id)s"""


async def message_shapes(
    tx: Transaction, account_id: AccountId, ids: list[int]
) -> dict[int, dict[str, Any]]:
    """For each id: `shape` (JSON text) and what is needed to choose its audience."""
    if not ids:
        return {}
    rows = await tx.all(_BY_ID, {"account_id": account_id, "ids": ids}, prepare=True)
    return {row["id"]: row for row in rows}


async def thread_page(
    tx: TenantTx,
    conversation_id: ConversationId,
    *,
    before: int | None = None,
    after: int | None = None,
) -> bytes:
    """A JSON array of messages, oldest first, as Chatwoot pages them.

    Nothing given: the newest 20; `before`: the 20 below it; `after`: up to 100 from just above
    it; both: up to 1,000 between, `after` included.
    """
    parameters = {
        "account_id": tx.account_id,
        "conversation_id": conversation_id,
        "before": before if before is not None else _FAR,
        "after": 0,
        "limit": 20,
    }
    sql = _NEWEST
    if after is not None:
        sql = _OLDEST
        both = before is not None
        parameters |= {"after": after if both else after + 1, "limit": 1000 if both else 100}
    row = await tx.one(sql, parameters, prepare=True)
    return str(row["shapes"]).encode()


async def thread_head(tx: TenantTx, conversation_id: ConversationId) -> bytes:
    """What a screen shows beside a thread, as JSON."""
    row = await tx.one(_HEAD, {"account_id": tx.account_id, "id": conversation_id}, prepare=True)
    return str(row["head"]).encode()
