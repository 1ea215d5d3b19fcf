"""What an outgoing webhook can be told, and how far a delivery is."""

from datetime import timedelta
from enum import StrEnum

from desk.words.coded import Coded


class WebhookEvent(StrEnum):
    """The names an account subscribes to."""

    CONVERSATION_CREATED = "conversation_created"
    CONVERSATION_STATUS_CHANGED = "conversation_status_changed"
    CONVERSATION_UPDATED = "conversation_updated"
    MESSAGE_CREATED = "message_created"
    MESSAGE_UPDATED = "message_updated"
    WEBWIDGET_TRIGGERED = "webwidget_triggered"
    CONTACT_CREATED = "contact_created"
    CONTACT_UPDATED = "contact_updated"
    CONVERSATION_TYPING_ON = "conversation_typing_on"
    CONVERSATION_TYPING_OFF = "conversation_typing_off"


class BotEvent(StrEnum):
    """What a bot is told about the conversations of its inboxes."""

    CONVERSATION_OPENED = "conversation_opened"
    CONVERSATION_RESOLVED = "conversation_resolved"
    CONVERSATION_STATUS_CHANGED = "conversation_status_changed"
    CONVERSATION_UPDATED = "conversation_updated"
    MESSAGE_CREATED = "message_created"
    MESSAGE_UPDATED = "message_updated"
    WEBWIDGET_TRIGGERED = "webwidget_triggered"


BOTS_EAR = "agent_bot"
"""What a bot's endpoint stands for among an account's subscriptions."""

SUBSCRIBED_AT_FIRST = tuple(
    event
    for event in WebhookEvent
    if event not in (WebhookEvent.CONVERSATION_TYPING_ON, WebhookEvent.CONVERSATION_TYPING_OFF)
)
"""What a webhook hears when nobody said what."""


class DeliveryState(Coded):
    """How far a delivery is."""

    WAITING = 0
    DELIVERED = 1
    FAILED = 2


PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=10),
)
"""How long a delivery waits after its first, second, … try."""

MOST_TRIES = len(PAUSES) + 1
"""Eight tries within about a day; then a delivery has failed."""

BOT_PAUSES = (timedelta(seconds=3), timedelta(seconds=10))
"""A customer waits meanwhile: a bot that does not listen is not waited for."""

BOT_TRIES = len(BOT_PAUSES) + 1
"""Three tries; then people take the conversation over."""

HOLDS_BACK_FOR = 2
"""With fewer failed tries than this, a delivery holds back the later ones of its conversation."""
