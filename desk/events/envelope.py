"""The envelope in which every fact travels: whose, when, about what, by whom."""

from datetime import datetime

import msgspec

from desk.events.catalogue import Fact
from desk.words.actor import Actor
from desk.words.ids import AccountId, ConversationId


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One fact with its envelope, as the log keeps it and Kafka carries it."""

    id: int
    account_id: AccountId
    at: datetime
    by: Actor
    fact: Fact
    conversation_id: ConversationId | None = None
    quiet: bool = False
    """Imported history: nobody has to react to it and no screen has to show it."""
    rules_version: int = 0
    """Which of the account's automation rules and webhooks were in force then; 0: it had none."""
    after_rules: tuple[int, ...] = ()
    """The rules whose firing led to this fact, oldest first: how circles are seen."""


class SealedEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event whose fact is passed on as the bytes the log holds, unread."""

    id: int
    account_id: AccountId
    at: datetime
    by: Actor
    fact: msgspec.Raw
    conversation_id: ConversationId | None = None
    quiet: bool = False
    rules_version: int = 0
    after_rules: tuple[int, ...] = ()


encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Event)


def encode(event: Event | SealedEvent) -> bytes:
    """The record's bytes."""
    return encoder.encode(event)


def decode(raw: bytes) -> Event:
    """Raises msgspec.DecodeError when the bytes are not an event of ours."""
    return _decoder.decode(raw)
