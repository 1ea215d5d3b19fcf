"""Every action a rule can take: read this to know what automation can do."""

from collections.abc import Mapping

from desk.automation.action_contract import AutomationAction
from desk.automation.actions.add_label import AddLabel
from desk.automation.actions.add_private_note import AddPrivateNote
from desk.automation.actions.add_sla import AddSla
from desk.automation.actions.assign_agent import AssignAgent
from desk.automation.actions.assign_team import AssignTeam
from desk.automation.actions.change_priority import ChangePriority
from desk.automation.actions.change_status import ChangeStatus
from desk.automation.actions.create_external_ticket import CreateExternalTicket
from desk.automation.actions.mute_conversation import MuteConversation
from desk.automation.actions.open_conversation import OpenConversation
from desk.automation.actions.pending_conversation import PendingConversation
from desk.automation.actions.remove_assigned_agent import RemoveAssignedAgent
from desk.automation.actions.remove_assigned_team import RemoveAssignedTeam
from desk.automation.actions.remove_label import RemoveLabel
from desk.automation.actions.resolve_conversation import ResolveConversation
from desk.automation.actions.send_email_transcript import SendEmailTranscript
from desk.automation.actions.send_message import SendMessage
from desk.automation.actions.send_sms import SendSms
from desk.automation.actions.send_webhook_event import SendWebhookEvent
from desk.automation.actions.snooze_conversation import SnoozeConversation
from desk.automation.actions.trigger_zapier_webhook import TriggerZapierWebhook

BUILT_IN: tuple[AutomationAction, ...] = (
    SendMessage(),
    AddPrivateNote(),
    AddLabel(),
    RemoveLabel(),
    AssignAgent(),
    RemoveAssignedAgent(),
    AssignTeam(),
    RemoveAssignedTeam(),
    ResolveConversation(),
    OpenConversation(),
    PendingConversation(),
    SnoozeConversation(),
    ChangeStatus(),
    MuteConversation(),
    ChangePriority(),
    AddSla(),
    SendEmailTranscript(),
    SendWebhookEvent(),
    SendSms(),
    CreateExternalTicket(),
    TriggerZapierWebhook(),
)

ACTIONS: Mapping[str, AutomationAction] = {action.name: action for action in BUILT_IN}

OF_MACROS = frozenset(
    {
        "send_message",
        "add_private_note",
        "add_label",
        "remove_label",
        "assign_agent",
        "remove_assigned_agent",
        "assign_team",
        "remove_assigned_team",
        "resolve_conversation",
        "open_conversation",
        "pending_conversation",
        "snooze_conversation",
        "change_status",
        "mute_conversation",
        "change_priority",
        "add_sla",
        "send_email_transcript",
        "send_webhook_event",
    }
)
"""What an agent may do in one go; the rest needs an administrator's rule."""
