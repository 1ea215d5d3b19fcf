"""The sidebar's filters; the address holds them, so that a page can be sent to somebody."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import TypeVar, cast
from zoneinfo import ZoneInfo, available_timezones

import streamlit as st
from msgspec import Struct, structs

from dashboards import numbers
from dashboards.asked import Asked
from dashboards.names import Names
from warehouse.period import Every, Period
from warehouse.report import Only

CUSTOM = "custom"
PERIODS: Mapping[str, str] = {
    "today": "Today",
    "7d": "Last 7 days",
    "30d": "Last 30 days",
    "90d": "Last 90 days",
    "month": "This month",
    "last_month": "Last month",
    CUSTOM: "Other days",
}
USUAL_PERIOD = "30d"
NO_COMPARISON = "none"
_ALL = ("inbox", "team", "agent", "label", "channel")
EARLIEST = date(2000, 1, 1)
"""Nothing is asked for before."""

Key = TypeVar("Key", int, str)
USUAL_COMPARISON = "before"


class Filters(Struct, frozen=True):
    """What the visitor wants to see."""

    page: str
    period: Period
    compared: Period | None
    only: Only
    business: bool
    today: date
    zone: str
    """The time zone whose days these are."""
    known: datetime | None = None
    """The numbers as they were known then; none: as they are known now."""
    no_inbox: bool = False
    """The account has none yet, and the page says so."""
    left_out: tuple[str, ...] = ()
    """What the address asked for and could not have."""

    @property
    def up_to_now(self) -> bool:
        """May something still happen in the period?"""
        return self.period.last >= self.today

    @property
    def narrow(self) -> bool:
        """Is anything left out on purpose?"""
        return self.only != Only()


def choose(
    page: str,
    names: Names,
    now: datetime,
    home: str,
    *,
    agents: bool,
    business: bool,
    compares: bool,
    alone: int | None,
) -> Filters:
    """Draw those filters that apply to the page and read them.

    `home` is the account's time zone; `alone` is the only agent a visitor without the permission
    may see: it cannot be widened.
    """
    asked = Asked(page)
    with st.sidebar:
        above = st.container()
        zone = _zone(asked, home)
        now = now.astimezone(ZoneInfo(zone))
        today = now.date()
        with above:
            period = structs.replace(_period(asked, today), zone="" if zone == home else zone)
            compared = _comparison(asked, period) if compares else None
        inboxes = _several(asked, "inbox", "Inboxes", names.inboxes)
        teams = _several(asked, "team", "Teams", names.teams) if names.teams else ()
        several = agents and alone is None
        chosen = _several(asked, "agent", "Agents", names.agents) if several else ()
        labels = _several(asked, "label", "Labels", names.labels) if names.labels else ()
        doors = names.channels
        channels = _several(asked, "channel", "Channels", doors) if len(doors) > 1 else ()
        hours = _switch(asked, "business", "Business hours only") if business else False
        known = _known(asked, now)
    asked.stand_in_the_address()
    only = Only(inboxes, teams, chosen if alone is None else (alone,), labels, channels)
    return Filters(
        page,
        period,
        compared,
        only,
        hours,
        today,
        zone,
        known,
        not names.inboxes,
        tuple(asked.not_there),
    )


def clear(page: str) -> None:
    """Leave nothing out any more."""
    asked = Asked(page)
    for name in _ALL:
        asked.set(name, "", [])


def show_period(page: str, period: Period) -> None:
    """Turn the page to other days."""
    asked = Asked(page)
    asked.set("period", CUSTOM, CUSTOM)
    asked.set("days", _days(period), (period.start, period.last))


def _period(asked: Asked, today: date) -> Period:
    name = _one(asked, "period", "Period", PERIODS, USUAL_PERIOD)
    if name != CUSTOM:
        return _named(name, today)
    usual = _named(USUAL_PERIOD, today)
    text = asked.text("days", _days(usual))
    found = sorted(
        day for day in map(_day, text.split("..")) if day is not None and EARLIEST <= day <= today
    )
    if len(found) != len(text.split("..")):
        asked.miss("days", text)
    key = asked.begin("days", (found[0], found[-1]) if found else (usual.start, usual.last))
    days = st.date_input("Days", key=key, min_value=EARLIEST, max_value=today, format="YYYY-MM-DD")
    # While the second day is still being chosen, the first stands for both.
    chosen = cast("tuple[date, ...]", days) or (usual.start, usual.last)
    period = Period.of_days(chosen[0], chosen[-1])
    asked.keep("days", _days(period), "")
    return period


def _named(name: str, today: date) -> Period:
    this_month = today.replace(day=1)
    match name:
        case "today":
            return Period.of_days(today, today)
        case "7d":
            return Period.of_days(today - timedelta(days=6), today)
        case "90d":
            return Period.of_days(today - timedelta(days=89), today)
        case "month":
            return Period.of_days(this_month, today)
        case "last_month":
            last = this_month - timedelta(days=1)
            return Period.of_days(last.replace(day=1), last)
        case _:
            return Period.of_days(today - timedelta(days=29), today)


def _comparison(asked: Asked, period: Period) -> Period | None:
    days = "day" if period.days == 1 else f"{period.days} days"
    titles = {
        "before": f"The {days} before",
        "year": "52 weeks earlier",
        NO_COMPARISON: "Nothing",
    }
    name = _one(asked, "compare", "Compared with", titles, USUAL_COMPARISON)
    match name:
        case "before":
            return period.before
        case "year":
            weeks = timedelta(weeks=52)
            return Period(period.start - weeks, period.end - weeks, period.zone)
        case _:
            return None


def _one(asked: Asked, name: str, title: str, titles: Mapping[str, str], usual: str) -> str:
    text = asked.text(name, usual)
    if text not in titles:
        asked.miss(name, text)
    key = asked.begin(name, text if text in titles else usual)
    chosen = st.selectbox(title, list(titles), format_func=titles.__getitem__, key=key)
    asked.keep(name, chosen, usual)
    return chosen


def _zone(asked: Asked, home: str) -> str:
    """Whose days are counted: the account's, unless others are wanted."""
    own = st.context.timezone
    known = _zones()
    near = (home, *([own] if own in known else []), "UTC")
    told = {zone: numbers.zone(zone) for zone in (*near, *known)}
    if own in known:
        told[own] = f"Yours: {numbers.place(own)}"
    told[home] = f"Account: {numbers.place(home)}"
    return _one(asked, "zone", "Time zone", told, home)


