"""What an account can do, by the names Chatwoot's clients ask for."""

ALWAYS_ON = (
    "agent_bots",
    "agent_management",
    "audit_logs",
    "automations",
    "canned_responses",
    "channel_api",
    "channel_email",
    "channel_website",
    "channel_whatsapp",
    "custom_attributes",
    "custom_roles",
    "inbox_management",
    "inbox_view",
    "integrations",
    "labels",
    "macros",
    "help_center",
    "report_v4",
    "reports",
    "team_management",
)
"""Built in: no account is without them."""
