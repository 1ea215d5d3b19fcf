"""What a stretch of the event log means for screens: whole shapes, read now, with their audience."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from desk.events.contacts import ContactDeleted, ContactMerged
from desk.events.envelope import Event
from desk.events.messages import MessageCreated
from desk.events.notifications import NotificationCreated
from desk.store.conversations import shapes as conversation_shapes
from desk.store.feed import Frame
from desk.store.frames_names import (
    CONTACT_FRAMES,
    CONVERSATION_FRAMES,
    CONVERSATION_UPDATED,
    MENTIONED,
    STALE_LISTS,
    UNREAD_COUNT_CHANGED,
    AboutContact,
    AboutMessage,
    calls_somebody,
)
from desk.store.frames_shapes import (
    Performers,
    cache_keys,
    contact_pushes,
    conversation_push,
    gone_contact,
    performers,
    with_members,
)
from desk.store.frames_telling import Logged, Telling, message_event
from desk.store.messages import message_shapes
from desk.store.notification_frames import notification_frames
from desk.store.transaction import Transaction
from desk.store.visitor_frames import visitor_frames
from desk.words.ids import AccountId


async def frames_of(
    tx: Transaction, account_id: AccountId, logged: Sequence[Logged]
) -> list[Frame]:
    """The frames of one account's events, in order.

    Shapes are read as they are now, so of several frames that would say the same only the last
    is made; screens keep whatever is newest by its version.
    """
    telling = Telling(logged)
    notices = await notification_frames(tx, account_id, logged)
    writer = _Writer(
        account_id,
        telling,
        performers=await performers(tx, account_id, telling.user_ids),
        messages=await message_shapes(tx, account_id, sorted(telling.message_ids)),
        conversations={
            found: row | {"shape": conversation_push(row)}
            for found, row in (
                await conversation_shapes(tx, account_id, sorted(telling.conversation_ids))
            ).items()
        },
        contacts=await contact_pushes(tx, account_id, telling.contact_ids),
        cache_keys=await cache_keys(tx, account_id)
        if any(type(event.fact) in STALE_LISTS for _, event in logged)
        else {},
    )
    frames: list[Frame] = []
    for place, (position, event) in enumerate(logged):
        frames += [writer.signed(frame, event) for frame in notices.get(position, ())]
        frames += writer.frames(place, position, event)
    return frames + await visitor_frames(tx, account_id, logged, writer.performers)


class _Writer:
    """Makes the frames of each event from what was read for all of them."""

    def __init__(
        self,
        account_id: AccountId,
        telling: Telling,
        *,
        performers: Performers,
        messages: dict[int, dict[str, Any]],
        conversations: dict[int, dict[str, Any]],
        contacts: dict[int, str],
        cache_keys: dict[str, str],
    ) -> None:
        self.performers = performers
        self._account_id = account_id
        self._telling = telling
        self._messages = messages
        self._conversations = conversations
        self._contacts = contacts
        self._cache_keys = cache_keys

    def signed(self, frame: Frame, event: Event) -> Frame:
        """The frame with the one who caused it."""
        named = self.performers.named(event, bytes(frame.data).decode())
        return msgspec.structs.replace(frame, data=named)

    def frames(self, place: int, position: int, event: Event) -> Iterator[Frame]:
        """All that agents hear of one event."""
        fact = event.fact
        if isinstance(fact, AboutMessage):
            yield from self._of_message(place, position, event, fact)
        elif isinstance(fact, AboutContact):
            yield from self._of_contact(position, event, fact)
        elif type(fact) in STALE_LISTS:
            yield self._stale_list(position, event, STALE_LISTS[type(fact)])
        elif isinstance(fact, NotificationCreated) and calls_somebody(fact):
            yield from self._mention(position, event, fact)
        yield from self._of_conversation(place, position, event)

    def _of_message(
        self, place: int, position: int, event: Event, fact: AboutMessage
    ) -> Iterator[Frame]:
        name, row = message_event(fact), self._messages.get(fact.message_id)
        if row is None or not self._telling.is_last(place, name, fact.message_id):
            return
        more: dict[str, object] = {}
        assignees = {row["assignee_id"]}
        if isinstance(fact, MessageCreated):
            assignees.add(fact.assignee_id)
            if fact.echo_id is not None:
                more["echo_id"] = fact.echo_id
        else:
            more["previous_changes"] = self._changes(fact.message_id, row["shape"])
        frame = Frame(
            name,
            self.performers.named(event, with_members(row["shape"], more)),
            inbox_id=row["inbox_id"],
            assignee_ids=_people(assignees),
            position=position,
        )
        yield frame
        if isinstance(fact, MessageCreated) and fact.first_reply:
            yield msgspec.structs.replace(frame, event="first.reply.created")

    def _changes(self, message_id: int, shape: str) -> dict[str, list[Any]]:
        changes = self._telling.changes[message_id]
        if all(after is not None for _, after in changes.values()):
            return changes
        now = msgspec.json.decode(shape)
        return {
            field: [before, now.get(field) if after is None else after]
            for field, (before, after) in changes.items()
        }

    def _of_contact(self, position: int, event: Event, fact: AboutContact) -> Iterator[Frame]:
        gone = None
        if isinstance(fact, ContactDeleted):
            gone = fact.contact_id
        elif fact.contact_id in self._contacts:
            data = self.performers.named(event, self._contacts[fact.contact_id])
            yield Frame(CONTACT_FRAMES[type(fact)], data, position=position)
        if isinstance(fact, ContactMerged):
            gone = fact.merged_id
        if gone is not None:
            data = self.performers.named(event, gone_contact(self._account_id, gone))
            yield Frame(CONTACT_FRAMES[ContactDeleted], data, position=position)

    def _of_conversation(self, place: int, position: int, event: Event) -> Iterator[Frame]:
        row = self._conversations.get(event.conversation_id or 0)
        if row is None:
            return
        for name in (CONVERSATION_FRAMES.get(type(event.fact)), CONVERSATION_UPDATED):
            if name is not None and self._telling.is_last(place, name, event.conversation_id):
                yield self._about(row, name, position, event, row["shape"])
        if self._telling.is_last(place, UNREAD_COUNT_CHANGED, event.conversation_id):
            yield self._about(row, UNREAD_COUNT_CHANGED, position, event, self._nothing_more())

    def _mention(self, position: int, event: Event, fact: NotificationCreated) -> Iterator[Frame]:
        row = self._conversations.get(fact.conversation_id)
        if row is not None:
            frame = self._about(row, MENTIONED, position, event, row["shape"])
            yield msgspec.structs.replace(frame, user_id=int(fact.user_id))

    def _about(
        self, row: dict[str, Any], name: str, position: int, event: Event, shape: str
    ) -> Frame:
        assignees = {row["assignee_id"]} | self._telling.had.get(row["id"], set())
        return Frame(
            name,
            self.performers.named(event, shape),
            inbox_id=row["inbox_id"],
            assignee_ids=_people(assignees),
            position=position,
        )

    def _stale_list(self, position: int, event: Event, name: str) -> Frame:
        keys = {name: str(position), **self._cache_keys}
        shape = with_members(self._nothing_more(), {"cache_keys": keys})
        return Frame(
            "account.cache_invalidated", self.performers.named(event, shape), position=position
        )

    def _nothing_more(self) -> str:
        return f'{{"account_id":{int(self._account_id)}}}'


def _people(ids: set[Any]) -> tuple[int, ...]:
    return tuple(sorted(user_id for user_id in ids if user_id is not None))
