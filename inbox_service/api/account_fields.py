"""What an account's administrator, or a platform app, may say of an account."""

from typing import Any

import msgspec

from desk.words.errors import Invalid
from desk.words.time_zones import known_zone
from inbox_service.api.given import sent, takes

Unset = msgspec.UnsetType
UNSET = msgspec.UNSET

TakesAccount = takes(
    "name", "locale", "domain", "support_email", "auto_resolve_after", "auto_resolve_message",
    "auto_resolve_ignore_waiting", "industry", "company_size", "timezone",
)  # fmt: skip

_COLUMNS = ("name", "locale", "domain", "support_email")
_SETTINGS = ("auto_resolve_after", "auto_resolve_message", "auto_resolve_ignore_waiting")
_ATTRIBUTES = ("industry", "company_size")


class AccountFields(msgspec.Struct):
    """What is not sent stays as it is."""

    name: str | Unset = UNSET
    locale: str | Unset = UNSET
    domain: str | Unset | None = UNSET
    support_email: str | Unset | None = UNSET
    auto_resolve_after: int | Unset | None = UNSET
    auto_resolve_message: str | Unset | None = UNSET
    auto_resolve_ignore_waiting: bool | Unset | None = UNSET
    industry: str | Unset | None = UNSET
    company_size: str | Unset | None = UNSET
    timezone: str | Unset = UNSET
    """Where the account's days begin and end in reports."""

    def changes(self, attributes: dict[str, Any]) -> dict[str, Any]:
        """The account as it is to be; `attributes` are its custom ones now."""
        given = sent(self)
        changes = {name: given[name] for name in _COLUMNS if name in given}
        settings = {name: given[name] for name in _SETTINGS if name in given}
        if settings:
            changes["settings"] = settings
        told = {name: given[name] for name in _ATTRIBUTES if name in given}
        if told:
            changes["custom_attributes"] = attributes | told
        if "timezone" in given:
            changes["time_zone"] = _zone(given["timezone"])
        return changes


def _zone(name: str) -> str:
    try:
        return known_zone(name)
    except Invalid as error:
        raise Invalid(error.code, error.sentence, field="timezone") from None
