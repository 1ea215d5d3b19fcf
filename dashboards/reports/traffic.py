"""Traffic: on which weekday, at which hour do customers write, and do we answer?"""

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states
from dashboards.behind import Question, open_chart, table_of_numbers
from dashboards.headline import headline, headlines
from dashboards.marks import of_hours
from dashboards.page import Page, Report
from warehouse.metrics.dimensions import HOUR, WEEKDAY
from warehouse.metrics.metric import Metric
from warehouse.metrics.resolution import RESOLVED
from warehouse.metrics.responsiveness import FIRST_RESPONSE
from warehouse.metrics.workload import CONVERSATIONS_STARTED, CUSTOMER_MESSAGES, REPLIES

SHOWN = (CONVERSATIONS_STARTED, CUSTOMER_MESSAGES, REPLIES, RESOLVED, FIRST_RESPONSE)


def draw(page: Page) -> None:
    """The busiest hour, two heat maps, and a row for every weekday."""
    filters = page.filters
    written = page.asking.measure(
        CUSTOMER_MESSAGES, filters.period, by=(WEEKDAY, HOUR), only=filters.only
    )
    if written.is_empty() or not written["n"].sum():
        nearest = states.nearest(page.asking, CUSTOMER_MESSAGES, filters.period)
        states.nothing("customer wrote", filters, nearest)
    else:
        _headline(page, written)
        _maps(page, written)
        _table(page)
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=filters.business)


def _headline(page: Page, written: pl.DataFrame) -> None:
    most = written.sort(["n", "weekday", "hour"], descending=[True, False, False]).row(
        0, named=True
    )
    hour = numbers.hour(most["weekday"], most["hour"])
    cell = ((WEEKDAY, most["weekday"]), (HOUR, most["hour"]))
    busiest = Question(CUSTOMER_MESSAGES, hour, (cell,))
    headlines(
        page,
        CUSTOMER_MESSAGES,
        REPLIES,
        CONVERSATIONS_STARTED,
        extra=[(busiest, lambda: headline("Busiest hour", hour, None, [], CUSTOMER_MESSAGES))],
    )


def _maps(page: Page, written: pl.DataFrame) -> None:
    left, right = st.columns(2)
    below = st.container()
    with left:
        st.subheader("When customers write")
        open_chart(
            page,
            charts.heat_map(written),
            "Customer messages by weekday and hour: faint is few.",
            key="written",
            questions=of_hours(CUSTOMER_MESSAGES),
            below=below,
        )
    with right:
        st.subheader("When we answer")
        replies = _by_hour(page, REPLIES)
        if replies.is_empty():
            st.caption("No reply in this period.")
            return
        open_chart(
            page,
            charts.heat_map(replies, "Replies"),
            "Replies by weekday and hour.",
            key="replied",
            questions=of_hours(REPLIES),
            below=below,
        )


def _by_hour(page: Page, metric: Metric) -> pl.DataFrame:
    filters = page.filters
    return page.asking.measure(metric, filters.period, by=(WEEKDAY, HOUR), only=filters.only)


def _table(page: Page) -> None:
    filters = page.filters
    frame = pl.DataFrame({"weekday": range(1, 8)}, schema={"weekday": pl.Int64})
    for metric in SHOWN:
        measured = page.asking.measure(
            metric,
            filters.period,
            by=(WEEKDAY,),
            only=filters.only,
            business=filters.business,
        )
        column = "median" if metric is FIRST_RESPONSE else "n"
        frame = frame.join(
            measured.select("weekday", pl.col(column).alias(metric.title)), on="weekday", how="left"
        )
    counts = [metric.title for metric in SHOWN if metric is not FIRST_RESPONSE]
    frame = frame.with_columns(pl.col(counts).fill_null(0))
    table = pl.DataFrame({"Weekday": list(numbers.WEEKDAYS)}).hstack(frame.drop("weekday"))
    table_of_numbers(
        page,
        table,
        dict.fromkeys(counts, numbers.count) | {FIRST_RESPONSE.title: numbers.duration},
        key="weekdays",
        said="Each weekday's numbers in the period.",
        metrics={metric.title: metric for metric in SHOWN},
        rows=[
            (name, ((WEEKDAY, number),)) for number, name in enumerate(numbers.WEEKDAYS, start=1)
        ],
    )


TRAFFIC = Report("Traffic", "traffic", draw, by_agent=False, business=True)
