"""How a try at a job can end."""

from datetime import timedelta
from typing import Any

import msgspec


class Done(msgspec.Struct, frozen=True):
    """The promise is kept, or there was nothing to do any more."""

    detail: str | None = None


class Failed(msgspec.Struct, frozen=True):
    """It is given up; what it was about says so itself."""

    reason: str


class Again(msgspec.Struct, frozen=True):
    """Another try later, which will find `remember` in its payload."""

    reason: str
    after: timedelta
    remember: dict[str, Any] = msgspec.field(default_factory=dict)


Outcome = Done | Failed | Again

BACK_OFF = (
    timedelta(seconds=2),
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=5),
)


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    return BACK_OFF[min(tries, len(BACK_OFF)) - 1]
