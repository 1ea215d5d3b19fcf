"""Facts about roles that accounts make for themselves."""

import msgspec

from desk.words.ids import UserId


class CustomRoleCreated(msgspec.Struct, frozen=True, tag="custom_role_created"):
    """An account made a role of its own."""

    role_id: int
    permissions: list[str]


class CustomRoleUpdated(msgspec.Struct, frozen=True, tag="custom_role_updated"):
    """A custom role was renamed, described anew, or permits something else."""

    role_id: int
    fields: list[str]
    permissions: list[str]


class CustomRoleDeleted(msgspec.Struct, frozen=True, tag="custom_role_deleted"):
    """A custom role is no more; nobody had it any longer."""

    role_id: int


class AgentCustomRoleChanged(msgspec.Struct, frozen=True, tag="agent_custom_role_changed"):
    """An agent got a custom role, another one, or none."""

    user_id: UserId
    before: int | None
    after: int | None
