"""Which facts an account's audit log shows, and as what."""

from typing import NamedTuple


class Audited(NamedTuple):
    """A fact's place in the log: what it is about, what was done, where the fact names it."""

    type: str
    action: str
    id_key: str | None = None
    """Absent: it is about the account itself."""


CREATE, UPDATE, DESTROY = "create", "update", "destroy"

AUDITED: dict[str, Audited] = {
    "account_updated": Audited("Account", UPDATE),
    "account_suspended": Audited("Account", UPDATE),
    "account_resumed": Audited("Account", UPDATE),
    "account_closed": Audited("Account", DESTROY),
    "feature_switched": Audited("Account", UPDATE),
    "sms_sender_changed": Audited("Account", UPDATE),
    "agent_added": Audited("AccountUser", CREATE, "user_id"),
    "agent_role_changed": Audited("AccountUser", UPDATE, "user_id"),
    "agent_custom_role_changed": Audited("AccountUser", UPDATE, "user_id"),
    "agent_removed": Audited("AccountUser", DESTROY, "user_id"),
    "profile_changed": Audited("User", UPDATE, "user_id"),
    "signed_in": Audited("UserSession", CREATE, "user_id"),
    "signed_out": Audited("UserSession", DESTROY, "user_id"),
    "agent_bot_employed": Audited("AgentBot", CREATE, "agent_bot_id"),
    "agent_bot_updated": Audited("AgentBot", UPDATE, "agent_bot_id"),
    "agent_bot_dismissed": Audited("AgentBot", DESTROY, "agent_bot_id"),
    "inbox_bot_changed": Audited("Inbox", UPDATE, "inbox_id"),
    "inbox_created": Audited("Inbox", CREATE, "inbox_id"),
    "inbox_updated": Audited("Inbox", UPDATE, "inbox_id"),
    "inbox_closed": Audited("Inbox", DESTROY, "inbox_id"),
    "working_hours_changed": Audited("Inbox", UPDATE, "inbox_id"),
    "inbox_members_changed": Audited("InboxMember", UPDATE, "inbox_id"),
    "team_created": Audited("Team", CREATE, "team_id"),
    "team_updated": Audited("Team", UPDATE, "team_id"),
    "team_members_changed": Audited("TeamMember", UPDATE, "team_id"),
    "team_disbanded": Audited("Team", DESTROY, "team_id"),
    "label_created": Audited("Label", CREATE, "label_id"),
    "label_updated": Audited("Label", UPDATE, "label_id"),
    "label_deleted": Audited("Label", DESTROY, "label_id"),
    "automation_rule_created": Audited("AutomationRule", CREATE, "rule_id"),
    "automation_rule_updated": Audited("AutomationRule", UPDATE, "rule_id"),
    "automation_rule_deleted": Audited("AutomationRule", DESTROY, "rule_id"),
    "macro_created": Audited("Macro", CREATE, "macro_id"),
    "macro_updated": Audited("Macro", UPDATE, "macro_id"),
    "macro_deleted": Audited("Macro", DESTROY, "macro_id"),
    "webhook_created": Audited("Webhook", CREATE, "webhook_id"),
    "webhook_updated": Audited("Webhook", UPDATE, "webhook_id"),
    "webhook_paused": Audited("Webhook", UPDATE, "webhook_id"),
    "webhook_deleted": Audited("Webhook", DESTROY, "webhook_id"),
    "portal_created": Audited("Portal", CREATE, "portal_id"),
    "portal_updated": Audited("Portal", UPDATE, "portal_id"),
    "portal_deleted": Audited("Portal", DESTROY, "portal_id"),
    "category_created": Audited("Category", CREATE, "category_id"),
    "category_updated": Audited("Category", UPDATE, "category_id"),
    "category_deleted": Audited("Category", DESTROY, "category_id"),
    "article_created": Audited("Article", CREATE, "article_id"),
    "article_updated": Audited("Article", UPDATE, "article_id"),
    "article_deleted": Audited("Article", DESTROY, "article_id"),
    "integration_hook_created": Audited("IntegrationHook", CREATE, "hook_id"),
    "integration_hook_updated": Audited("IntegrationHook", UPDATE, "hook_id"),
    "integration_hook_deleted": Audited("IntegrationHook", DESTROY, "hook_id"),
    "custom_role_created": Audited("CustomRole", CREATE, "role_id"),
    "custom_role_updated": Audited("CustomRole", UPDATE, "role_id"),
    "custom_role_deleted": Audited("CustomRole", DESTROY, "role_id"),
    "dashboard_app_created": Audited("DashboardApp", CREATE, "dashboard_app_id"),
    "dashboard_app_updated": Audited("DashboardApp", UPDATE, "dashboard_app_id"),
    "dashboard_app_deleted": Audited("DashboardApp", DESTROY, "dashboard_app_id"),
    "canned_response_created": Audited("CannedResponse", CREATE, "canned_response_id"),
    "canned_response_updated": Audited("CannedResponse", UPDATE, "canned_response_id"),
    "canned_response_deleted": Audited("CannedResponse", DESTROY, "canned_response_id"),
    "custom_attribute_defined": Audited("CustomAttributeDefinition", CREATE, "definition_id"),
    "custom_attribute_changed": Audited("CustomAttributeDefinition", UPDATE, "definition_id"),
    "custom_attribute_dropped": Audited("CustomAttributeDefinition", DESTROY, "definition_id"),
    "sla_policy_created": Audited("SlaPolicy", CREATE, "sla_policy_id"),
    "sla_policy_updated": Audited("SlaPolicy", UPDATE, "sla_policy_id"),
    "sla_policy_deleted": Audited("SlaPolicy", DESTROY, "sla_policy_id"),
    "conversation_deleted": Audited("Conversation", DESTROY, "conversation_id"),
}
"""The index of the event log names the same facts: a new one here needs a migration there."""
