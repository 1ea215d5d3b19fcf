"""Facts about conversations."""

from datetime import datetime
from enum import StrEnum

import msgspec

from desk.words.ids import ContactId, ConversationId, InboxId, TeamId, UserId


class StatusReason(StrEnum):
    """Why a status changed; reports tell a customer's reopening from an agent's undo by it."""

    AGENT = "agent"
    CUSTOMER_MESSAGE = "customer_message"
    SNOOZE_ENDED = "snooze_ended"
    AUTOMATION = "automation"
    BLOCKED = "blocked"


class ConversationCreated(msgspec.Struct, frozen=True, tag="conversation_created"):
    """A conversation began."""

    conversation_id: ConversationId
    inbox_id: InboxId
    contact_id: ContactId
    status: int
    assignee_id: UserId | None = None
    team_id: TeamId | None = None


class ConversationStatusChanged(msgspec.Struct, frozen=True, tag="conversation_status_changed"):
    """A conversation was opened, resolved, snoozed or put on hold."""

    conversation_id: ConversationId
    inbox_id: InboxId
    before: int
    after: int
    reason: StatusReason
    assignee_id: UserId | None = None
    team_id: TeamId | None = None
    snoozed_until: datetime | None = None


class ConversationAssigned(msgspec.Struct, frozen=True, tag="conversation_assigned"):
    """A conversation went to an agent, or to nobody."""

    conversation_id: ConversationId
    before: UserId | None
    after: UserId | None


class ConversationTeamChanged(msgspec.Struct, frozen=True, tag="conversation_team_changed"):
    """A conversation went to a team, or to none."""

    conversation_id: ConversationId
    before: TeamId | None
    after: TeamId | None


class ConversationPriorityChanged(msgspec.Struct, frozen=True, tag="conversation_priority_changed"):
    """Somebody judged how urgent a conversation is."""

    conversation_id: ConversationId
    before: int | None
    after: int | None


class ConversationLabelsChanged(msgspec.Struct, frozen=True, tag="conversation_labels_changed"):
    """Labels were put on or taken off; both lists hold label ids."""

    conversation_id: ConversationId
    added: list[int]
    removed: list[int]


class ConversationRead(msgspec.Struct, frozen=True, tag="conversation_read"):
    """An agent saw the customer's latest messages, or marked them unread again."""

    conversation_id: ConversationId
    unread_count: int


class ConversationDeleted(msgspec.Struct, frozen=True, tag="conversation_deleted"):
    """A conversation was deleted with its messages and files; what happened in it still counts."""

    conversation_id: ConversationId
    inbox_id: InboxId


class ConversationMerged(msgspec.Struct, frozen=True, tag="conversation_merged"):
    """A conversation turned out to be part of another, which alone counts from then on."""

    conversation_id: ConversationId
    inbox_id: InboxId
    into_conversation_id: ConversationId
    status_was: int
    """It is closed now, but nobody resolved it."""
    assignee_id: UserId | None = None
    team_id: TeamId | None = None


class ConversationContactChanged(msgspec.Struct, frozen=True, tag="conversation_contact_changed"):
    """The customer turned out to be another contact: a visitor who said who they are."""

    conversation_id: ConversationId
    before: ContactId
    after: ContactId


class ConversationAttributesChanged(
    msgspec.Struct, frozen=True, tag="conversation_attributes_changed"
):
    """Custom or additional attributes changed; the values stay in the row."""

    conversation_id: ConversationId
    keys: list[str]


class ConversationParticipantsChanged(
    msgspec.Struct, frozen=True, tag="conversation_participants_changed"
):
    """Agents were called into a conversation, or need not follow it any more."""

    conversation_id: ConversationId
    joined: list[UserId]
    left: list[UserId]


class TranscriptAsked(msgspec.Struct, frozen=True, tag="transcript_asked"):
    """Somebody had the conversation sent to a mail address."""

    conversation_id: ConversationId
