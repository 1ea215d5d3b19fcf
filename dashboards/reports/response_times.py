"""Response times: how are they spread, and for whom are they long?"""

from collections.abc import Callable

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states
from dashboards.behind import open_chart, table_of_numbers
from dashboards.headline import headlines
from dashboards.marks import of_bars, of_line
from dashboards.page import Page, Report
from warehouse.distribution import band_of
from warehouse.metrics.dimensions import INBOX
from warehouse.metrics.metric import Metric
from warehouse.metrics.resolution import FULL_RESOLUTION
from warehouse.metrics.responsiveness import FIRST_RESPONSE, NEXT_REPLY, UNANSWERED
from warehouse.period import Every
from warehouse.report import BUCKET

SHOWN = (FIRST_RESPONSE, NEXT_REPLY, FULL_RESOLUTION, UNANSWERED)
DURATIONS: tuple[Metric, ...] = (FIRST_RESPONSE, NEXT_REPLY, FULL_RESOLUTION)

EDGES = (60, 300, 900, 3600, 4 * 3600, 8 * 3600, 86_400, 3 * 86_400)
BANDS = (
    "under 1 min",
    "1 to 5 min",
    "5 to 15 min",
    "15 to 60 min",
    "1 to 4 h",
    "4 to 8 h",
    "8 to 24 h",
    "1 to 3 d",
    "over 3 d",
)


def draw(page: Page) -> None:
    """Headlines, the spread of one duration, its median by day, and a row for every inbox."""
    filters = page.filters
    answered = page.asking.measure(FIRST_RESPONSE, filters.period, only=filters.only)["n"].item()
    left_alone = page.asking.measure(UNANSWERED, filters.period, only=filters.only)["n"].item()
    if answered or left_alone:
        headlines(page, *SHOWN)
        titles = {metric.title: metric for metric in DURATIONS}
        chosen = st.segmented_control(
            "Duration",
            list(titles),
            default=FIRST_RESPONSE.title,
            required=True,
            label_visibility="collapsed",
            key=f"{filters.page}-duration",
        )
        metric = titles[chosen or FIRST_RESPONSE.title]
        _charts(page, metric)
        _table(page, metric)
    else:
        nearest = states.nearest(page.asking, FIRST_RESPONSE, filters.period)
        states.nothing("conversation was answered", filters, nearest)
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=filters.business)


def _charts(page: Page, metric: Metric) -> None:
    filters = page.filters
    left, right = st.columns(2)
    below = st.container()
    with left:
        st.subheader(f"{metric.title}: how many took how long")
        spread = page.asking.distribution(
            metric, filters.period, EDGES, only=filters.only, business=filters.business
        )
        shown = pl.DataFrame({"name": list(BANDS), "n": spread["n"]})
        band = band_of(metric, EDGES, business=filters.business)
        open_chart(
            page,
            charts.bars(shown, "Conversations", of="Time", ranked=False),
            f"How many values of {metric.title} fall into each band of time.",
            key=f"bands-{metric.name}",
            questions=of_bars(
                metric, {name: ((band, number),) for number, name in enumerate(BANDS)}
            ),
            below=below,
        )
    with right:
        st.subheader(f"{metric.title} by day")
        trend = page.asking.measure(
            metric,
            filters.period,
            every=Every.DAY,
            only=filters.only,
            business=filters.business,
        )
        frame = trend.drop_nulls("median").select(
            pl.col(BUCKET).alias("day"), "n", pl.col("median").alias("Median"), "p90"
        )
        if frame.is_empty():
            st.caption("No value in this period.")
        else:
            open_chart(
                page,
                charts.median_and_p90(frame),
                f"Median and 90th percentile of {metric.title} by day.",
                key=f"by-day-{metric.name}",
                questions=of_line(page, metric, frame["day"], Every.DAY),
                below=below,
            )


def _table(page: Page, metric: Metric) -> None:
    filters = page.filters
    frame = page.asking.measure(
        metric, filters.period, by=(INBOX,), only=filters.only, business=filters.business
    ).sort("n", descending=True)
    table = pl.DataFrame(
        {
            "Inbox": [page.names.inbox(inbox) for inbox in frame["inbox_id"]],
            "Counted": frame["n"],
            "Median": frame["median"],
            "Mean": frame["mean"],
            "p90": frame["p90"],
        }
    )
    formats: dict[str, Callable[[float | None], str]] = {"Counted": numbers.count}
    formats |= dict.fromkeys(("Median", "Mean", "p90"), numbers.duration)
    table_of_numbers(
        page,
        table,
        formats,
        key="spread",
        said=f"{metric.title} of each inbox.",
        metrics={"Counted": metric},
        rows=[(page.names.inbox(inbox), ((INBOX, inbox),)) for inbox in frame["inbox_id"]],
    )


RESPONSE_TIMES = Report("Response times", "response_times", draw, by_agent=True, business=True)
