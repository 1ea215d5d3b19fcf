"""What a page shows when it has no numbers to show, or old ones."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards import filters as page_filters
from dashboards import numbers
from dashboards.asking import Asking
from dashboards.filters import Filters
from desk.words.errors import DeskError
from warehouse.freshness import Snapshot
from warehouse.metrics.metric import Metric
from warehouse.period import Period

STALE_AFTER = timedelta(minutes=5)


ALL_TIME = Period(date(2000, 1, 1), date(2100, 1, 1))


def nearest(asking: Asking, metric: Metric, period: Period) -> Period | None:
    """As many days as the period has, as near to it as there is data; or nothing at all."""
    days = asking.days_with(metric)
    if not days:
        return None
    length = timedelta(days=period.days)
    before = [day for day in days if day < period.start]
    start = max(before) + timedelta(days=1) - length if before else min(days)
    return Period(start, start + length)


def not_signed_in(inbox_url: str) -> None:
    """Nobody is signed in: the way there, which leads back to the inbox."""
    st.title("Reports")
    st.info("Sign in to the inbox to see your reports, then load this page again.")
    st.link_button("Sign in", f"{inbox_url}/sign_in", type="primary")


def own_numbers_only() -> None:
    """An agent without the permission."""
    st.info("You may see your own numbers. Ask an administrator for the permission *Reports*.")


def left_out(what: tuple[str, ...]) -> None:
    """What the address asked for and could not have."""
    if what:
        st.warning(f"Left out, because there is no such thing here: {', '.join(what)}.")


def no_inbox(inbox_url: str) -> None:
    """A new account: where everything begins."""
    st.info("This account has no inbox yet: connect one, and what customers write is counted here.")
    st.link_button("Open the inbox", inbox_url)


def not_ready(error: DeskError) -> None:
    """There is no lake yet, or it cannot be reached."""
    st.warning(error.sentence)
    st.button("Try again")


def failed(reference: str) -> None:
    """Something broke."""
    st.error(
        "The numbers could not be read just now. Nothing is lost: they are made from the desk's "
        f"own log. Reference {reference}."
    )
    st.button("Try again")


def stale(snapshot: Snapshot, now: datetime, zone: str) -> None:
    """A strip above the title when the lake has not followed the desk for minutes."""
    if now - snapshot.read_at > STALE_AFTER:
        st.warning(
            f"These numbers are {_age(now - snapshot.read_at)} old: the lake last followed the "
            f"desk at {_time(snapshot.read_at, zone)}. They are right as of then."
        )


def as_known(snapshot: Snapshot, zone: str) -> None:
    """A strip above the title while an earlier snapshot is shown."""
    at = snapshot.read_at.astimezone(ZoneInfo(zone))
    st.info(f"As known at {at:%H:%M} on {numbers.day(at.date(), year=True)}.")


def nothing(what: str, filters: Filters, nearest: Period | None, *, how: str = "") -> None:
    """No facts: why, and the nearest way to some, or how they come about if there never were any."""
    if filters.no_inbox and nearest is None:
        return
    if filters.narrow:
        st.info(f"No {what} in this period with these filters.")
        st.button("Clear the filters", on_click=page_filters.clear, args=(filters.page,))
        return
    soon = " The first appears here within a minute." if filters.up_to_now else ""
    advice = f" {how}" if how and nearest is None else ""
    st.info(f"No {what} in this period.{soon}{advice}")
    if nearest is not None:
        first, last = numbers.day(nearest.start), numbers.day(nearest.last, year=True)
        st.button(
            f"Show {first} to {last}",
            on_click=page_filters.show_period,
            args=(filters.page, nearest),
        )


def footnote(
    snapshot: Snapshot,
    now: datetime,
    zone: str,
    metrics: tuple[Metric, ...],
    *,
    business: bool | None,
) -> None:
    """From what, how old, and by which definitions: always, also when empty."""
    definitions = ", ".join(metric.definition for metric in metrics)
    hours = {None: "", False: ", around the clock", True: ", business hours of each inbox"}
    st.caption(
        f"Snapshot {snapshot.id:,} of {_time(snapshot.read_at, zone)}, "
        f"{_age(now - snapshot.read_at)} old · {definitions} · "
        f"{numbers.clock(zone)}{hours[business]}"
    )


def _time(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M:%S}"


def _age(age: timedelta) -> str:
    return numbers.duration(max(0.0, age.total_seconds()))
