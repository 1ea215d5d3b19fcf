"""Opening hours as real time: days of 23 and 25 hours, nights, changes of the calendar."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from desk.events.administration import OpeningHours
from desk.rules.business_hours import (
    Calendar,
    CalendarVersion,
    is_open,
    next_opening,
    open_intervals,
    open_seconds,
)

OSLO = ZoneInfo("Europe/Oslo")
HOUR = 3600


def calendar(*days: tuple[int, int, int], zone: str = "Europe/Oslo") -> Calendar:
    return Calendar(True, zone, tuple(OpeningHours(*day) for day in days))


def always(zone: str = "Europe/Oslo") -> Calendar:
    return calendar(*((day, 0, 1440) for day in range(7)), zone=zone)


def hours_open(of: Calendar, begin: datetime, end: datetime) -> float:
    intervals = open_intervals([CalendarVersion(begin, of)], begin, end)
    return open_seconds(intervals, begin, end) / HOUR


def test_a_day_when_clocks_go_back_has_25_open_hours() -> None:
    begin = datetime(2026, 10, 25, tzinfo=OSLO)
    assert hours_open(always(), begin, datetime(2026, 10, 26, tzinfo=OSLO)) == 25


def test_a_day_when_clocks_go_forward_has_23_open_hours() -> None:
    begin = datetime(2026, 3, 29, tzinfo=OSLO)
    assert hours_open(always(), begin, datetime(2026, 3, 30, tzinfo=OSLO)) == 23


def test_opening_stays_at_the_same_time_on_the_wall() -> None:
    sundays = calendar((0, 540, 600))
    before, after = datetime(2026, 10, 18, tzinfo=OSLO), datetime(2026, 10, 26, tzinfo=OSLO)
    intervals = open_intervals([CalendarVersion(before, sundays)], before, after)
    assert [interval.opens for interval in intervals] == [
        datetime(2026, 10, 18, 7, tzinfo=UTC),
        datetime(2026, 10, 25, 8, tzinfo=UTC),
    ]


def test_a_lunch_break_is_closed() -> None:
    monday = datetime(2026, 11, 23, tzinfo=OSLO)
    split = calendar((1, 540, 720), (1, 780, 1020))
    assert hours_open(split, monday, monday + timedelta(days=1)) == 7
    assert hours_open(split, monday.replace(hour=12), monday.replace(hour=13)) == 0


def test_hours_that_close_before_they_open_run_through_the_night() -> None:
    night = calendar((1, 1320, 360))
    begin = datetime(2026, 11, 23, tzinfo=OSLO)
    assert hours_open(night, begin, begin + timedelta(days=3)) == 8
    assert is_open(night, datetime(2026, 11, 24, 3, tzinfo=OSLO))
    assert not is_open(night, datetime(2026, 11, 24, 6, tzinfo=OSLO))


def test_an_inbox_without_opening_hours_is_always_open() -> None:
    begin = datetime(2026, 11, 21, tzinfo=UTC)
    end = begin + timedelta(days=2)
    assert hours_open(Calendar(False, "UTC", ()), begin, end) == 48
    assert open_seconds(open_intervals([], begin, end), begin, end) == 48 * HOUR


def test_each_instant_counts_by_the_calendar_then_in_force() -> None:
    begin = datetime(2026, 11, 23, tzinfo=UTC)
    noon = begin + timedelta(hours=12)
    versions = [
        CalendarVersion(begin + timedelta(hours=10), calendar((1, 540, 1020), zone="UTC")),
        CalendarVersion(noon, calendar((1, 600, 780), zone="UTC")),
    ]
    intervals = open_intervals(versions, begin, begin + timedelta(days=1))
    # From nine by the first calendar, which also holds before it was made; to one by the second.
    assert open_seconds(intervals, begin, begin + timedelta(days=1)) == 4 * HOUR


def test_the_next_opening_is_told_across_a_weekend() -> None:
    week = calendar(*((day, 540, 1020) for day in range(1, 6)))
    friday_evening = datetime(2026, 11, 20, 18, tzinfo=OSLO)
    assert next_opening(week, friday_evening) == datetime(2026, 11, 23, 9, tzinfo=OSLO)
    in_hours = datetime(2026, 11, 20, 10, tzinfo=OSLO)
    assert next_opening(week, in_hours) == in_hours
    assert next_opening(calendar(), in_hours) is None


@settings(max_examples=60, deadline=None)
@given(
    zone=some.sampled_from(["Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    days=some.lists(
        some.tuples(some.integers(0, 6), some.integers(0, 1439), some.integers(1, 1440)),
        max_size=9,
    ),
    start=some.integers(0, 60 * 24 * 40),
    first=some.integers(0, 5000),
    second=some.integers(0, 5000),
)
def test_open_time_adds_up_and_never_exceeds_the_clock(
    zone: str, days: list[tuple[int, int, int]], start: int, first: int, second: int
) -> None:
    begin = datetime(2026, 10, 1, tzinfo=UTC) + timedelta(minutes=start)
    middle = begin + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    intervals = open_intervals([CalendarVersion(begin, calendar(*days, zone=zone))], begin, end)
    assert all(a.closes < b.opens for a, b in pairwise(intervals))
    whole = open_seconds(intervals, begin, end)
    assert whole == open_seconds(intervals, begin, middle) + open_seconds(intervals, middle, end)
    assert 0 <= whole <= (end - begin).total_seconds()
