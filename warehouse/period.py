"""A stretch of an account's local days, and the buckets it falls into."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Self

from msgspec import Struct

from desk.words.errors import Invalid


class Every(StrEnum):
    """How long a bucket of a trend is; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def start(self, day: date) -> date:
        """The first day of the bucket a day falls into."""
        match self:
            case Every.DAY:
                return day
            case Every.WEEK:
                return day - timedelta(days=day.weekday())
            case Every.MONTH:
                return day.replace(day=1)

    def next(self, start: date) -> date:
        """The first day of the bucket that follows."""
        match self:
            case Every.DAY:
                return start + timedelta(days=1)
            case Every.WEEK:
                return start + timedelta(days=7)
            case Every.MONTH:
                return (start + timedelta(days=31)).replace(day=1)


_KNOWN_DAYS = range(date(2000, 1, 1).toordinal(), date(2100, 1, 1).toordinal())


@cache
def _known_days() -> tuple[date, ...]:
    return tuple(map(date.fromordinal, _KNOWN_DAYS))


def _days(first: int, end: int) -> Iterable[date]:
    """Days by their ordinals; a long trend asks for hundreds, so those of our times are kept."""
    if _KNOWN_DAYS.start <= first and end <= _KNOWN_DAYS.stop:
        return _known_days()[first - _KNOWN_DAYS.start : end - _KNOWN_DAYS.start]
    return map(date.fromordinal, range(first, end))


class Period(Struct, frozen=True):
    """Local days from `start` up to, but not with, `end`."""

    start: date
    end: date
    zone: str = ""
    """The time zone whose days these are; empty: the account's own."""

    @classmethod
    def of_days(cls, first: date, last: date, zone: str = "") -> Self:
        """The period of whole days, both of them included."""
        if last < first:
            raise Invalid(
                "period_ends_before_it_begins",
                f"The period ends on {last}, before it begins on {first}.",
                start=first.isoformat(),
                end=last.isoformat(),
            )
        return cls(first, last + timedelta(days=1), zone)

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def before(self) -> "Period":
        """As many days, right before."""
        return Period(self.start - timedelta(days=self.days), self.start, self.zone)

    def buckets(self, every: Every) -> Iterator[date]:
        """The first days of all buckets the period touches."""
        if every is Every.DAY:
            yield from _days(self.start.toordinal(), self.end.toordinal())
            return
        start = every.start(self.start)
        while start < self.end:
            yield start
            start = every.next(start)
