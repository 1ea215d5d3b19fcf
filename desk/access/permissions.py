"""Permissions, and which of them a role carries."""

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


def may(role: Role, permission: Permission) -> bool:
    """Whether the role carries the permission."""
    return permission in PERMISSIONS_OF[role]
