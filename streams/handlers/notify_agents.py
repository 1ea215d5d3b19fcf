"""People at the desk are told what concerns them, each of an event once, nobody of their own doing."""

from collections.abc import Iterable, Sequence
from typing import Any

from desk.access.audience import may_see
from desk.actions.notify_agent import let_take_part, notify_agents_of
from desk.events.conversations import (
    ConversationAssigned,
    ConversationCreated,
    ConversationStatusChanged,
)
from desk.events.envelope import Event
from desk.events.messages import MessageCreated
from desk.events.sla import SlaMissed
from desk.rules.mentions import mentioned
from desk.store.desk import Desk
from desk.store.notifications import wanted_by
from desk.store.people import member
from desk.store.transaction import TenantTx
from desk.words.actor import ActorKind
from desk.words.conversation import ConversationStatus, MessageType
from desk.words.ids import MessageId, UserId
from desk.words.notifications import TOLD_ANYWAY, NotificationKind
from desk.words.people import Role
from desk.words.sla import SlaPromise

FACTS = (
    ConversationCreated,
    ConversationStatusChanged,
    ConversationAssigned,
    MessageCreated,
    SlaMissed,
)

_SAID = (MessageType.INCOMING, MessageType.OUTGOING)

Told = dict[UserId, NotificationKind]

_MISSED = {
    SlaPromise.FRT.word: NotificationKind.SLA_MISSED_FIRST_RESPONSE,
    SlaPromise.NRT.word: NotificationKind.SLA_MISSED_NEXT_RESPONSE,
    SlaPromise.RT.word: NotificationKind.SLA_MISSED_RESOLUTION,
}

_MEMBERS_WHO_WANT = """
select ns.user_id from notification_settings ns
join inbox_members im on im.account_id = ns.account_id and im.user_id = ns.user_id
where ns.account_id = %s and im.inbox_id = %s and %s = any(ns.push_kinds || ns.email_kinds)"""

_WITH_SOMEBODY = """
select e.id from unnest(%(ids)b::bigint[], %(accounts)b::bigint[], %(conversations)b::bigint[],
                        %(begun)b::boolean[]) as e(id, account_id, conversation_id, begun)
where case when e.begun then exists (
        select from notification_settings ns
        join inbox_members im on im.account_id = ns.account_id and im.user_id = ns.user_id
        join conversations c on c.account_id = im.account_id and c.inbox_id = im.inbox_id
        where ns.account_id = e.account_id and c.id = e.conversation_id
          and %(creation)s = any(ns.push_kinds || ns.email_kinds))
    else exists (
        select from conversation_participants p
        where p.account_id = e.account_id and p.conversation_id = e.conversation_id) end"""

_MATTER = """
select c.inbox_id, c.assignee_id, c.status, k.blocked,
       array(select p.user_id from conversation_participants p
             where p.account_id = c.account_id and p.conversation_id = c.id) as participants,
       (select m.content from messages m where m.account_id = c.account_id and m.id = %s
           and m.private and not coalesce((m.content_attributes ->> 'deleted')::boolean, false)
       ) as note
from conversations c join contacts k on k.account_id = c.account_id and k.id = c.contact_id
where c.account_id = %s and c.id = %s"""


async def concerns(events: Sequence[Event], desk: Desk) -> set[int]:
    """Those after which somebody may have to be told: most messages concern nobody yet."""
    told: set[int] = set()
    asked: list[Event] = []
    # Who is made a participant by a fact of this batch has to hear of what follows it.
    joined: set[int | None] = set()
    for event in events:
        fact = event.fact
        if isinstance(fact, ConversationAssigned) or (
            isinstance(fact, MessageCreated)
            and (fact.private or fact.assignee_id is not None or event.conversation_id in joined)
        ):
            joined.add(event.conversation_id)
            told.add(event.id)
        elif isinstance(fact, SlaMissed):
            told.add(event.id)
        elif not isinstance(fact, ConversationStatusChanged) or _begins(event):
            asked.append(event)
    if asked:
        async with desk.transaction_across_accounts(
            reason="a batch of events belongs to several accounts"
        ) as tx:
            rows = await tx.all(_WITH_SOMEBODY, _asking(asked), prepare=True)
        told.update(row["id"] for row in rows)
    return told


def _asking(events: Sequence[Event]) -> dict[str, Any]:
    begun = [_begins(event) for event in events]
    return {
        "ids": [event.id for event in events],
        "accounts": [int(event.account_id) for event in events],
        "conversations": [int(event.conversation_id or 0) for event in events],
        "begun": begun,
        "creation": int(NotificationKind.CONVERSATION_CREATION),
    }


