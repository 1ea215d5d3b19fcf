"""What a person may say about themselves."""

from typing import Any, Self

import msgspec

from desk.rules.passwords import weakness_of
from desk.store import people as people_store
from desk.store.desk import Desk
from desk.words.errors import Invalid
from desk.words.ids import UserId
from inbox_service.api.given import opened, sent, takes, understood
from inbox_service.auth.passwords import Passwords
from inbox_service.auth.rates import count_try

TRIES = 10
TRIES_SECONDS = 300
"""Wrong passwords of one person within this time."""

Unset = msgspec.UnsetType
UNSET = msgspec.UNSET

TakesProfile = takes(
    "name", "email", "display_name", "message_signature", "phone_number", "current_password",
    "password", "password_confirmation", "ui_settings",
    within="profile", objects=("ui_settings",), avatar=True,
)  # fmt: skip


class ProfileFields(msgspec.Struct):
    """What is not sent stays as it is."""

    name: str | Unset = UNSET
    display_name: str | Unset | None = UNSET
    email: str | Unset = UNSET
    message_signature: str | Unset | None = UNSET
    ui_settings: dict[str, Any] | Unset = UNSET
    phone_number: str | Unset | None = UNSET
    """Kept among the custom attributes, as Chatwoot does."""
    current_password: str | Unset | None = UNSET
    password: str | Unset | None = UNSET
    password_confirmation: str | Unset | None = UNSET

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Self:
        """The fields of a request; in a form, objects may be JSON."""
        return understood(opened(fields, "ui_settings"), cls)


def columns_of(fields: ProfileFields, attributes: dict[str, Any]) -> dict[str, Any]:
    """The person's columns as they are to be, without the password."""
    columns = {
        name: value
        for name, value in sent(fields).items()
        if name in ("name", "display_name", "email", "message_signature", "ui_settings")
    }
    if fields.phone_number is not UNSET:
        phone_number = fields.phone_number
        if phone_number is not None and len(phone_number) > 50:
            raise Invalid("phone_number_malformed", "At most 50 characters.", field="phone_number")
        columns["custom_attributes"] = attributes | {"phone_number": phone_number}
    return columns


async def new_password(
    desk: Desk, passwords: Passwords, user_id: UserId, fields: ProfileFields
) -> str | None:
    """What is kept of the new password, if there is one; raises Invalid unless it may be set."""
    password = fields.password or None
    if password is None:
        return None
    if fields.password_confirmation not in (UNSET, None, password):
        raise Invalid(
            "passwords_differ",
            "password_confirmation is another than password.",
            field="password_confirmation",
        )
    refused = await count_try(desk.redis, f"password:{user_id}", most=TRIES, seconds=TRIES_SECONDS)
    if refused is not None:
        raise refused
    async with desk.transaction_across_accounts(reason="a password is in no account") as tx:
        kept = await people_store.password_hash_of(tx, user_id)
    if not await passwords.fits(kept, fields.current_password or ""):
        raise Invalid(
            "current_password_wrong",
            "current_password is not your password.",
            field="current_password",
        )
    return await checked_and_hashed(passwords, password)


async def checked_and_hashed(passwords: Passwords, password: str) -> str:
    """What is kept of it; raises Invalid when it is too weak."""
    weakness = weakness_of(password)
    if weakness is not None:
        raise Invalid("password_too_weak", weakness, field="password")
    return await passwords.hashed(password)
