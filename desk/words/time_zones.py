"""IANA time zones, checked where they enter."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk.words.errors import Invalid


def known_zone(name: str, *, field: str = "time_zone") -> str:
    """The name itself; raises Invalid when no such zone exists."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A folder's name, or one too long for any file, is no zone either.
        raise Invalid(
            "unknown_time_zone",
            f"{name!r} is no time zone; give a name such as Europe/Oslo.",
            field=field,
        ) from None
    return name
