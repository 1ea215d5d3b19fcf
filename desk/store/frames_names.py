"""Which facts screens are told of, and by which of Chatwoot's event names."""

from desk.events.accounts import (
    AccountClosed,
    AccountResumed,
    AccountSuspended,
    AccountUpdated,
)
from desk.events.administration import (
    AgentAdded,
    AgentRemoved,
    AgentRoleChanged,
    FeatureSwitched,
    InboxClosed,
    InboxCreated,
    InboxMembersChanged,
    InboxUpdated,
    LabelCreated,
    LabelDeleted,
    LabelUpdated,
    TeamCreated,
    TeamDisbanded,
    TeamMembersChanged,
    TeamUpdated,
    WorkingHoursChanged,
)
from desk.events.bots import InboxBotChanged
from desk.events.catalogue import Fact
from desk.events.contacts import ContactCreated, ContactDeleted, ContactMerged, ContactUpdated
from desk.events.conversations import (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationContactChanged,
    ConversationCreated,
    ConversationLabelsChanged,
    ConversationMerged,
    ConversationPriorityChanged,
    ConversationRead,
    ConversationStatusChanged,
    ConversationTeamChanged,
)
from desk.events.messages import MessageCreated, MessageEdited, MessageStatusChanged
from desk.events.notifications import NotificationCreated
from desk.events.people import ProfileChanged
from desk.events.roles import AgentCustomRoleChanged, CustomRoleDeleted, CustomRoleUpdated
from desk.events.sla import SlaApplied, SlaMissed, SlaSettled
from desk.words.conversation import MessageType
from desk.words.notifications import NotificationKind

CONVERSATION_UPDATED = "conversation.updated"
UNREAD_COUNT_CHANGED = "conversation.unread_count_changed"
MENTIONED = "conversation.mentioned"

AboutMessage = MessageCreated | MessageEdited | MessageStatusChanged
AboutContact = ContactCreated | ContactUpdated | ContactMerged | ContactDeleted

CONVERSATION_FRAMES: dict[type, str] = {
    ConversationCreated: "conversation.created",
    ConversationStatusChanged: "conversation.status_changed",
    ConversationMerged: "conversation.status_changed",
    ConversationAssigned: "assignee.changed",
    ConversationTeamChanged: "team.changed",
    ConversationRead: "conversation.read",
    ConversationContactChanged: "conversation.contact_changed",
}
"""The facts that screens know by a name of their own, beside the conversation's new shape."""

CONTACT_FRAMES: dict[type, str] = {
    ContactCreated: "contact.created",
    ContactUpdated: "contact.updated",
    ContactMerged: "contact.merged",
    ContactDeleted: "contact.deleted",
}

CHANGES_CONVERSATION = (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationLabelsChanged,
    ConversationMerged,
    ConversationPriorityChanged,
    ConversationStatusChanged,
    ConversationTeamChanged,
    MessageCreated,
    SlaApplied,
    SlaMissed,
    SlaSettled,
)
"""After these the conversation looks different in every list."""

_CHANGES_UNREAD = (
    ConversationAssigned,
    ConversationLabelsChanged,
    ConversationMerged,
    ConversationRead,
    ConversationStatusChanged,
    ConversationTeamChanged,
)

STALE_LISTS: dict[type, str] = {
    AccountClosed: "account",
    AccountResumed: "account",
    AccountSuspended: "account",
    AccountUpdated: "account",
    AgentAdded: "agent",
    AgentCustomRoleChanged: "agent",
    AgentRemoved: "agent",
    AgentRoleChanged: "agent",
    CustomRoleDeleted: "agent",
    CustomRoleUpdated: "agent",
    FeatureSwitched: "account",
    InboxBotChanged: "inbox",
    InboxClosed: "inbox",
    InboxCreated: "inbox",
    InboxMembersChanged: "inbox",
    InboxUpdated: "inbox",
    LabelCreated: "label",
    LabelDeleted: "label",
    LabelUpdated: "label",
    ProfileChanged: "agent",
    TeamCreated: "team",
    TeamDisbanded: "team",
    TeamMembersChanged: "team",
    TeamUpdated: "team",
    WorkingHoursChanged: "inbox",
}
"""The lists that clients keep, and the facts after which they have to fetch them again."""


def changes_unread(fact: Fact) -> bool:
    """Whether the counts of unread conversations may be others after it."""
    if isinstance(fact, MessageCreated):
        return fact.message_type == MessageType.INCOMING
    return isinstance(fact, _CHANGES_UNREAD)


def calls_somebody(fact: Fact) -> bool:
    """Whether somebody was called by name in a note: they are told of it in any case."""
    return (
        isinstance(fact, NotificationCreated) and fact.kind == NotificationKind.CONVERSATION_MENTION
    )
