"""Every fact there is: read this to know what can happen at a desk."""

from desk.events.accounts import (
    AccountClosed,
    AccountResumed,
    AccountSuspended,
    AccountUpdated,
)
from desk.events.administration import (
    AccountCreated,
    AgentAdded,
    AgentRemoved,
    AgentRoleChanged,
    AvailabilityChanged,
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
from desk.events.automation import (
    AutomationRuleCreated,
    AutomationRuleDeleted,
    AutomationRuleFired,
    AutomationRuleStopped,
    AutomationRuleUpdated,
    SmsSenderChanged,
)
from desk.events.bots import (
    AgentBotDismissed,
    AgentBotEmployed,
    AgentBotUpdated,
    InboxBotChanged,
)
from desk.events.canned_responses import (
    CannedResponseCreated,
    CannedResponseDeleted,
    CannedResponseUpdated,
)
from desk.events.contacts import (
    ContactCreated,
    ContactDeleted,
    ContactMerged,
    ContactNoteChanged,
    ContactNoteDeleted,
    ContactNoteWritten,
    ContactTransferAsked,
    ContactTransferDone,
    ContactTransferFailed,
    ContactUpdated,
)
from desk.events.conversations import (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationContactChanged,
    ConversationCreated,
    ConversationDeleted,
    ConversationLabelsChanged,
    ConversationMerged,
    ConversationParticipantsChanged,
    ConversationPriorityChanged,
    ConversationRead,
    ConversationStatusChanged,
    ConversationTeamChanged,
    TranscriptAsked,
)
from desk.events.custom_attributes import (
    CustomAttributeChanged,
    CustomAttributeDefined,
    CustomAttributeDropped,
)
from desk.events.custom_filters import (
    CustomFilterChanged,
    CustomFilterDeleted,
    CustomFilterSaved,
)
from desk.events.dashboard_apps import (
    DashboardAppCreated,
    DashboardAppDeleted,
    DashboardAppUpdated,
)
from desk.events.exports import (
    ExportAsked,
    ExportFailed,
    ExportMade,
    ExportRemoved,
    ExportScheduleChanged,
    ExportScheduled,
    ExportScheduleEnded,
    RecordsForgotten,
)
from desk.events.help_centre import (
    ArticleCreated,
    ArticleDeleted,
    ArticlesReordered,
    ArticleUpdated,
    CategoriesReordered,
    CategoryCreated,
    CategoryDeleted,
    CategoryUpdated,
    PortalCreated,
    PortalDeleted,
    PortalUpdated,
)
from desk.events.integrations import (
    IntegrationHookCreated,
    IntegrationHookDeleted,
    IntegrationHookUpdated,
)
from desk.events.macros import MacroCreated, MacroDeleted, MacroExecuted, MacroUpdated
from desk.events.messages import MessageCreated, MessageEdited, MessageStatusChanged
from desk.events.notifications import (
    NotificationCreated,
    NotificationsDeleted,
    NotificationSettingsChanged,
    NotificationsUpdated,
)
from desk.events.people import ProfileChanged, SignedIn, SignedOut
from desk.events.roles import (
    AgentCustomRoleChanged,
    CustomRoleCreated,
    CustomRoleDeleted,
    CustomRoleUpdated,
)
from desk.events.satisfaction import RatingAsked, RatingGiven
from desk.events.sla import (
    SlaApplied,
    SlaMet,
    SlaMissed,
    SlaPolicyCreated,
    SlaPolicyDeleted,
    SlaPolicyUpdated,
    SlaSettled,
)
from desk.events.webhooks import (
    WebhookCreated,
    WebhookDeleted,
    WebhookPaused,
    WebhookUpdated,
)

Fact = (
    AccountClosed
    | AccountCreated
    | AccountResumed
    | AccountSuspended
    | AccountUpdated
    | AgentAdded
    | AgentBotDismissed
    | AgentBotEmployed
    | AgentBotUpdated
    | AgentCustomRoleChanged
    | AgentRemoved
    | AgentRoleChanged
    | ArticleCreated
    | ArticleDeleted
    | ArticleUpdated
    | ArticlesReordered
    | AutomationRuleCreated
    | AutomationRuleDeleted
    | AutomationRuleFired
    | AutomationRuleStopped
    | AutomationRuleUpdated
    | AvailabilityChanged
    | CannedResponseCreated
    | CannedResponseDeleted
    | CannedResponseUpdated
    | CategoriesReordered
    | CategoryCreated
    | CategoryDeleted
    | CategoryUpdated
    | ContactCreated
    | ContactDeleted
    | ContactMerged
    | ContactNoteChanged
    | ContactNoteDeleted
    | ContactNoteWritten
    | ContactTransferAsked
    | ContactTransferDone
    | ContactTransferFailed
    | ContactUpdated
    | ConversationAssigned
    | ConversationAttributesChanged
    | ConversationContactChanged
    | ConversationCreated
    | ConversationDeleted
    | ConversationLabelsChanged
    | ConversationMerged
    | ConversationParticipantsChanged
    | ConversationPriorityChanged
    | ConversationRead
    | ConversationStatusChanged
    | ConversationTeamChanged
    | CustomAttributeChanged
    | CustomAttributeDefined
    | CustomAttributeDropped
    | CustomFilterChanged
    | CustomFilterDeleted
    | CustomFilterSaved
    | CustomRoleCreated
    | CustomRoleDeleted
    | CustomRoleUpdated
    | DashboardAppCreated
    | DashboardAppDeleted
    | DashboardAppUpdated
    | ExportAsked
    | ExportFailed
    | ExportMade
    | ExportRemoved
    | ExportScheduleChanged
    | ExportScheduleEnded
    | ExportScheduled
    | FeatureSwitched
    | InboxBotChanged
    | InboxClosed
    | InboxCreated
    | InboxMembersChanged
    | InboxUpdated
    | IntegrationHookCreated
    | IntegrationHookDeleted
    | IntegrationHookUpdated
    | LabelCreated
    | LabelDeleted
    | LabelUpdated
    | MacroCreated
    | MacroDeleted
    | MacroExecuted
    | MacroUpdated
    | MessageCreated
    | MessageEdited
    | MessageStatusChanged
    | NotificationCreated
    | NotificationSettingsChanged
    | NotificationsDeleted
    | NotificationsUpdated
    | PortalCreated
    | PortalDeleted
    | PortalUpdated
    | ProfileChanged
    | RatingAsked
    | RatingGiven
    | RecordsForgotten
    | SignedIn
    | SignedOut
    | SlaApplied
    | SlaMet
    | SlaMissed
    | SlaPolicyCreated
    | SlaPolicyDeleted
    | SlaPolicyUpdated
    | SlaSettled
    | SmsSenderChanged
    | TeamCreated
    | TeamDisbanded
    | TeamMembersChanged
    | TeamUpdated
    | TranscriptAsked
    | WebhookCreated
    | WebhookDeleted
    | WebhookPaused
    | WebhookUpdated
    | WorkingHoursChanged
)
