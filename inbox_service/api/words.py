"""The words of requests, understood or refused by name."""

from datetime import UTC, datetime
from typing import Annotated

from litestar.params import QueryParameter

from desk.words.conversation import ConversationStatus, DeliveryStatus, Priority
from desk.words.errors import Invalid

PageNumber = Annotated[int, QueryParameter(ge=1, le=1_000_000, description="Counts from 1")]
"""Which page of a list."""


def status_of(word: str) -> ConversationStatus:
    """The status of that name; raises Invalid."""
    try:
        return ConversationStatus.from_word(word)
    except KeyError:
        raise Invalid(
            "unknown_status",
            "status must be open, resolved, pending or snoozed.",
            field="status",
        ) from None


def delivery_of(word: str) -> DeliveryStatus:
    """The delivery status of that name; raises Invalid."""
    try:
        return DeliveryStatus.from_word(word)
    except KeyError:
        raise Invalid(
            "unknown_status",
            "status must be sent, delivered, read or failed.",
            field="status",
        ) from None


def priority_of(word: str | None) -> Priority | None:
    """The priority of that name, or none; raises Invalid."""
    if not word or word in ("none", "nil"):
        return None
    try:
        return Priority.from_word(word)
    except KeyError:
        raise Invalid(
            "unknown_priority", "priority must be low, medium, high or urgent.", field="priority"
        ) from None


def moment(given: int | str | None, *, field: str = "snoozed_until") -> datetime | None:
    """An instant given as seconds since 1970 or as ISO 8601; raises Invalid for what is none."""
    if given is None or given == "":
        return None
    try:
        if isinstance(given, str) and not given.strip().lstrip("-").isdecimal():
            at = datetime.fromisoformat(given.strip())
            return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError):
        raise Invalid(
            "no_such_instant",
            f"{field} is given as seconds since 1970, or as 2026-11-30T09:00:00Z.",
            field=field,
        ) from None
