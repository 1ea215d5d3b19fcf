"""What happens to an account as a whole."""

import msgspec


class AccountUpdated(msgspec.Struct, frozen=True, tag="account_updated"):
    """Settings of the account changed."""

    fields: list[str]


class AccountSuspended(msgspec.Struct, frozen=True, tag="account_suspended"):
    """Nobody may use the account until it is taken back."""


class AccountResumed(msgspec.Struct, frozen=True, tag="account_resumed"):
    """A suspension was taken back."""


class AccountClosed(msgspec.Struct, frozen=True, tag="account_closed"):
    """The account was deleted: what is left of it is being erased."""
