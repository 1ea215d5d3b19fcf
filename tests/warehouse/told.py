"""What the slow reference tells: facts with their ids, spans, and what was true of a moment."""

from datetime import date, datetime
from typing import NamedTuple

from tests.builders.diary import Entry


class Told(NamedTuple):
    """A fact with the id the log gave it."""

    id: int
    entry: Entry


def in_order(told: Told) -> tuple[datetime, int]:
    """By when it happened; of one instant, by when it was written."""
    return told.entry.at, told.id


class Span(NamedTuple):
    """A measured stretch, as both sides can be compared by."""

    conversation: int
    event: int
    begin_event: int | None
    day: date
    hour: int
    agent: int | None
    team: int | None
    labels: tuple[int, ...]
    outcome: str
    seconds: float | None
    business: float | None
    calendar: int | None


class Resolution(NamedTuple):
    """A move to resolved."""

    span: Span
    is_first: bool
    is_last: bool
    replies: int
    """How many there had been, in all that had become one by then."""


class Held(NamedTuple):
    """An agent's time with a conversation."""

    conversation: int
    event: int
    day: date
    agent: int
    until: datetime | None
    ended_by: str | None


class Stretch(NamedTuple):
    """Something that lasted, or still does, told at its beginning."""

    conversation: int
    event: int
    what: str
    agent: int | None
    team: int | None
    ended_by: str | None
    end_event: int | None
    seconds: float | None
    business: float | None
    calendar: int | None


class Rated(NamedTuple):
    """A customer's last answer."""

    conversation: int
    event: int
    day: date
    agent: int | None
    satisfied: bool


class Moment(NamedTuple):
    """What was true of a conversation."""

    inbox: int
    holder: int | None
    team: int | None
    labels: tuple[int, ...]
