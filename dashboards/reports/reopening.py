"""Reopening: is what we resolve resolved?"""

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards import charts, numbers, states
from dashboards.behind import open_chart, table_of_numbers
from dashboards.headline import headlines
from dashboards.marks import of_line
from dashboards.page import Page, Report
from warehouse.metrics.dimensions import AGENT
from warehouse.metrics.metric import Metric
from warehouse.metrics.resolution import ONE_TOUCH, REOPENED, RESOLVED
from warehouse.period import Every
from warehouse.report import BUCKET

SHOWN = (RESOLVED, REOPENED, ONE_TOUCH)


def draw(page: Page) -> None:
    """How often customers came back, how often one reply was enough, by week and by agent."""
    filters = page.filters
    resolved = page.asking.measure(RESOLVED, filters.period, only=filters.only)["n"].item()
    if resolved:
        headlines(page, *SHOWN)
        left, right = st.columns(2)
        below = st.container()
        with left:
            _trend(page, REOPENED, "Reopened by customers, by week", below)
        with right:
            _trend(page, ONE_TOUCH, "Done with one reply, by week", below)
        _table(page)
    else:
        nearest = states.nearest(page.asking, RESOLVED, filters.period)
        states.nothing("conversation was resolved", filters, nearest)
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=None)


def _trend(page: Page, metric: Metric, title: str, below: DeltaGenerator) -> None:
    st.subheader(title)
    filters = page.filters
    trend = page.asking.measure(
        metric, filters.period, every=Every.WEEK, only=filters.only
    ).drop_nulls("share")
    if trend.is_empty():
        st.caption("Not yet known: seven days have to pass after a conversation was resolved.")
        return
    shown = trend.select(pl.col(BUCKET).alias("day"), "n", "share")
    open_chart(
        page,
        charts.shares(shown),
        f"{metric.title}, among the resolved, by week.",
        key=f"by-week-{metric.name}",
        questions=of_line(page, metric, shown["day"], Every.WEEK),
        below=below,
    )


def _table(page: Page) -> None:
    filters = page.filters
    resolved, reopened, one_touch = (
        page.asking.measure(metric, filters.period, by=(AGENT,), only=filters.only)
        for metric in SHOWN
    )
    frame = (
        resolved.join(
            reopened.select("agent_id", "share", "good", pl.col("n").alias("moves")),
            on="agent_id",
            how="left",
            nulls_equal=True,
        )
        .join(
            one_touch.select("agent_id", pl.col("share").alias("touch")),
            on="agent_id",
            how="left",
            nulls_equal=True,
        )
        .sort("n", descending=True)
    )
    table = pl.DataFrame(
        {
            "Agent": [page.names.agent(agent) for agent in frame["agent_id"]],
            "Resolved": frame["n"],
            "Reopened": frame["share"],
            "One-touch": frame["touch"],
        }
    )
    few = {
        (row, "Reopened"): numbers.share_of(int(good or 0), int(moves or 0))
        for row, (good, moves) in enumerate(frame.select("good", "moves").iter_rows())
        if 0 < (moves or 0) < numbers.FEW
    }
    table_of_numbers(
        page,
        table,
        {"Resolved": numbers.count, "Reopened": numbers.share, "One-touch": numbers.share},
        key="reopened",
        said="How often each agent's resolved conversations came back.",
        metrics={"Resolved": RESOLVED, "Reopened": REOPENED, "One-touch": ONE_TOUCH},
        rows=[(page.names.agent(agent), ((AGENT, agent),)) for agent in frame["agent_id"]],
        instead=few,
    )


REOPENING = Report("Reopening", "reopening", draw, by_agent=True, business=False)
