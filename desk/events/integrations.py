"""Facts about the programs an account works with; their settings stay in the rows."""

import msgspec


class IntegrationHookCreated(msgspec.Struct, frozen=True, tag="integration_hook_created"):
    """An app was put to use."""

    hook_id: int
    app_id: str
    inbox_id: int | None = None


class IntegrationHookUpdated(msgspec.Struct, frozen=True, tag="integration_hook_updated"):
    """Its settings changed, or it was switched on or off: by a person, or since it is refused."""

    hook_id: int
    app_id: str
    fields: list[str]


class IntegrationHookDeleted(msgspec.Struct, frozen=True, tag="integration_hook_deleted"):
    """An app went out of use."""

    hook_id: int
    app_id: str
