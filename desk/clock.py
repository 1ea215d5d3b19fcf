"""Time and new identifiers as injected values, so that no rule reads them from the air."""

import secrets
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Whatever can say what time it is, in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is set: tests and made-up history run on it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at


NewUuid = Callable[[], uuid.UUID]


def new_token(size: int = 24) -> str:
    """A fresh random token for URLs and headers."""
    return secrets.token_urlsafe(size)
