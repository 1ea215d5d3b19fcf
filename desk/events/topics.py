"""The Kafka topics and how their records are keyed."""

from enum import StrEnum

from desk.words.ids import AccountId, ConversationId, InboxId

ACCOUNT_HEADER = "account_id"
INBOUND_HEADER = "inbound_id"
TRACE_HEADER = "traceparent"
"""W3C's name for where a trace goes on, for readers that are not ours."""
EVENT_HEADER = "event_id"
EPOCH_HEADER = "epoch"
"""The broker it was published to: on any other it is a stray."""


class Topic(StrEnum):
    """Where records travel."""

    CHANNEL_INBOUND = "channel.inbound"
    DESK_EVENTS = "desk.events"
    PLATFORM_EPOCH = "platform.epoch"


def inbound_key(account_id: AccountId, inbox_id: InboxId, sender: str) -> bytes:
    """One person's messages stay in order because they share this key."""
    return f"{account_id}:{inbox_id}:{sender}".encode()


def event_key(account_id: AccountId, conversation_id: ConversationId | None) -> bytes:
    """One conversation's facts stay in order because they share this key."""
    return f"{account_id}:{conversation_id or ''}".encode()
