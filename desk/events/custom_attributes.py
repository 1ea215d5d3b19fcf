"""Facts about attributes of an account's own."""

import msgspec


class CustomAttributeDefined(msgspec.Struct, frozen=True, tag="custom_attribute_defined"):
    """The account wants to know one thing more of its contacts or conversations."""

    definition_id: int


class CustomAttributeChanged(msgspec.Struct, frozen=True, tag="custom_attribute_changed"):
    """An attribute of the account's own is shown or checked in another way."""

    definition_id: int
    fields: list[str]


class CustomAttributeDropped(msgspec.Struct, frozen=True, tag="custom_attribute_dropped"):
    """An attribute of the account's own is checked no more; values that were written stay."""

    definition_id: int
