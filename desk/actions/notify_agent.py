"""Tell people at the desk of something, and remember who takes part in what."""

from collections.abc import Iterable, Mapping

from desk.events.notifications import NotificationCreated
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.ids import ConversationId, MessageId, UserId
from desk.words.notifications import NotificationKind

_TELL = """
insert into notifications
    (account_id, user_id, kind, conversation_id, message_id, event_id, created_at)
select %(account)s, told.user_id, told.kind, %(conversation)s, %(message)s, %(event)s, %(now)s
from unnest(%(users)b::bigint[], %(kinds)b::smallint[]) as told(user_id, kind)
where not exists (select from notifications n
    where n.account_id = %(account)s and n.conversation_id = %(conversation)s
      and n.user_id = told.user_id and n.kind = told.kind and n.event_id >= %(event)s)
on conflict (account_id, user_id, kind, event_id) do nothing
returning id, user_id, kind"""

_REPLACE = """
delete from notifications n
using unnest(%(users)b::bigint[], %(kinds)b::smallint[]) as told(user_id, kind)
where n.account_id = %(account)s and n.conversation_id = %(conversation)s
  and n.user_id = told.user_id and n.kind = told.kind and n.event_id < %(event)s
returning n.id, n.user_id, n.kind"""


async def notify_agents_of(
    tx: TenantTx,
    people: Mapping[UserId, NotificationKind],
    *,
    conversation_id: ConversationId,
    event_id: int,
    message_id: MessageId | None = None,
) -> None:
    """Tell each of them once of this event.

    A newer notification of a kind takes the place of the older one about the same conversation;
    an event that comes by again tells nobody anything.
    """
    if not people:
        return
    parameters = {
        "account": tx.account_id,
        "conversation": conversation_id,
        "message": message_id,
        "event": event_id,
        "now": tx.now,
        "users": [int(user_id) for user_id in people],
        "kinds": [int(kind) for kind in people.values()],
    }
    told = await tx.all(_TELL, parameters)
    if not told:
        return
    parameters |= {"users": [t["user_id"] for t in told], "kinds": [t["kind"] for t in told]}
    gone = await tx.all(_REPLACE, parameters)
    for row in told:
        replaced = [g["id"] for g in gone if g["user_id"] == row["user_id"]]
        tx.record(
            NotificationCreated(
                row["id"], UserId(row["user_id"]), conversation_id, row["kind"], replaced
            ),
            by=Actor.system(),
        )


async def let_take_part(
    tx: TenantTx, conversation_id: ConversationId, user_ids: Iterable[UserId]
) -> None:
    """Remember who had the conversation or was called into it."""
    await tx.execute(
        """insert into conversation_participants (account_id, conversation_id, user_id, created_at)
           select %s, %s, person, %s from unnest(%b::bigint[]) as person
           on conflict do nothing""",
        [tx.account_id, conversation_id, tx.now, sorted(int(user_id) for user_id in user_ids)],
    )
