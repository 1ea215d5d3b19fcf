"""What every report is asked for: a period, a time zone, and which hours count."""

from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter
from msgspec import Struct

from desk.store.desk import Desk
from desk.words.errors import Invalid
from warehouse.chatwoot.offset_zones import FURTHEST, zone_of_offset
from warehouse.chatwoot.window import Window

USUAL = timedelta(days=7)
"""The period where none is named, as Chatwoot's own page asks for it."""

_LAST_INSTANT = 32_503_680_000

W = TypeVar("W", bound=StrEnum)


class Asked(Struct, frozen=True):
    """The understood question."""

    window: Window
    zone: tzinfo
    business: bool


Since = Annotated[str | None, QueryParameter(description="First instant, in seconds since 1970")]
Until = Annotated[str | None, QueryParameter(description="The instant after the last, likewise")]


def read_asked(
    desk: NamedDependency[Desk],
    since: Since = None,
    until: Until = None,
    business_hours: Annotated[
        str | None, QueryParameter(description="Count open hours only: true or false")
    ] = None,
    timezone_offset: Annotated[
        str | None, QueryParameter(description="Hours from UTC, as Chatwoot's page sends them")
    ] = None,
    timezone: Annotated[
        str | None, QueryParameter(description="An IANA time zone; goes before timezone_offset")
    ] = None,
) -> Asked:
    """Raises Invalid by the name of what makes no sense."""
    now = desk.clock.now()
    return Asked(
        window_of(since, until, now), _zone(timezone, timezone_offset, now), is_true(business_hours)
    )


ASKED = {"asked": Provide(read_asked, sync_to_thread=False)}


def window_of(since: str | None, until: str | None, now: datetime) -> Window:
    """The period between two instants given in seconds; a side left out is the usual one."""
    end = moment_of(until, "until") or now
    start = moment_of(since, "since") or end - USUAL
    if start > end:
        raise Invalid("period_ends_before_it_begins", "until is before since.", field="until")
    return Window(start, end)


def moment_of(given: str | None, field: str) -> datetime | None:
    """An instant given in seconds since 1970; raises Invalid for anything else."""
    if given is None or not given.strip():
        return None
    try:
        seconds = float(given)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= _LAST_INSTANT:
        raise Invalid("no_such_instant", f"{field} must be seconds since 1970.", field=field)
    return datetime.fromtimestamp(int(seconds), UTC)


def is_true(given: str | None) -> bool:
    """What clients that know only texts mean by a switch."""
    return (given or "").strip().lower() in {"true", "1", "t", "yes", "on"}


def one_of(words: type[W], given: str | None, field: str) -> W:
    """The word meant; raises Invalid with all there are."""
    try:
        return words(given or "")
    except ValueError:
        raise Invalid(
            f"unknown_{field}", f"{field} must be one of {', '.join(words)}.", field=field
        ) from None


def _zone(name: str | None, offset: str | None, now: datetime) -> tzinfo:
    if name and name.strip():
        try:
            return ZoneInfo(name.strip())
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Invalid(
                "unknown_time_zone",
                "timezone must be an IANA name, such as Europe/Oslo.",
                field="timezone",
            ) from None
    if offset is None or not offset.strip():
        return UTC
    try:
        hours = float(offset)
        if not abs(timedelta(hours=hours)) <= FURTHEST:
            raise ValueError
    except (ValueError, OverflowError):
        raise Invalid(
            "unknown_time_zone",
            "timezone_offset must be hours from UTC, such as -5 or 5.5.",
            field="timezone_offset",
        ) from None
    return zone_of_offset(hours, now)
