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


def moment(seconds: int | None) -> datetime | None:
    """An instant given as seconds since 1970; raises Invalid when there is no such instant."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise Invalid(
            "no_such_instant", "Give seconds since 1970.", field="snoozed_until"
        ) from None