async def notify_agents(event: Event, desk: Desk) -> None:
    """Find out whom a fact concerns, and tell those who may see it and want to know."""
    fact = event.fact
    match fact:
        case ConversationCreated() | ConversationStatusChanged() if not _begins(event):
            return
        case ConversationAssigned(after=None):
            return
        case MessageCreated() if fact.message_type not in _SAID:
            return
    async with desk.transaction(event.account_id) as tx:
        conversation_id, message_id = event.conversation_id, None
        if conversation_id is None:
            return
        if isinstance(fact, MessageCreated):
            message_id = fact.message_id
        matter = await tx.first(_MATTER, [message_id, tx.account_id, conversation_id])
        if matter is None:
            return
        told: Told = {}
        if _begins(event):
            told = await _of_a_beginning(tx, matter["inbox_id"])
        elif isinstance(fact, ConversationAssigned) and fact.after is not None:
            await let_take_part(tx, conversation_id, [fact.after])
            if matter["status"] != ConversationStatus.PENDING:
                told = {fact.after: NotificationKind.CONVERSATION_ASSIGNMENT}
        elif isinstance(fact, SlaMissed):
            told = await _of_a_miss(tx, _MISSED[fact.promise], matter)
        elif isinstance(fact, MessageCreated):
            told = await _of_a_message(tx, fact, matter)
        if matter["blocked"]:
            told = {user_id: kind for user_id, kind in told.items() if kind in TOLD_ANYWAY}
        if event.by.kind is ActorKind.USER and event.by.id is not None:
            told.pop(UserId(event.by.id), None)
        told = await _those_who_may_and_want(tx, told, matter["inbox_id"], matter["assignee_id"])
        await notify_agents_of(
            tx,
            told,
            conversation_id=conversation_id,
            event_id=event.id,
            message_id=None if message_id is None else MessageId(message_id),
        )


def _begins(event: Event) -> bool:
    """Whether a conversation begins for people: it is new, or a bot leaves it to them."""
    match event.fact:
        case ConversationCreated(status=status):
            return status != ConversationStatus.PENDING
        case ConversationStatusChanged(before=ConversationStatus.PENDING, after=after):
            left = event.by.kind in (ActorKind.BOT, ActorKind.SYSTEM)
            return left and after == ConversationStatus.OPEN
    return False


async def _of_a_beginning(tx: TenantTx, inbox_id: int) -> Told:
    kind = NotificationKind.CONVERSATION_CREATION
    rows = await tx.all(_MEMBERS_WHO_WANT, [tx.account_id, inbox_id, int(kind)])
    return {UserId(row["user_id"]): kind for row in rows}


async def _of_a_miss(tx: TenantTx, kind: NotificationKind, matter: dict[str, Any]) -> Told:
    rows = await tx.all(
        "select user_id from account_users where account_id = %s and role = %s",
        [tx.account_id, int(Role.ADMINISTRATOR)],
    )
    people = {*matter["participants"], *(row["user_id"] for row in rows)}
    if matter["assignee_id"] is not None:
        people.add(matter["assignee_id"])
    return dict.fromkeys(map(UserId, sorted(people)), kind)


async def _of_a_message(tx: TenantTx, fact: MessageCreated, matter: dict[str, Any]) -> Told:
    told: Told = dict.fromkeys(
        map(UserId, matter["participants"]),
        NotificationKind.PARTICIPATING_CONVERSATION_NEW_MESSAGE,
    )
    if fact.assignee_id is not None:
        told[fact.assignee_id] = NotificationKind.ASSIGNED_CONVERSATION_NEW_MESSAGE
    if matter["note"]:
        called = await _called(tx, matter["note"])
        if called:
            await let_take_part(tx, fact.conversation_id, called)
        told |= dict.fromkeys(called, NotificationKind.CONVERSATION_MENTION)
    return told


async def _called(tx: TenantTx, note: str) -> list[UserId]:
    users, teams = mentioned(note)
    if not (users or teams):
        return []
    rows = await tx.all(
        """select au.user_id from account_users au where au.account_id = %(account)s
             and (au.user_id = any(%(users)s) or exists (
                 select from team_members tm where tm.account_id = au.account_id
                   and tm.user_id = au.user_id and tm.team_id = any(%(teams)s)))
           order by au.user_id""",
        {"account": tx.account_id, "users": sorted(users), "teams": sorted(teams)},
    )
    return [UserId(row["user_id"]) for row in rows]


async def _those_who_may_and_want(
    tx: TenantTx, told: Told, inbox_id: int, assignee_id: int | None
) -> Told:
    if not told:
        return {}
    wanted = await wanted_by(tx, told)
    chosen: Told = {}
    for user_id in _in_order(told):
        if not wanted[user_id].includes(told[user_id]):
            continue
        person = await member(tx, user_id)
        if person is not None and may_see(
            person.viewer, inbox_id=inbox_id, assignee_ids=[assignee_id]
        ):
            chosen[user_id] = told[user_id]
    return chosen


def _in_order(told: Iterable[UserId]) -> list[UserId]:
    # The same order everywhere: two workers that tell the same people never wait for each other.
    return sorted(told)
