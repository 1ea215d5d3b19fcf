"""Numbers as people read them: grouped counts, two units of time, shares, differences."""

from collections.abc import Callable
from datetime import date
from math import isnan

NOTHING = "—"
"""No value: an empty set is a dash, never zero."""

SAME = "no change"

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

FEW = 5
"""Below so many answers a share is told as "3 of 4"."""


def count(number: float | None) -> str:
    """8,412."""
    return NOTHING if _absent(number) else f"{number:,.0f}"


def counted(number: int, noun: str) -> str:
    """1 conversation, 8,412 conversations."""
    return f"{count(number)} {noun}" if number == 1 else f"{count(number)} {noun}s"


def decimal(number: float | None) -> str:
    """A mean of counts: 12.4, but 212."""
    if number is None or isnan(number):
        return NOTHING
    return f"{number:,.1f}" if abs(number) < 100 else f"{number:,.0f}"


def duration(seconds: float | None, *, short: bool = False) -> str:
    """38 s, 4 min 12 s, 2 h 06 min, 3 d 4 h: two units at most; the second goes if short."""
    if seconds is None or isnan(seconds):
        return NOTHING
    sign = "-" if round(seconds) < 0 else ""
    whole = abs(round(seconds))
    if whole < 60:
        return f"{sign}{whole} s"
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return f"{sign}{minutes} min {rest:02} s" if rest else f"{sign}{minutes} min"
    minutes = round(whole / 60)
    if minutes < 24 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{sign}{hours} h" if short else f"{sign}{hours} h {rest:02} min"
    days, rest = divmod(round(whole / 3600), 24)
    return f"{sign}{days} d" if short else f"{sign}{days} d {rest} h"


def signed(change: float | None, form: Callable[[float | None], str]) -> str:
    """+48, -38 s, 0."""
    told = form(change)
    return f"+{told}" if change is not None and change > 0 else told


def share(part: float | None) -> str:
    """93 %, 2.4 %: one decimal below ten."""
    if part is None or isnan(part):
        return NOTHING
    percent = part * 100
    return f"{percent:.1f} %" if 0 < percent < 10 else f"{percent:.0f} %"


def share_of(good: int, n: int) -> str:
    """A share that says so when it is made of few answers."""
    if n == 0:
        return NOTHING
    return f"{good} of {n}" if n < FEW else share(good / n)


def count_difference(now: float | None, before: float | None) -> str | None:
    """+6.1 %, with the ASCII minus that Streamlit reads as a fall."""
    if now is None or not before:
        return None
    percent = (now - before) / before * 100
    return _told(f"{percent:+.1f} %" if abs(percent) < 100 else f"{percent:+,.0f} %")


def duration_difference(now: float | None, before: float | None) -> str | None:
    """-38 s."""
    if now is None or before is None:
        return None
    text = duration(now - before)
    return _told(text if text.startswith("-") else f"+{text}")


def share_difference(now: float | None, before: float | None) -> str | None:
    """-0.4 pt."""
    if now is None or before is None:
        return None
    return _told(f"{(now - before) * 100:+.1f} pt")


def day(at: date, *, year: bool = False) -> str:
    """24 Oct, 24 Oct 2026."""
    return f"{at.day} {at:%b %Y}" if year else f"{at.day} {at:%b}"


def span(first: date, last: date) -> str:
    """24 Oct to 22 Nov 2026."""
    if first == last:
        return day(last, year=True)
    return f"{day(first, year=first.year != last.year)} to {day(last, year=True)}"


def hour(weekday: int, of_day: int) -> str:
    """Mon 09:00; 1 is Monday."""
    return f"{WEEKDAYS[weekday - 1]} {of_day:02}:00"


def place(zone: str) -> str:
    """Oslo, of Europe/Oslo."""
    return zone.rpartition("/")[2].replace("_", " ")


def zone(name: str) -> str:
    """America/New York, of America/New_York."""
    return name.replace("_", " ")


def clock(zone: str) -> str:
    """Oslo time, of Europe/Oslo; but UTC is UTC."""
    return f"{place(zone)} time" if "/" in zone else zone


def _told(difference: str) -> str:
    """A difference that rounds to nothing is none."""
    return difference if any(digit in difference for digit in "123456789") else SAME


def _absent(number: float | None) -> bool:
    return number is None or isnan(number)
