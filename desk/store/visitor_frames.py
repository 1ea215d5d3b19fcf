"""What a stretch of the event log means for customers who are on the live line themselves."""

from collections.abc import Sequence
from typing import NamedTuple

from desk.access.hearing import is_for_customers
from desk.events.conversations import (
    ConversationAssigned,
    ConversationCreated,
    ConversationMerged,
    ConversationRead,
    ConversationStatusChanged,
)
from desk.events.envelope import Event
from desk.events.messages import MessageCreated, MessageEdited, MessageStatusChanged
from desk.store.feed import Frame
from desk.store.frames_shapes import Performers
from desk.store.frames_telling import Logged
from desk.store.transaction import Transaction
from desk.store.visitors import (
    HAVE_A_LINE,
    visitor_conversation_shapes,
    visitor_message_shapes,
)
from desk.words.ids import AccountId

_ABOUT_CONVERSATIONS: dict[type, str] = {
    ConversationCreated: "conversation.created",
    ConversationStatusChanged: "conversation.status_changed",
    ConversationAssigned: "conversation.updated",
    ConversationRead: "conversation.updated",
}
_ABOUT_MESSAGES = (MessageCreated, MessageEdited, MessageStatusChanged)


class Telling(NamedTuple):
    """One thing to be said to one customer."""

    event: str
    conversation_id: int
    message_id: int | None = None


async def visitor_frames(
    tx: Transaction, account_id: AccountId, logged: Sequence[Logged], performers: Performers
) -> list[Frame]:
    """The frames for customers, in order; where the same would be said twice, it is said last."""
    tellings: dict[Telling, Logged] = {}
    for one in logged:
        if (telling := _telling(one.event)) is not None:
            tellings.pop(telling, None)
            tellings[telling] = one
    tokens = await _tokens(tx, account_id, sorted({t.conversation_id for t in tellings}))
    meant = [telling for telling in tellings if telling.conversation_id in tokens]
    if not meant:
        return []
    messages = await visitor_message_shapes(
        tx, account_id, [t.message_id for t in meant if t.message_id is not None]
    )
    conversations = await visitor_conversation_shapes(
        tx, account_id, [t.conversation_id for t in meant if t.message_id is None]
    )
    frames = []
    for telling in meant:
        event_name, conversation_id, message_id = telling
        shape = (
            conversations.get(conversation_id) if message_id is None else messages.get(message_id)
        )
        if shape is not None:
            position, event = tellings[telling]
            frames.append(
                Frame(
                    event_name,
                    performers.named(event, shape, outside=True),
                    contact_token=tokens[conversation_id],
                    position=position,
                )
            )
    return frames


def _telling(event: Event) -> Telling | None:
    fact = event.fact
    if isinstance(fact, _ABOUT_MESSAGES):
        created = isinstance(fact, MessageCreated)
        if isinstance(fact, MessageCreated) and not is_for_customers(
            fact.message_type, private=fact.private
        ):
            return None
        name = "message.created" if created else "message.updated"
        return Telling(name, fact.conversation_id, fact.message_id)
    if isinstance(fact, ConversationMerged):
        return Telling("conversation.updated", fact.into_conversation_id)
    name_of = _ABOUT_CONVERSATIONS.get(type(fact))
    if name_of is None or event.conversation_id is None:
        return None
    return Telling(name_of, event.conversation_id)


async def _tokens(tx: Transaction, account_id: AccountId, ids: list[int]) -> dict[int, str]:
    """The customer's socket token of each conversation whose channel has a line."""
    if not ids:
        return {}
    rows = await tx.all(
        """select c.id, ci.pubsub_token from conversations c
           join inboxes i on i.account_id = c.account_id and i.id = c.inbox_id
           join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
           where c.account_id = %s and c.id = any(%s) and i.channel = any(%s)""",
        [account_id, ids, list(HAVE_A_LINE)],
        prepare=True,
    )
    return {row["id"]: row["pubsub_token"] for row in rows}
