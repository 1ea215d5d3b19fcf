"""The kinds of channel and what a channel's adapter reads and reports."""

from datetime import datetime
from enum import StrEnum

import msgspec

from desk.words.conversation import ContentType, DeliveryStatus, FileType


class ChannelKind(StrEnum):
    """A door through which customers and the desk write to each other."""

    WHATSAPP = "whatsapp"
    EMAIL = "email"
    WEBSITE = "website"
    API = "api"
    SMS = "sms"
    TELEGRAM = "telegram"
    CUSTOM = "custom"


CHATWOOT_CHANNEL_TYPES = {
    ChannelKind.WHATSAPP: "Channel::Whatsapp",
    ChannelKind.EMAIL: "Channel::Email",
    ChannelKind.WEBSITE: "Channel::WebWidget",
    ChannelKind.API: "Channel::Api",
    ChannelKind.SMS: "Channel::Sms",
    ChannelKind.TELEGRAM: "Channel::Telegram",
    ChannelKind.CUSTOM: "Channel::Custom",
}
"""The names by which Chatwoot's clients know the kinds."""


class InboundFile(msgspec.Struct, frozen=True):
    """A file a customer sent, still with the provider: where to fetch it and what it claims to be."""

    file_type: FileType
    remote_id: str | None = None
    url: str | None = None
    mime_type: str | None = None
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    in_hook: bool = False
    """Its bytes came with the hook; `remote_id` says where in it they stand."""
    file_key: str | None = None
    """It is in our file store already, under this key."""
    size: int | None = None


class InboundMessage(msgspec.Struct, frozen=True):
    """One customer message, as a channel's adapter read it from the provider's bytes."""

    source_id: str
    """The provider's own id of the message: unique within the inbox."""
    sender: str
    """The customer's address on the channel, e.g. digits of a phone number."""
    content: str | None
    sender_name: str | None = None
    sender_phone: str | None = None
    sender_email: str | None = None
    sent_at: datetime | None = None
    """When the provider says it was written; kept, but never used for our clocks."""
    in_reply_to: str | None = None
    """The provider's id of the message this one quotes."""
    files: tuple[InboundFile, ...] = ()
    content_type: ContentType = ContentType.TEXT
    content_attributes: dict[str, object] = msgspec.field(default_factory=dict)
    follows: tuple[str, ...] | None = None
    """The ids of the messages it answers, nearest first; None where a channel has no threads."""
    conversation: str | None = None
    """The conversation of ours that it names, by its uuid."""
    conversation_attributes: dict[str, object] = msgspec.field(default_factory=dict)
    """What a conversation that begins with it is to remember."""
    echo_id: str | None = None
    """The sender's own handle on its optimistic copy."""
    automatic: bool = False
    """Written by a program: it wakes nobody, and no program of ours may answer it."""


class DeliveryReceipt(msgspec.Struct, frozen=True):
    """News from the provider about a message we sent."""

    source_id: str
    status: DeliveryStatus
    message_ref: str | None = None
    """Our own message id, when the provider echoes it: resolves sends whose outcome was unknown."""
    error: str | None = None
    at: datetime | None = None


class InboundParked(msgspec.Struct, frozen=True):
    """A part of a hook that could not be read; its neighbours go on."""

    reason: str


Inbound = InboundMessage | DeliveryReceipt | InboundParked


FREE_REPLY_HOURS = {ChannelKind.WHATSAPP: 24}
"""How long after a customer's message a free reply may be sent; absent: always."""
