"""Reading messages: the pages of a thread, and shapes by id."""

from typing import Any

from desk.access.audience import Viewer, may_see
from desk.shapes.contact import CONTACT
from desk.shapes.conversation import AGENT
from desk.shapes.message import FROM_MESSAGES, MESSAGE
from desk.store.prepared import Prepared
from desk.store.transaction import TenantTx, Transaction
from desk.words.errors import NotFound
from desk.words.ids import AccountId, DisplayId, MessageId

_BY_ID = f"""
select m.id, m.inbox_id, c.assignee_id, {MESSAGE}::text as shape {FROM_MESSAGES}
where m.account_id = %(account_id)s and m.id = any(%(ids)s)"""

_HEAD = f"""
json_build_object(
  'labels', coalesce((select json_agg(l.title order by l.title) from labels l
      where l.account_id = c.account_id and l.id = any(c.label_ids)), '[]'::json),
  'additional_attributes', c.additional_attributes,
  'contact', {CONTACT},
  'assignee', case when u.id is not null then {AGENT} end,
  'agent_last_seen_at', extract(epoch from c.agent_last_seen_at)::bigint,
  'assignee_last_seen_at', extract(epoch from c.assignee_last_seen_at)::bigint)"""

_THREAD = f"""
select c.inbox_id, c.assignee_id,
       '{{"meta":' || {_HEAD} || ',"payload":' || coalesce((
           select json_agg(page.shape order by page.id)
           from (select m.id, {MESSAGE} as shape from messages m
                 where m.account_id = c.account_id and m.conversation_id = c.id
                   and m.id < $3 and m.id >= $4
                 order by m.id DIRECTION limit $5) page), '[]'::json) || '}}'
from conversations c
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
left join users u on u.id = c.assignee_id
left join account_users au on au.account_id = c.account_id and au.user_id = c.assignee_id
where c.account_id = $1 and c.display_id = $2"""

_TYPES = ("bigint", "bigint", "bigint", "bigint", "int")
NEWEST = Prepared("thread_newest", _TYPES, _THREAD.replace("DIRECTION", "desc"))
_OLDEST = Prepared("thread_oldest", _TYPES, _THREAD.replace("DIRECTION", "asc"))
_FAR = 2**62


_ONE = Prepared(
    "one_message",
    ("bigint", "bigint"),
    f"select {MESSAGE}::text {FROM_MESSAGES} where m.account_id = $1 and m.id = $2",
)


async def message_shape(tx: TenantTx, message_id: MessageId) -> str:
    """One message as JSON; raises NotFound."""
    row = await tx.run(_ONE, tx.account_id, message_id)
    if row is None:
        raise NotFound("message_not_found", "There is no such message.")
    return str(row[0])


async def message_shapes(
    tx: Transaction, account_id: AccountId, ids: list[int]
) -> dict[int, dict[str, Any]]:
    """For each id: `shape` (JSON text) and what is needed to choose its audience."""
    if not ids:
        return {}
    rows = await tx.all(_BY_ID, {"account_id": account_id, "ids": ids}, prepare=True)
    return {row["id"]: row for row in rows}


async def thread(
    tx: TenantTx,
    number: DisplayId,
    viewer: Viewer,
    *,
    before: int | None = None,
    after: int | None = None,
) -> bytes:
    """A page of the thread, oldest first, with what a screen shows beside it, as JSON.

    Nothing given: the newest 20; `before`: the 20 below it; `after`: up to 100 from just above
    it; both: up to 1,000 between, `after` included. Raises NotFound, also when the viewer may
    not see the conversation.
    """
    to = before if before is not None else _FAR
    if after is None:
        row = await tx.run(NEWEST, tx.account_id, number, to, 0, 20)
    elif before is None:
        row = await tx.run(_OLDEST, tx.account_id, number, to, after + 1, 100)
    else:
        row = await tx.run(_OLDEST, tx.account_id, number, to, after, 1000)
    if row is None or not may_see(viewer, inbox_id=row[0], assignee_ids=[row[1]]):
        raise NotFound("conversation_not_found", f"There is no conversation {number}.")
    return str(row[2]).encode()
