"""What people do about themselves: told to every account they work for."""

import msgspec

from desk.words.ids import UserId


class ProfileChanged(msgspec.Struct, frozen=True, tag="profile_changed"):
    """A user is called something else, looks different, or has another password or token."""

    user_id: UserId
    fields: list[str]


class SignedIn(msgspec.Struct, frozen=True, tag="signed_in"):
    """A user signed in."""

    user_id: UserId
    how: str
    """`password` or `sso`."""


class SignedOut(msgspec.Struct, frozen=True, tag="signed_out"):
    """A user signed out."""

    user_id: UserId
