"""Then and now: what has become known since, row by row?"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st
from msgspec import structs

from dashboards import numbers, states
from dashboards.asking import Asking
from dashboards.behind import Question, show_behind
from dashboards.filters import EARLIEST
from dashboards.headline import COLUMN
from dashboards.page import Page, Report
from dashboards.table import clicked_cell, show_table
from desk.words.errors import NotFound
from warehouse.metrics.catalogue import METRICS
from warehouse.metrics.dimensions import AGENT, CHANNEL, INBOX
from warehouse.metrics.metric import Dimension, Metric, Unit
from warehouse.metrics.workload import CONVERSATIONS_STARTED
from warehouse.period import Every, Period
from warehouse.report import BUCKET

_BY: Mapping[str, Dimension | None] = {
    "Day": None,
    "Agent": AGENT,
    "Inbox": INBOX,
    "Channel": CHANNEL,
}
_FORMATS: Mapping[Unit, Callable[[float | None], str]] = {
    Unit.COUNT: numbers.count,
    Unit.SECONDS: numbers.duration,
    Unit.SHARE: numbers.share,
}
_SIGNED: Mapping[Unit, Callable[[float | None], str]] = {
    Unit.COUNT: lambda change: numbers.signed(change, numbers.count),
    Unit.SECONDS: lambda change: numbers.signed(change, numbers.duration),
    Unit.SHARE: lambda change: numbers.share_difference(change, 0.0) or numbers.NOTHING,
}


def draw(page: Page) -> None:
    """One number at two moments, and every row in which they differ."""
    metric, by = _question(page)
    at = _then(page)
    try:
        earlier = page.asking.known_at(at)
    except NotFound as unknown:
        st.info(unknown.sentence)
        earlier = None
    if earlier is not None:
        _compared(page, metric, by, earlier)
    states.footnote(
        page.asking.snapshot, page.now, page.zone, (metric,), business=page.filters.business
    )


def _question(page: Page) -> tuple[Metric, str]:
    titles = {metric.title: metric for metric in METRICS}
    left, right = st.columns([2, 3])
    with left:
        title = st.selectbox(
            "Number",
            list(titles),
            index=list(titles).index(CONVERSATIONS_STARTED.title),
            key=f"{page.filters.page}-metric",
        )
    with right:
        by = st.segmented_control(
            "By", list(_BY), default="Day", required=True, key=f"{page.filters.page}-by"
        )
    return titles[title], by or "Day"


def _then(page: Page) -> datetime:
    zone = ZoneInfo(page.zone)
    usual = (page.now - timedelta(hours=1)).astimezone(zone).replace(second=0, microsecond=0)
    oldest = page.asking.first_known()
    if oldest is not None and oldest > usual:
        minute = timedelta(minutes=1)
        usual = (oldest + minute).astimezone(zone).replace(second=0, microsecond=0)
    key = page.filters.page
    left, right, _ = st.columns([1, 1, 3])
    with left:
        first = min(usual.date(), page.filters.today)
        day = st.date_input(
            "Then",
            first,
            key=f"{key}-day",
            min_value=EARLIEST,
            max_value=page.filters.today,
            format="YYYY-MM-DD",
        )
    with right:
        hour = st.time_input("At", usual.time(), key=f"{key}-time")
    return datetime.combine(day, hour, zone)


def _compared(page: Page, metric: Metric, by: str, earlier: Asking) -> None:
    dimension = _BY[by]
    key = BUCKET if dimension is None else dimension.name
    column = COLUMN[metric.unit]
    then = _measured(page, earlier, metric, dimension).select(key, pl.col(column).alias("then"))
    now = _measured(page, page.asking, metric, dimension).select(key, pl.col(column).alias("now"))
    frame = then.join(now, on=key, how="full", coalesce=True, nulls_equal=True).sort(key)
    differing = frame.filter(pl.col("then").ne_missing(pl.col("now")))
    told = f"{earlier.snapshot.id:,} with snapshot {page.asking.snapshot.id:,}"
    st.caption(
        f"{numbers.count(differing.height)} of {numbers.counted(frame.height, 'row')} "
        f"{'differs' if frame.height == 1 else 'differ'}, "
        f"comparing snapshot {told}."
    )
    if st.toggle("Only what differs", key=f"{page.filters.page}-differing", value=True):
        frame = differing
    if frame.is_empty() and page.filters.no_inbox:
        return
    if frame.is_empty():
        st.info("Nothing has changed since then: the same rows, the same numbers.")
        return
    form = _FORMATS[metric.unit]
    difference = (frame["now"].cast(pl.Float64) - frame["then"].cast(pl.Float64)).alias(
        "Difference"
    )
    shown = pl.DataFrame(
        {by: _names(page, by, frame[key]), "Then": frame["then"], "Now": frame["now"]}
    ).with_columns(difference)
    table = f"{page.filters.page}-{metric.name}-{by}"
    show_table(
        shown,
        {"Then": form, "Now": form, "Difference": _SIGNED[metric.unit]},
        key=table,
        said=f"{metric.title} then and now, by {by.lower()}.",
        clickable=True,
    )
    chosen = clicked_cell(table, shown)
    if chosen is None:
        st.caption("Choose a number to see the conversations behind it.")
        return
    row, side = chosen
    member, whose = frame[key][row], shown[by][row]
    period = page.filters.period
    question = (
        Question(metric, whose, period=Period.of_days(member, member, period.zone))
        if dimension is None
        else Question(metric, whose, (((dimension, member),),))
    )
    asked = structs.replace(page, asking=earlier) if side == "Then" else page
    show_behind(asked, question, key=f"{table}-{side}-{whose}")


def _measured(
    page: Page, asking: Asking, metric: Metric, dimension: Dimension | None
) -> pl.DataFrame:
    filters = page.filters
    return asking.measure(
        metric,
        filters.period,
        by=() if dimension is None else (dimension,),
        every=Every.DAY if dimension is None else None,
        only=filters.only,
        business=filters.business,
    )


def _names(page: Page, by: str, keys: pl.Series) -> list[str]:
    names = page.names
    match by:
        case "Day":
            return [f"{day:%a} {numbers.day(day)}" for day in keys]
        case "Agent":
            return [names.agent(agent) for agent in keys]
        case "Inbox":
            return [names.inbox(inbox) for inbox in keys]
        case _:
            return [names.channel(channel) for channel in keys]


THEN_AND_NOW = Report(
    "Then and now", "then_and_now", draw, by_agent=False, business=True, compares=False
)
