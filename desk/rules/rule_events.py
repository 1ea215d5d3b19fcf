"""What a fact means to rules, and whether a firing would go in a circle."""

from desk.events.catalogue import Fact
from desk.events.conversations import (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationCreated,
    ConversationLabelsChanged,
    ConversationPriorityChanged,
    ConversationStatusChanged,
    ConversationTeamChanged,
)
from desk.events.messages import MessageCreated
from desk.words.automation import CHAIN_LIMIT, RuleEvent
from desk.words.conversation import ConversationStatus, MessageType

_UPDATES = (
    ConversationAssigned
    | ConversationAttributesChanged
    | ConversationLabelsChanged
    | ConversationPriorityChanged
    | ConversationTeamChanged
)


def rule_events_of(fact: Fact) -> tuple[RuleEvent, ...]:
    """The events that rules know it by; lines in a thread about what was done are none."""
    match fact:
        case MessageCreated(message_type=MessageType.ACTIVITY):
            return ()
        case MessageCreated():
            return (RuleEvent.MESSAGE_CREATED,)
        case ConversationCreated():
            return (RuleEvent.CONVERSATION_CREATED,)
        case ConversationStatusChanged(after=ConversationStatus.OPEN):
            return (RuleEvent.CONVERSATION_UPDATED, RuleEvent.CONVERSATION_OPENED)
        case ConversationStatusChanged(after=ConversationStatus.RESOLVED):
            return (RuleEvent.CONVERSATION_UPDATED, RuleEvent.CONVERSATION_RESOLVED)
        case ConversationStatusChanged():
            return (RuleEvent.CONVERSATION_UPDATED,)
        case _ if isinstance(fact, _UPDATES):
            return (RuleEvent.CONVERSATION_UPDATED,)
        case _:
            return ()


def why_to_stop(rule_id: int, after_rules: tuple[int, ...]) -> str | None:
    """Why a rule must not fire on a fact that these rules led to; nothing if it may."""
    if rule_id in after_rules:
        others = len(set(after_rules)) - 1
        who = ("it did itself", "it and another rule did")[others] if others < 2 else "rules did"
        return f"it would have run again because of what {who}"
    if len(after_rules) >= CHAIN_LIMIT:
        return f"{len(after_rules)} rules had already fired because of one another"
    return None
