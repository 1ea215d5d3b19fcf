"""A stretch of time between two instants, and the buckets a report falls into."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from desk.words.errors import Invalid
from warehouse.period import Every as ByDay
from warehouse.period import Period

MOST_BUCKETS = 20_000

_A_DAY = timedelta(days=1)


class Every(StrEnum):
    """How long a bucket is; a week begins on Sunday."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    def first_day(self, day: date) -> date:
        """The first day of the bucket a day falls into."""
        match self:
            case Every.WEEK:
                return day - timedelta(days=day.isoweekday() % 7)
            case Every.MONTH:
                return day.replace(day=1)
            case Every.YEAR:
                return day.replace(month=1, day=1)
            case _:
                return day

    def next_day(self, first: date) -> date:
        """The first day of the bucket that follows."""
        match self:
            case Every.WEEK:
                return first + timedelta(days=7)
            case Every.MONTH:
                return (first + timedelta(days=31)).replace(day=1)
            case Every.YEAR:
                return first.replace(year=first.year + 1)
            case _:
                return first + timedelta(days=1)


class Window(Struct, frozen=True):
    """From an instant up to, but not with, another."""

    since: datetime
    until: datetime

    @property
    def before(self) -> "Window":
        """The same length, right before."""
        return Window(self.since - (self.until - self.since), self.since)

    def buckets(self, every: Every, zone: tzinfo) -> list[datetime]:
        """The first instants of all buckets the window touches; raises Invalid for too many."""
        longest = timedelta(hours=1) if every is Every.HOUR else timedelta(days=1)
        if (self.until - self.since) / longest > MOST_BUCKETS:
            raise Invalid(
                "period_too_long",
                f"At most {MOST_BUCKETS} buckets at a time: choose a longer group_by.",
                field="since",
            )
        starts: list[datetime] = []
        if every is Every.HOUR:
            at = _start_of_hour(self.since, zone)
            while at < self.until:
                starts.append(at)
                at = _start_of_hour(at + timedelta(hours=1), zone)
            return starts
        first = every.first_day(self.since.astimezone(zone).date())
        if every is Every.DAY and zone is UTC:
            at = midnight(first, zone)
            last = first + timedelta(days=-((at - self.until) // _A_DAY))
            return [_midnight_in_utc(day) for day in Period(first, last).buckets(ByDay.DAY)]
        while (start := midnight(first, zone)) < self.until:
            starts.append(start)
            first = every.next_day(first)
        return starts


@lru_cache(maxsize=40_000)
def _midnight_in_utc(day: date) -> datetime:
    return midnight(day, UTC)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The instant at which a day begins somewhere."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _start_of_hour(at: datetime, zone: tzinfo) -> datetime:
    local = at.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return at.astimezone(UTC) - past
