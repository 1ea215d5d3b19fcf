"""What a stretch of the event log means for screens: whole shapes, read now, with their audience."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from desk.events.administration import (
    AgentAdded,
    AgentRemoved,
    AgentRoleChanged,
    FeatureSwitched,
    InboxClosed,
    InboxCreated,
    InboxMembersChanged,
    InboxUpdated,
    LabelCreated,
    LabelDeleted,
    LabelUpdated,
    TeamCreated,
    TeamDisbanded,
    TeamMembersChanged,
    TeamUpdated,
    WorkingHoursChanged,
)
from desk.events.contacts import ContactUpdated
from desk.events.conversations import (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationContactChanged,
    ConversationCreated,
    ConversationLabelsChanged,
    ConversationPriorityChanged,
    ConversationRead,
    ConversationStatusChanged,
    ConversationTeamChanged,
)
from desk.events.envelope import Event
from desk.events.messages import MessageCreated, MessageEdited, MessageStatusChanged
from desk.shapes.contact import CONTACT
from desk.store.conversations import shapes as conversation_shapes
from desk.store.feed import Frame
from desk.store.messages import message_shapes
from desk.store.notification_frames import notification_frames
from desk.store.transaction import Transaction
from desk.store.visitor_frames import visitor_frames
from desk.words.ids import AccountId

CONVERSATION_UPDATED = "conversation.updated"

_CONVERSATION_FRAMES: dict[type, str] = {
    ConversationCreated: "conversation.created",
    ConversationStatusChanged: "conversation.status_changed",
    ConversationAssigned: "assignee.changed",
    ConversationTeamChanged: "team.changed",
    ConversationRead: "conversation.read",
    ConversationContactChanged: "conversation.contact_changed",
}
"""The facts that screens know by a name of their own, beside the conversation's new shape."""

_CHANGES_CONVERSATION = (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationLabelsChanged,
    ConversationPriorityChanged,
    ConversationTeamChanged,
    MessageCreated,
)
"""After these the conversation looks different in every list."""

_STALE_LISTS: dict[type, str] = {
    AgentAdded: "agent",
    AgentRemoved: "agent",
    AgentRoleChanged: "agent",
    FeatureSwitched: "account",
    InboxClosed: "inbox",
    InboxCreated: "inbox",
    InboxMembersChanged: "inbox",
    InboxUpdated: "inbox",
    LabelCreated: "label",
    LabelDeleted: "label",
    LabelUpdated: "label",
    TeamCreated: "team",
    TeamDisbanded: "team",
    TeamMembersChanged: "team",
    TeamUpdated: "team",
    WorkingHoursChanged: "inbox",
}
"""The lists that clients keep, and the facts after which they have to fetch them again."""


class Logged(NamedTuple):
    """An event with its place in the order of publication."""

    position: int
    event: Event


async def frames_of(
    tx: Transaction, account_id: AccountId, logged: Sequence[Logged]
) -> list[Frame]:
    """The frames of one account's events, in order.

    Shapes are read as they are now, so of several frames that would say the same only the last
    is made; screens keep whatever is newest by its version.
    """
    told = _Telling(logged)
    messages = await message_shapes(tx, account_id, sorted(told.message_ids))
    conversations = await conversation_shapes(tx, account_id, sorted(told.conversation_ids))
    contacts = await _contact_shapes(tx, account_id, sorted(told.contact_ids))
    notices = await notification_frames(tx, account_id, logged)
    frames: list[Frame] = []
    for place, (position, event) in enumerate(logged):
        fact = event.fact
        frames += notices.get(position, ())
        name = _CONVERSATION_FRAMES.get(type(fact))
        if isinstance(fact, MessageCreated | MessageEdited | MessageStatusChanged):
            if told.last_of[_message_key(fact)] == place and fact.message_id in messages:
                frames.append(_message_frame(position, fact, messages[fact.message_id]))
        elif isinstance(fact, ContactUpdated):
            if fact.contact_id in contacts:
                frames.append(
                    Frame("contact.updated", contacts[fact.contact_id], position=position)
                )
        elif type(fact) in _STALE_LISTS:
            frames.append(_stale_list(position, account_id, _STALE_LISTS[type(fact)]))
        conversation = conversations.get(event.conversation_id or 0)
        if conversation is None:
            continue
        if name is not None and told.last_of[name, event.conversation_id] == place:
            frames.append(_conversation_frame(name, position, told, conversation))
        if told.last_of.get((CONVERSATION_UPDATED, event.conversation_id)) == place:
            frames.append(_conversation_frame(CONVERSATION_UPDATED, position, told, conversation))
    return frames + await visitor_frames(tx, account_id, [event for _, event in logged])


