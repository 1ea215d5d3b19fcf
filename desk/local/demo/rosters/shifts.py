"""The shifts and opening hours the rosters are made of."""

from datetime import time

from desk.local.demo.company import Interval, Shift

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
SUNDAY_TO_THURSDAY = (6, 0, 1, 2, 3)
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


def interval(opens: int, closes: int, minutes: int = 0) -> Interval:
    """From one full hour to another (plus minutes); 24 means the last minute of the day."""
    end = time(23, 59) if closes == 24 else time(closes, minutes)
    return Interval(time(opens, 0), end)


def shift(opens: int, closes: int, weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY) -> Shift:
    return Shift(interval(opens, closes), weekdays)
