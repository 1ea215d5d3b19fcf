"""The zone that Chatwoot takes an offset in hours for: its first one that has it just now."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_FIRST_OF_EACH = (
    "Etc/GMT+12",
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "America/Juneau",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Denver",
    "America/Guatemala",
    "America/Chicago",
    "America/Bogota",
    "America/New_York",
    "America/Halifax",
    "America/Caracas",
    "America/Santiago",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Nuuk",
    "Atlantic/South_Georgia",
    "Atlantic/Azores",
    "Atlantic/Cape_Verde",
    "Europe/Dublin",
    "Etc/UTC",
    "Europe/Amsterdam",
    "Africa/Casablanca",
    "Africa/Algiers",
    "Europe/Athens",
    "Africa/Harare",
    "Asia/Baghdad",
    "Asia/Tehran",
    "Asia/Dubai",
    "Asia/Kabul",
    "Asia/Yekaterinburg",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Dhaka",
    "Asia/Rangoon",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Adelaide",
    "Australia/Darwin",
    "Australia/Brisbane",
    "Australia/Melbourne",
    "Asia/Magadan",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Tongatapu",
)
"""By standard offset, then by the name Chatwoot gives them."""

FURTHEST = timedelta(hours=14)


def zone_of_offset(hours: float, now: datetime) -> tzinfo:
    """That zone, whose rules then hold for the whole period; else the bare offset."""
    offset = timedelta(hours=hours)
    if not offset:
        # Two zones that are elsewhere in summer come before it.
        return UTC
    for name in _FIRST_OF_EACH:
        zone = ZoneInfo(name)
        if now.astimezone(zone).utcoffset() == offset:
            return zone
    return timezone(offset)
