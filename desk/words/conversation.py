"""What a conversation and its messages can be, with the integer codes the tables hold."""

from enum import StrEnum

from desk.words.coded import Coded


class ConversationStatus(Coded):
    """Who has the next move, roughly: an agent, nobody, a bot, or the calendar."""

    OPEN = 0
    RESOLVED = 1
    PENDING = 2
    SNOOZED = 3


class Priority(Coded):
    """How urgent an agent judged a conversation; no value means not judged."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2
    URGENT = 3


class MessageType(Coded):
    """Which way a message went."""

    INCOMING = 0
    OUTGOING = 1
    ACTIVITY = 2
    TEMPLATE = 3


class DeliveryStatus(Coded):
    """How far an outgoing message got; it only ever moves forward, or to failed."""

    SENT = 0
    DELIVERED = 1
    READ = 2
    FAILED = 3


class ContentType(Coded):
    """How a message's content is to be read."""

    TEXT = 0
    INPUT_TEXT = 1
    INPUT_TEXTAREA = 2
    INPUT_EMAIL = 3
    INPUT_SELECT = 4
    CARDS = 5
    FORM = 6
    ARTICLE = 7
    INCOMING_EMAIL = 8
    INPUT_CSAT = 9
    INTEGRATIONS = 10
    STICKER = 11
    VOICE_CALL = 12


class FileType(Coded):
    """What an attachment is, as far as a screen cares."""

    IMAGE = 0
    AUDIO = 1
    VIDEO = 2
    FILE = 3
    LOCATION = 4
    FALLBACK = 5
    SHARE = 6
    STORY_MENTION = 7
    CONTACT = 8


class SenderType(StrEnum):
    """Who wrote a message; automations and the system have no sender at all."""

    USER = "User"
    CONTACT = "Contact"
    AGENT_BOT = "AgentBot"


MAX_CONTENT = 150_000
"""Longest message text accepted, in characters."""

MAX_ATTACHMENTS = 15
"""Most files one message may carry."""
