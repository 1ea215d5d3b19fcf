"""Permissions, and which of them a role carries."""

from collections.abc import Iterable
from enum import StrEnum

from desk.words.people import Role


class Permission(StrEnum):
    """What a route, a page or an action may need."""

    CONVERSATIONS_READ = "conversations:read"
    CONVERSATIONS_WRITE = "conversations:write"
    CONTACTS_READ = "contacts:read"
    CONTACTS_WRITE = "contacts:write"
    DESK_READ = "desk:read"
    """Inboxes, teams, labels and colleagues: what every agent must see to work."""
    DESK_MANAGE = "desk:manage"
    SHOW_REPORTS = "show_reports"
    HELP_CENTRE_MANAGE = "knowledge_base_manage"


_AGENT = frozenset(
    {
        Permission.CONVERSATIONS_READ,
        Permission.CONVERSATIONS_WRITE,
        Permission.CONTACTS_READ,
        Permission.CONTACTS_WRITE,
        Permission.DESK_READ,
    }
)

PERMISSIONS_OF: dict[Role, frozenset[Permission]] = {
    Role.AGENT: _AGENT,
    Role.ADMINISTRATOR: frozenset(Permission),
}


GRANTS: dict[str, frozenset[Permission]] = {
    "show_reports": frozenset({Permission.SHOW_REPORTS}),
    "report_manage": frozenset({Permission.SHOW_REPORTS}),
    "conversation_manage": frozenset(
        {Permission.CONVERSATIONS_READ, Permission.CONVERSATIONS_WRITE}
    ),
    "knowledge_base_manage": frozenset({Permission.HELP_CENTRE_MANAGE}),
    "contact_manage": frozenset({Permission.CONTACTS_READ, Permission.CONTACTS_WRITE}),
}
"""What an account's own role can name; it adds to what every agent may and takes nothing away."""

Extra = frozenset[Permission]
NOTHING_MORE: Extra = frozenset()


def granted(names: Iterable[str]) -> Extra:
    """The permissions that a custom role's names stand for."""
    return NOTHING_MORE.union(*(GRANTS.get(name, NOTHING_MORE) for name in names))


def may(role: Role, permission: Permission, extra: Extra = NOTHING_MORE) -> bool:
    """Whether the role, or the custom role beside it, carries the permission."""
    return permission in PERMISSIONS_OF[role] or permission in extra
