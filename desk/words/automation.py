"""The words of automation: what a rule waits for, and how what it does can end."""

from enum import StrEnum
from typing import Any

import msgspec


class RuleEvent(StrEnum):
    """What a rule can wait for."""

    MESSAGE_CREATED = "message_created"
    CONVERSATION_CREATED = "conversation_created"
    CONVERSATION_UPDATED = "conversation_updated"
    CONVERSATION_OPENED = "conversation_opened"
    CONVERSATION_RESOLVED = "conversation_resolved"


class Ending(StrEnum):
    """How one action of a firing came out."""

    DONE = "done"
    NOTHING = "nothing"
    """It was so already."""
    QUEUED = "queued"
    """A job does it, and will say how it came out."""
    SKIPPED = "skipped"
    """It made no sense here."""
    FAILED = "failed"


class ActionWanted(msgspec.Struct, frozen=True):
    """One action of a rule, as the account keeps it."""

    action_name: str
    action_params: list[Any]


CHAIN_LIMIT = 5
"""How many rules may fire because of one another."""
