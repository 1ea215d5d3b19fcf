"""Every fact there is: read this to know what can happen at a desk."""

from desk.events.administration import (
    AccountCreated,
    AgentAdded,
    AgentRemoved,
    AgentRoleChanged,
    AvailabilityChanged,
    FeatureSwitched,
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
from desk.events.contacts import ContactCreated, ContactDeleted, ContactUpdated
from desk.events.conversations import (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationCreated,
    ConversationLabelsChanged,
    ConversationPriorityChanged,
    ConversationRead,
    ConversationStatusChanged,
    ConversationTeamChanged,
)
from desk.events.messages import MessageCreated, MessageEdited, MessageStatusChanged
from desk.events.satisfaction import RatingAsked, RatingGiven

Fact = (
    AccountCreated
    | AgentAdded
    | AgentRemoved
    | AgentRoleChanged
    | AvailabilityChanged
    | ContactCreated
    | ContactDeleted
    | ContactUpdated
    | ConversationAssigned
    | ConversationAttributesChanged
    | ConversationCreated
    | ConversationLabelsChanged
    | ConversationPriorityChanged
    | ConversationRead
    | ConversationStatusChanged
    | ConversationTeamChanged
    | FeatureSwitched
    | InboxCreated
    | InboxMembersChanged
    | InboxUpdated
    | LabelCreated
    | LabelDeleted
    | LabelUpdated
    | MessageCreated
    | MessageEdited
    | MessageStatusChanged
    | RatingAsked
    | RatingGiven
    | TeamCreated
    | TeamDisbanded
    | TeamMembersChanged
    | TeamUpdated
    | WorkingHoursChanged
)
