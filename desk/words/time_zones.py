"""IANA time zones, checked where they enter."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk.words.errors import Invalid


def known_zone(name: str) -> str:
    """The name itself; raises Invalid when no such zone exists."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid(
            "unknown_time_zone",
            f"{name!r} is no time zone; give a name such as Europe/Oslo.",
            field="time_zone",
        ) from None
    return name