@cache
def _zones() -> tuple[str, ...]:
    """Those of places; looked up in the machine's files once."""
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone))


def _known(asked: Asked, now: datetime) -> datetime | None:
    """An instant of the past, in the zone asked for, up to which facts are to be known."""
    text = asked.text("known", "")
    begun = _instant(text)
    if text and (begun is None or not EARLIEST <= begun.date() <= now.date()):
        asked.miss("known", text)
        begun = None
    if not st.toggle("As known earlier", key=asked.begin("known", begun is not None)):
        asked.keep("known", "", "")
        return None
    usual = now - timedelta(hours=1)
    begun = begun or usual.replace(minute=0, second=0, microsecond=0, tzinfo=None)
    day_column, time_column = st.columns(2)
    with day_column:
        day = st.date_input(
            "Day",
            key=asked.begin("known-day", begun.date()),
            min_value=EARLIEST,
            max_value=now.date(),
            format="YYYY-MM-DD",
        )
    with time_column:
        hour = st.time_input("Time", key=asked.begin("known-time", begun.time()))
    chosen = datetime.combine(day, hour)
    asked.keep("known", f"{chosen:%Y-%m-%dT%H:%M}", "")
    return chosen.replace(tzinfo=now.tzinfo or ZoneInfo("UTC"))


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _several(asked: Asked, name: str, title: str, names: Mapping[Key, str]) -> tuple[Key, ...]:
    by_text = {str(one): one for one in names}
    wanted = [text for text in asked.text(name, "").split(",") if text]
    for text in wanted:
        if text not in by_text:
            asked.miss(name, text)
    key = asked.begin(name, [by_text[text] for text in wanted if text in by_text])
    chosen = st.multiselect(
        title,
        list(names),
        format_func=lambda one: names.get(one, ""),
        key=key,
        placeholder="All",
    )
    asked.keep(name, ",".join(map(str, chosen)), "")
    return tuple(chosen)


def every(page: str) -> Every:
    """How long the buckets of the page's trends are, chosen above the chart."""
    asked = Asked(page)
    titles = {one.value: one.value.capitalize() for one in Every}
    text = asked.text("every", Every.DAY.value)
    chosen = st.segmented_control(
        "Every",
        list(titles),
        format_func=titles.__getitem__,
        key=asked.begin("every", text if text in titles else Every.DAY.value),
        required=True,
        label_visibility="collapsed",
    )
    found = Every(chosen or Every.DAY.value)
    asked.note("every", found.value, Every.DAY.value)
    return found


def tell_cut(period: Period, every: Every) -> None:
    """Say which of a trend's weeks or months are not whole."""
    first, *_ = starts = list(period.buckets(every))
    cut = [
        which
        for which, is_cut in (
            ("first", first < period.start),
            ("last", every.next(starts[-1]) > period.end),
        )
        if is_cut
    ]
    if len(starts) > 1 and cut:
        verb = "is" if len(cut) == 1 else "are"
        st.caption(f"The {' and the '.join(cut)} {every.value} {verb} not whole.")


def _switch(asked: Asked, name: str, title: str) -> bool:
    text = asked.text(name, "")
    if text not in ("", "1"):
        asked.miss(name, text)
    on = st.toggle(title, key=asked.begin(name, text == "1"))
    asked.keep(name, "1" if on else "", "")
    return on


def _days(period: Period) -> str:
    return f"{period.start}..{period.last}"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def caption(filters: Filters) -> str:
    """24 Oct to 22 Nov 2026, Oslo time · compared with 24 Sep to 23 Oct."""
    period = filters.period
    told = f"{numbers.span(period.start, period.last)}, {numbers.clock(filters.zone)}"
    if filters.compared is None:
        return told
    before = filters.compared
    span = (
        numbers.day(before.start)
        if before.days == 1
        else f"{numbers.day(before.start)} to {numbers.day(before.last)}"
    )
    return f"{told} · compared with {span}"
