"""Whether somebody can be expected to answer, and when next."""

from datetime import datetime

import msgspec

from desk.events.administration import OpeningHours
from desk.rules.business_hours import Calendar, is_open, next_opening
from desk.store.visitors import Website


class Availability(msgspec.Struct, frozen=True):
    """What the widget says about being reachable."""

    open: bool
    opens_at: int | None
    """When it opens next; absent while it is open, or when nobody knows."""
    time_zone: str


def availability_of(website: Website, now: datetime) -> Availability:
    """By the inbox's week; one that keeps no hours is always open."""
    week = tuple(
        OpeningHours(day["day_of_week"], day["opens"], day["closes"]) for day in website.week
    )
    calendar = Calendar(website.working_hours_enabled, website.time_zone, week)
    if is_open(calendar, now):
        return Availability(True, None, website.time_zone)
    opens = next_opening(calendar, now)
    return Availability(False, None if opens is None else int(opens.timestamp()), website.time_zone)
