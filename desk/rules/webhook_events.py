"""Which of a webhook's subscriptions a fact belongs to, and what it says has changed."""

from typing import Any

from desk.events.catalogue import Fact
from desk.events.contacts import ContactCreated, ContactUpdated
from desk.events.conversations import (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationCreated,
    ConversationLabelsChanged,
    ConversationMerged,
    ConversationPriorityChanged,
    ConversationStatusChanged,
    ConversationTeamChanged,
)
from desk.events.messages import MessageCreated, MessageEdited, MessageStatusChanged
from desk.events.sla import SlaApplied
from desk.words.conversation import ConversationStatus, MessageType, Priority
from desk.words.webhooks import WebhookEvent

CHANGES_CONVERSATION = (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationLabelsChanged,
    ConversationMerged,
    ConversationPriorityChanged,
    ConversationStatusChanged,
    ConversationTeamChanged,
    SlaApplied,
)


def subscriptions_of(fact: Fact) -> tuple[WebhookEvent, ...]:
    """What a fact is called by those who subscribed; activity lines are told to nobody."""
    match fact:
        case MessageCreated(message_type=MessageType.ACTIVITY):
            return ()
        case MessageCreated():
            return (WebhookEvent.MESSAGE_CREATED,)
        case MessageEdited() | MessageStatusChanged():
            return (WebhookEvent.MESSAGE_UPDATED,)
        case ConversationCreated():
            return (WebhookEvent.CONVERSATION_CREATED,)
        case ConversationStatusChanged() | ConversationMerged():
            return (WebhookEvent.CONVERSATION_STATUS_CHANGED, WebhookEvent.CONVERSATION_UPDATED)
        case ContactCreated():
            return (WebhookEvent.CONTACT_CREATED,)
        case ContactUpdated():
            return (WebhookEvent.CONTACT_UPDATED,)
    return (WebhookEvent.CONVERSATION_UPDATED,) if isinstance(fact, CHANGES_CONVERSATION) else ()


def changed_attributes(fact: Fact, shown: dict[str, Any], titles: dict[int, str]) -> list[Any]:
    """Before and after, as far as the fact knows; `shown` is the conversation or contact now."""
    match fact:
        case ConversationStatusChanged():
            before, after = ConversationStatus(fact.before), ConversationStatus(fact.after)
            return [_change("status", before.word, after.word)]
        case ConversationMerged():
            was = ConversationStatus(fact.status_was).word
            return [
                _change("status", was, ConversationStatus.RESOLVED.word),
                _change("merged_into", None, shown.get("merged_into")),
            ]
        case ConversationAssigned():
            return [_change("assignee_id", fact.before, fact.after)]
        case ConversationTeamChanged():
            return [_change("team_id", fact.before, fact.after)]
        case SlaApplied():
            return [_change("sla_policy_id", None, fact.sla_policy_id)]
        case ConversationPriorityChanged():
            return [_change("priority", _priority(fact.before), _priority(fact.after))]
        case ConversationLabelsChanged():
            now = set(shown.get("labels") or ())
            added = {titles[one] for one in fact.added if one in titles}
            removed = {titles[one] for one in fact.removed if one in titles}
            return [_change("label_list", sorted((now - added) | removed), sorted(now))]
        case ConversationAttributesChanged():
            return [_change("custom_attributes", None, shown.get("custom_attributes"))]
        case ContactUpdated():
            return [_change(field, None, shown.get(field)) for field in fact.fields]
    return []


def _change(field: str, before: object, after: object) -> dict[str, Any]:
    return {field: {"previous_value": before, "current_value": after}}


def _priority(code: int | None) -> str | None:
    return None if code is None else Priority(code).word
