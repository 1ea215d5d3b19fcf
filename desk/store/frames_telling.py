"""What a stretch of the event log needs to be told of, and where each thing is said last."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from desk.events.contacts import ContactCreated, ContactMerged, ContactUpdated
from desk.events.conversations import ConversationAssigned
from desk.events.envelope import Event
from desk.events.messages import MessageCreated, MessageEdited, MessageStatusChanged
from desk.events.notifications import NotificationCreated
from desk.store.frames_names import (
    CHANGES_CONVERSATION,
    CONVERSATION_FRAMES,
    CONVERSATION_UPDATED,
    UNREAD_COUNT_CHANGED,
    AboutMessage,
    calls_somebody,
    changes_unread,
)
from desk.words.actor import ActorKind
from desk.words.conversation import DeliveryStatus


class Logged(NamedTuple):
    """An event with its place in the order of publication."""

    position: int
    event: Event


class Telling:
    """Which shapes have to be read, and what of several equal frames is the last."""

    def __init__(self, logged: Sequence[Logged]) -> None:
        self.message_ids: set[int] = set()
        self.conversation_ids: set[int] = set()
        self.contact_ids: set[int] = set()
        self.user_ids: set[int] = set()
        """The people of the desk who caused something."""
        self.last_of: dict[tuple[str, int | None], int] = {}
        self.had: defaultdict[int, set[int | None]] = defaultdict(set)
        """Everybody a conversation was taken from or given to."""
        self.changes: defaultdict[int, dict[str, list[Any]]] = defaultdict(dict)
        """What of a message became something else: first before, last after."""
        for place, (_, event) in enumerate(logged):
            if event.by.kind is ActorKind.USER and event.by.id is not None:
                self.user_ids.add(event.by.id)
            self._look_at(place, event)

    def is_last(self, place: int, name: str, of: int | None) -> bool:
        """Whether the thing is not said again further on."""
        return self.last_of.get((name, of)) == place

    def _look_at(self, place: int, event: Event) -> None:
        fact, conversation_id = event.fact, event.conversation_id
        if isinstance(fact, AboutMessage):
            self.message_ids.add(fact.message_id)
            self.last_of[message_event(fact), fact.message_id] = place
            self._note_changes(fact)
        elif isinstance(fact, ContactCreated | ContactUpdated | ContactMerged):
            self.contact_ids.add(fact.contact_id)
        elif isinstance(fact, ConversationAssigned):
            self.had[fact.conversation_id] |= {fact.before, fact.after}
        elif isinstance(fact, NotificationCreated) and calls_somebody(fact):
            self.conversation_ids.add(fact.conversation_id)
        if conversation_id is None:
            return
        name = CONVERSATION_FRAMES.get(type(fact))
        if name is not None:
            self._say(name, conversation_id, place)
        if isinstance(fact, CHANGES_CONVERSATION):
            self._say(CONVERSATION_UPDATED, conversation_id, place)
        if changes_unread(fact):
            self._say(UNREAD_COUNT_CHANGED, conversation_id, place)

    def _say(self, name: str, conversation_id: int, place: int) -> None:
        self.conversation_ids.add(conversation_id)
        self.last_of[name, conversation_id] = place

    def _note_changes(self, fact: AboutMessage) -> None:
        if isinstance(fact, MessageStatusChanged):
            before, after = DeliveryStatus(fact.before).word, DeliveryStatus(fact.after).word
            self._changed(fact.message_id, "status", before, after)
            if fact.source_id is not None:
                self._changed(fact.message_id, "source_id", None, fact.source_id)
        elif isinstance(fact, MessageEdited):
            for field in FIELDS_OF_AN_EDIT.get(fact.what, ("content_attributes",)):
                self._changed(fact.message_id, field, None, None)

    def _changed(self, message_id: int, field: str, before: object, after: object) -> None:
        known = self.changes[message_id].get(field)
        self.changes[message_id][field] = [before if known is None else known[0], after]


FIELDS_OF_AN_EDIT: dict[str, tuple[str, ...]] = {
    "deleted": ("content", "content_attributes"),
    "file_arrived": ("attachments",),
    "file_lost": ("attachments",),
}
"""What an edit touched; how it was before stands nowhere any more."""


def message_event(fact: AboutMessage) -> str:
    """Chatwoot's name for it."""
    return "message.created" if isinstance(fact, MessageCreated) else "message.updated"
