"""When a scheduled export is due, and which days it covers: no clock, no database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from croniter import croniter
from croniter.croniter import CroniterError

from desk.words.errors import Invalid
from desk.words.exports import Covered

MOST_MADE_UP = 31
"""After a long silence no more due times than this are made up for."""


class Due(NamedTuple):
    """An instant at which a schedule wants an export, and the days that it covers."""

    at: datetime
    first: date
    last: date


def checked_cron(cron: str) -> str:
    """The expression itself; raises Invalid unless it has five fields and comes due at all."""
    cron = " ".join(cron.split())
    try:
        if len(cron.split(" ")) != 5:
            raise ValueError(cron)
        croniter(cron, datetime(2026, 1, 1)).get_next(datetime)  # noqa: DTZ001 local time
    except (CroniterError, ValueError, KeyError):
        raise Invalid(
            "cron_malformed",
            "Give minute, hour, day of month, month and day of week, such as 0 7 * * 1.",
            field="cron",
        ) from None
    return cron


def next_due(cron: str, zone: str, after: datetime) -> datetime:
    """The first due instant after that one.

    A local time that a clock change skips comes due at the change; one that it repeats, once.
    """
    place = ZoneInfo(zone)
    local = after.astimezone(place).replace(tzinfo=None)
    times = croniter(cron, local)
    while True:
        wanted: datetime = times.get_next(datetime)
        at = wanted.replace(tzinfo=place).astimezone(UTC)
        if at > after:
            return at


def covered_days(period: Covered, due_on: date) -> tuple[date, date]:
    """The first and last day of the period before a local day."""
    match period:
        case Covered.PREVIOUS_DAY:
            day = due_on - timedelta(days=1)
            return day, day
        case Covered.PREVIOUS_WEEK:
            monday = due_on - timedelta(days=due_on.weekday() + 7)
            return monday, monday + timedelta(days=6)
        case Covered.PREVIOUS_MONTH:
            last = due_on.replace(day=1) - timedelta(days=1)
            return last.replace(day=1), last


def due_exports(
    cron: str, zone: str, period: Covered, next_due_at: datetime, now: datetime
) -> list[Due]:
    """What is due by now: normally one.

    Of several times that were missed, those that cover the same days are made up for by one
    export, at the last of them; so no day is left out, and nothing is made in heaps.
    """
    place = ZoneInfo(zone)
    by_days: dict[tuple[date, date], datetime] = {}
    for at in _instants(cron, zone, next_due_at, now):
        days = covered_days(period, at.astimezone(place).date())
        by_days[days] = at
    found = [Due(at, first, last) for (first, last), at in by_days.items()]
    return found[-MOST_MADE_UP:]


def _instants(cron: str, zone: str, first: datetime, now: datetime) -> Iterator[datetime]:
    at = first
    while at <= now:
        yield at
        at = next_due(cron, zone, at)
