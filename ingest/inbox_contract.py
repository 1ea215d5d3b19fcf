"""What every kind of inbox must say: what it is made of, what may change, and what it shows."""

import re
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

import httpx
import msgspec

from desk.words.channels import ChannelKind
from desk.words.errors import Invalid

Given = Mapping[str, Any]
"""The `channel` object of a request, without its type."""

S = TypeVar("S")

_FIELD = re.compile(r" - at `\$\.?([^`]*)`")
_MISSING = re.compile(r"missing required field `(\w+)`")


class InboxParts(msgspec.Struct, frozen=True):
    """What an inbox consists of beside what all inboxes have."""

    address: str
    """What the outside knows it by; one inbox of the kind in the whole installation has it."""
    config: dict[str, Any] = msgspec.field(default_factory=dict)
    """What its channel needs to know and may show."""
    secrets: dict[str, Any] = msgspec.field(default_factory=dict)
    """Its credentials; sealed when they are stored."""
    own_key: str | None = None
    """A credential that no other inbox of the installation may have."""


class Site(msgspec.Struct, frozen=True):
    """Where the desk stands, and its guarded way to the outside."""

    public_url: str
    http: httpx.AsyncClient


class InboxKind(Protocol):
    """A kind of inbox as the API makes, changes and shows it. Implementations keep no state."""

    @property
    def type(self) -> str:
        """The word for it in a request's `channel.type`."""

    @property
    def kind(self) -> ChannelKind: ...

    async def prepare(self, given: Given, site: Site) -> InboxParts:
        """What a new inbox will consist of; raises Invalid naming the field.

        May ask the provider: no transaction is open meanwhile.
        """

    async def change(self, given: Given, now: InboxParts, site: Site) -> InboxParts:
        """What the inbox will consist of after the change; what was not given stays as it is."""

    def shown(self, parts: InboxParts, site: Site, *, trusted: bool) -> dict[str, Any]:
        """The fields only this kind has, as clients read them.

        Credentials only to the trusted: administrators. For others `parts.secrets` is empty.
        """


def understood(given: Given, shape: type[S]) -> S:
    """The request's fields as the kind's own shape; raises Invalid naming the field."""
    try:
        return msgspec.convert(dict(given), shape, strict=False)
    except msgspec.ValidationError as error:
        text = str(error)
        place = _FIELD.search(text)
        missing = _MISSING.search(text)
        path = [part for part in (place[1] if place else "").split(".") if part]
        field = ".".join([*path, *([missing[1]] if missing else [])]) or None
        sentence = f"{field} is missing." if missing else f"{text.partition(' - at ')[0]}."
        raise Invalid("malformed", sentence, field=field) from None