class _Telling:
    """Which shapes a stretch of the log needs, and where each thing is said for the last time."""

    def __init__(self, logged: Sequence[Logged]) -> None:
        self.message_ids: set[int] = set()
        self.conversation_ids: set[int] = set()
        self.contact_ids: set[int] = set()
        self.last_of: dict[tuple[str, int | None], int] = {}
        self.had: defaultdict[int, set[int | None]] = defaultdict(set)
        """Everybody a conversation was taken from or given to."""
        for place, (_, event) in enumerate(logged):
            fact = event.fact
            if isinstance(fact, MessageCreated | MessageEdited | MessageStatusChanged):
                self.message_ids.add(fact.message_id)
                self.last_of[_message_key(fact)] = place
            elif isinstance(fact, ContactUpdated):
                self.contact_ids.add(fact.contact_id)
            elif isinstance(fact, ConversationAssigned):
                self.had[fact.conversation_id] |= {fact.before, fact.after}
            name = _CONVERSATION_FRAMES.get(type(fact))
            if name is not None and event.conversation_id is not None:
                self.conversation_ids.add(event.conversation_id)
                self.last_of[name, event.conversation_id] = place
            if isinstance(fact, _CHANGES_CONVERSATION) and event.conversation_id is not None:
                self.conversation_ids.add(event.conversation_id)
                self.last_of[CONVERSATION_UPDATED, event.conversation_id] = place


def _message_key(fact: MessageCreated | MessageEdited | MessageStatusChanged) -> tuple[str, int]:
    return ("created" if isinstance(fact, MessageCreated) else "updated", fact.message_id)


def _message_frame(
    position: int,
    fact: MessageCreated | MessageEdited | MessageStatusChanged,
    row: dict[str, Any],
) -> Frame:
    shape: str = row["shape"]
    assignees = {row["assignee_id"]}
    if isinstance(fact, MessageCreated):
        assignees.add(fact.assignee_id)
        if fact.echo_id is not None:
            shape = _with(shape, "echo_id", fact.echo_id)
    return Frame(
        "message.created" if isinstance(fact, MessageCreated) else "message.updated",
        msgspec.Raw(shape.encode()),
        inbox_id=row["inbox_id"],
        assignee_ids=_people(assignees),
        position=position,
    )


def _conversation_frame(name: str, position: int, told: _Telling, row: dict[str, Any]) -> Frame:
    assignees = {row["assignee_id"]} | told.had.get(row["id"], set())
    return Frame(
        name,
        msgspec.Raw(row["shape"].encode()),
        inbox_id=row["inbox_id"],
        assignee_ids=_people(assignees),
        position=position,
    )


def _stale_list(position: int, account_id: AccountId, name: str) -> Frame:
    data = {"account_id": account_id, "cache_keys": {name: str(position)}}
    return Frame(
        "account.cache_invalidated", msgspec.Raw(msgspec.json.encode(data)), position=position
    )


async def _contact_shapes(
    tx: Transaction, account_id: AccountId, ids: list[int]
) -> dict[int, msgspec.Raw]:
    if not ids:
        return {}
    rows = await tx.all(
        f"select k.id, {CONTACT}::text as shape from contacts k "
        "where k.account_id = %s and k.id = any(%s)",
        [account_id, ids],
    )
    return {
        row["id"]: msgspec.Raw(_with(row["shape"], "account_id", account_id).encode())
        for row in rows
    }


def _with(shape: str, name: str, value: object) -> str:
    """The JSON object with one more member."""
    return f'{shape.rstrip()[:-1]},"{name}":{msgspec.json.encode(value).decode()}}}'


def _people(ids: set[Any]) -> tuple[int, ...]:
    return tuple(sorted(user_id for user_id in ids if user_id is not None))
