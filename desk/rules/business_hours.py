"""When an inbox is open, as intervals of real time: one arithmetic for the desk and its reports."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from desk.events.administration import OpeningHours, WorkingHoursChanged

_DAY_MINUTES = 1440


class Interval(NamedTuple):
    """A half-open stretch of time, in UTC."""

    opens: datetime
    closes: datetime

    @property
    def length(self) -> timedelta:
        return self.closes - self.opens


class Calendar(NamedTuple):
    """The week of one inbox; switched off, it is always open."""

    enabled: bool
    time_zone: str
    week: tuple[OpeningHours, ...]

    @classmethod
    def of(cls, fact: WorkingHoursChanged) -> Self:
        return cls(fact.enabled, fact.time_zone, tuple(fact.week))


class CalendarVersion(NamedTuple):
    """A calendar and the instant from which it holds, until the next one does."""

    since: datetime
    calendar: Calendar


def open_intervals(
    versions: Sequence[CalendarVersion], begin: datetime, end: datetime
) -> list[Interval]:
    """The open time between two instants, by the calendar in force at each of them.

    The first version also holds before it was made; without any version all time is open.
    """
    begin, end = begin.astimezone(UTC), end.astimezone(UTC)
    if not versions:
        return [Interval(begin, end)] if begin < end else []
    ordered = sorted(versions, key=lambda version: version.since)
    changes = [version.since for version in ordered[1:]]
    found: list[Interval] = []
    for version, since, until in zip(ordered, [begin, *changes], [*changes, end], strict=True):
        found += _of_one(version.calendar, max(begin, since), min(end, until))
    return _joined(found)


def open_seconds(intervals: Sequence[Interval], begin: datetime, end: datetime) -> float:
    """How much of a span is open; the intervals are sorted and do not overlap."""
    # In UTC, since Python subtracts two instants of one zone by what their clocks show.
    begin, end = begin.astimezone(UTC), end.astimezone(UTC)
    first = max(0, bisect_right(intervals, begin, key=lambda interval: interval.opens) - 1)
    total = timedelta()
    for interval in intervals[first:]:
        if interval.opens >= end:
            break
        total += max(timedelta(), min(end, interval.closes) - max(begin, interval.opens))
    return total.total_seconds()


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Is somebody expected to be there at this instant?"""
    return bool(open_intervals([CalendarVersion(at, calendar)], at, at + timedelta(microseconds=1)))


def next_opening(calendar: Calendar, after: datetime) -> datetime | None:
    """When it opens next, or now if it is open; nothing if no day of the week has hours."""
    coming = open_intervals([CalendarVersion(after, calendar)], after, after + timedelta(days=8))
    return coming[0].opens if coming else None


def _of_one(calendar: Calendar, begin: datetime, end: datetime) -> Iterable[Interval]:
    if begin >= end:
        return
    if not calendar.enabled:
        yield Interval(begin, end)
        return
    hours: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for day in calendar.week:
        if day.opens is not None and day.closes is not None:
            # Closing no later than it opens: a night, which ends on the next day.
            past_midnight = _DAY_MINUTES if day.closes <= day.opens else 0
            hours[day.day_of_week].append((day.opens, day.closes + past_midnight))
    zone = ZoneInfo(calendar.time_zone)
    today = begin.astimezone(zone).date() - timedelta(days=1)
    last = end.astimezone(zone).date()
    while today <= last:
        for opens, closes in hours.get(today.isoweekday() % 7, ()):
            start = max(begin, _instant(today, opens, zone))
            stop = min(end, _instant(today, closes, zone))
            if start < stop:
                yield Interval(start, stop)
        today += timedelta(days=1)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """What the wall clock shows so many minutes after midnight, as an instant."""
    days, minutes = divmod(minutes, _DAY_MINUTES)
    day += timedelta(days=days)
    local = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=zone)
    return local.astimezone(UTC)


def _joined(intervals: Iterable[Interval]) -> list[Interval]:
    joined: list[Interval] = []
    for interval in sorted(intervals):
        if joined and interval.opens <= joined[-1].closes:
            joined[-1] = Interval(joined[-1].opens, max(joined[-1].closes, interval.closes))
        else:
            joined.append(interval)
    return joined
