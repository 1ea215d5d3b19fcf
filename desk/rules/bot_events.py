"""What a bot is told about the conversations of its inboxes, by Chatwoot's names."""

from desk.events.catalogue import Fact
from desk.events.conversations import ConversationMerged, ConversationStatusChanged
from desk.events.messages import MessageCreated, MessageEdited, MessageStatusChanged
from desk.rules.webhook_events import CHANGES_CONVERSATION
from desk.words.conversation import ConversationStatus, MessageType
from desk.words.webhooks import BotEvent

TOLD_TO_BOTS = (MessageCreated, MessageEdited, MessageStatusChanged, *CHANGES_CONVERSATION)

_ON_STATUS = {
    ConversationStatus.OPEN: (BotEvent.CONVERSATION_OPENED,),
    ConversationStatus.RESOLVED: (BotEvent.CONVERSATION_RESOLVED,),
}


def bot_events_of(fact: Fact) -> tuple[BotEvent, ...]:
    """The names under which a bot hears of a fact; activity lines are told to nobody."""
    match fact:
        case MessageCreated(message_type=MessageType.ACTIVITY):
            return ()
        case MessageCreated():
            return (BotEvent.MESSAGE_CREATED,)
        case MessageEdited() | MessageStatusChanged():
            return (BotEvent.MESSAGE_UPDATED,)
        case ConversationStatusChanged():
            moved = _ON_STATUS.get(ConversationStatus(fact.after), ())
            return (
                *moved,
                BotEvent.CONVERSATION_STATUS_CHANGED,
                BotEvent.CONVERSATION_UPDATED,
            )
        case ConversationMerged():
            return (BotEvent.CONVERSATION_STATUS_CHANGED, BotEvent.CONVERSATION_UPDATED)
    return (BotEvent.CONVERSATION_UPDATED,) if isinstance(fact, CHANGES_CONVERSATION) else ()
