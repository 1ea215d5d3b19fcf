"""A conversation that waits for nobody goes to an agent who is there."""

from collections.abc import Sequence

from desk.actions.assign_conversation import assign_conversation
from desk.events.conversations import (
    ConversationCreated,
    ConversationStatusChanged,
    ConversationTeamChanged,
)
from desk.events.envelope import Event
from desk.rules.routing import Candidate, agent_to_assign
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import UserId
from desk.words.people import Availability

FACTS = (ConversationCreated, ConversationStatusChanged, ConversationTeamChanged)

_CANDIDATES = """
select im.user_id,
       (select count(*) from conversations c where c.account_id = im.account_id
           and c.assignee_id = im.user_id and c.status = 0) as open_conversations,
       (select coalesce(max(c.id), 0) from conversations c where c.account_id = im.account_id
           and c.assignee_id = im.user_id and c.status = 0) as last_assigned_id
from inbox_members im
join account_users au on au.account_id = im.account_id and au.user_id = im.user_id
where im.account_id = %(account)s and im.inbox_id = %(inbox)s and im.user_id = any(%(present)s)
  and au.availability = %(online)s
  and (%(team)s::bigint is null or exists (select from team_members tm
      where tm.account_id = im.account_id and tm.team_id = %(team)s and tm.user_id = im.user_id))"""


async def concerns(events: Sequence[Event], desk: Desk) -> set[int]:
    """Those that leave a conversation waiting at a desk where somebody is."""
    waiting = [event for event in events if _may_wait(event)]
    presence = Presence(desk.redis, desk.clock)
    attended = await presence.attended({event.account_id for event in waiting})
    return {event.id for event in waiting if event.account_id in attended}


async def route_conversation(event: Event, desk: Desk) -> None:
    """Give an open conversation without an agent to the least busy one who is at the desk."""
    if event.conversation_id is None or not _may_wait(event):
        return
    present = sorted(await Presence(desk.redis, desk.clock).users(event.account_id))
    if not present:
        return
    async with desk.transaction(event.account_id) as tx:
        conversation = await lock_conversation(tx, event.conversation_id)
        waits = conversation.status == ConversationStatus.OPEN and conversation.assignee_id is None
        if not waits or not await _is_automatic(tx, conversation):
            return
        # One at a time in an inbox, or two conversations would both go to the least busy agent.
        await tx.execute("select pg_advisory_xact_lock(%s, 0)", [conversation.inbox_id % 2**31])
        rows = await tx.all(
            _CANDIDATES,
            {
                "account": tx.account_id,
                "inbox": conversation.inbox_id,
                "present": present,
                "online": int(Availability.ONLINE),
                "team": conversation.team_id,
            },
        )
        chosen = agent_to_assign([Candidate(**row) for row in rows])
        if chosen is not None:
            await assign_conversation(tx, conversation, UserId(chosen), by=Actor.system())


def _may_wait(event: Event) -> bool:
    """Whether the fact leaves an open conversation without an agent, as far as it tells."""
    fact = event.fact
    if isinstance(fact, ConversationCreated):
        return fact.status == ConversationStatus.OPEN and fact.assignee_id is None
    if isinstance(fact, ConversationStatusChanged):
        return fact.after == ConversationStatus.OPEN and fact.assignee_id is None
    return isinstance(fact, ConversationTeamChanged) and fact.after is not None


async def _is_automatic(tx: TenantTx, conversation: ConversationRow) -> bool:
    row = await tx.one(
        """select i.enable_auto_assignment and coalesce(t.allow_auto_assign, true) as automatic
           from inboxes i left join teams t on t.account_id = i.account_id and t.id = %s
           where i.account_id = %s and i.id = %s""",
        [conversation.team_id, tx.account_id, conversation.inbox_id],
    )
    return bool(row["automatic"])
