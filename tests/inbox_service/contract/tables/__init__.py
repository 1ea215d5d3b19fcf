"""The tables, in the order in which they are driven."""

from collections.abc import Mapping, Sequence

from tests.inbox_service.contract.operation import Operation
from tests.inbox_service.contract.tables.account import ACCOUNT, AUDIT_LOGS
from tests.inbox_service.contract.tables.account_bots import ACCOUNT_BOTS
from tests.inbox_service.contract.tables.accounts import ACCOUNTS, CLOSING_ACCOUNTS
from tests.inbox_service.contract.tables.agents import AGENTS
from tests.inbox_service.contract.tables.automation_rules import AUTOMATION_RULES
from tests.inbox_service.contract.tables.canned_responses import CANNED_RESPONSES
from tests.inbox_service.contract.tables.contacts import CONTACT_LABELS, CONTACTS
from tests.inbox_service.contract.tables.conversations import ASSIGNMENTS, CONVERSATIONS
from tests.inbox_service.contract.tables.custom_attributes import CUSTOM_ATTRIBUTES
from tests.inbox_service.contract.tables.custom_filters import CUSTOM_FILTERS
from tests.inbox_service.contract.tables.help_center import HELP_CENTER
from tests.inbox_service.contract.tables.inboxes import INBOXES
from tests.inbox_service.contract.tables.integrations import INTEGRATIONS
from tests.inbox_service.contract.tables.labels import LABELS
from tests.inbox_service.contract.tables.messages import MESSAGES
from tests.inbox_service.contract.tables.platform_bots import PLATFORM_BOTS
from tests.inbox_service.contract.tables.profile import PROFILE
from tests.inbox_service.contract.tables.public_client import (
    PUBLIC_CONTACTS,
    PUBLIC_CONVERSATIONS,
    PUBLIC_INBOX,
    PUBLIC_MESSAGES,
    SURVEY,
)
from tests.inbox_service.contract.tables.reports import REPORTS
from tests.inbox_service.contract.tables.teams import TEAMS
from tests.inbox_service.contract.tables.users import ACCOUNT_USERS, DELETING_USERS, USERS
from tests.inbox_service.contract.tables.webhooks import WEBHOOKS

TABLES: Mapping[str, Sequence[Operation]] = {
    "platform": (
        *ACCOUNTS,
        *USERS,
        *ACCOUNT_USERS,
        *PLATFORM_BOTS,
        *DELETING_USERS,
        *CLOSING_ACCOUNTS,
    ),
    "public client": (
        *PUBLIC_INBOX,
        *PUBLIC_CONTACTS,
        *PUBLIC_CONVERSATIONS,
        *PUBLIC_MESSAGES,
        *SURVEY,
    ),
    "agents": AGENTS,
    "teams": TEAMS,
    "labels": LABELS,
    "inboxes": INBOXES,
    "contacts": (*CONTACTS, *CONTACT_LABELS),
    "conversations": (*CONVERSATIONS, *ASSIGNMENTS),
    "messages": MESSAGES,
    "canned responses": CANNED_RESPONSES,
    "custom attributes": CUSTOM_ATTRIBUTES,
    "custom filters": CUSTOM_FILTERS,
    "automation rules": AUTOMATION_RULES,
    "webhooks": WEBHOOKS,
    "integrations": INTEGRATIONS,
    "agent bots": ACCOUNT_BOTS,
    "help centre": HELP_CENTER,
    "reports": REPORTS,
    "profile": PROFILE,
    "account": (*ACCOUNT, *AUDIT_LOGS),
}
"""What is asked together, because later rows need what earlier ones made."""
