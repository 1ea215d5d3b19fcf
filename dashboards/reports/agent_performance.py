"""Agent performance: how fast and how well are customers served, and who carries how much?"""

from collections.abc import Callable

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states
from dashboards.behind import open_chart, table_of_numbers
from dashboards.headline import headlines
from dashboards.marks import of_bars, of_line
from dashboards.page import Page, Report
from warehouse.metrics.dimensions import AGENT
from warehouse.metrics.resolution import FULL_RESOLUTION, RESOLVED
from warehouse.metrics.responsiveness import FIRST_RESPONSE, NEXT_REPLY
from warehouse.metrics.satisfaction import CSAT
from warehouse.metrics.workload import ASSIGNED
from warehouse.period import Every
from warehouse.report import BUCKET

SHOWN = (ASSIGNED, RESOLVED, FIRST_RESPONSE, FULL_RESOLUTION, NEXT_REPLY, CSAT)
COLUMNS = {
    "Assigned": "total_conversations",
    "Resolved": "resolved_conversations",
    "First response": "median_first_response_time",
    "Resolution": "median_resolution_time",
    "Reply time": "median_reply_time",
    "Satisfied": "csat_score",
    "Answers": "csat_n",
}
COUNTED = {
    "Assigned": ASSIGNED,
    "Resolved": RESOLVED,
    "First response": FIRST_RESPONSE,
    "Resolution": FULL_RESOLUTION,
    "Reply time": NEXT_REPLY,
    "Satisfied": CSAT,
    "Answers": CSAT,
}
FORMATS: dict[str, Callable[[float | None], str]] = {
    "Assigned": numbers.count,
    "Resolved": numbers.count,
    "First response": numbers.duration,
    "Resolution": numbers.duration,
    "Reply time": numbers.duration,
    "Satisfied": numbers.share,
    "Answers": numbers.count,
}


def draw(page: Page) -> None:
    """Headline numbers, how fast by day, who resolved, and a row for every agent."""
    filters = page.filters
    report = page.asking.agent_performance(
        filters.period, only=filters.only, business=filters.business
    )
    worked = report.frame.filter(pl.any_horizontal(pl.col(*_counts(report.frame)) > 0)).height
    if worked:
        headlines(page, FIRST_RESPONSE, RESOLVED, FULL_RESOLUTION, CSAT)
        _charts(page, report.frame)
        _table(page, report.frame)
    else:
        nearest = states.nearest(page.asking, RESOLVED, filters.period)
        states.nothing("conversation was answered or resolved", filters, nearest)
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=filters.business)


def _charts(page: Page, frame: pl.DataFrame) -> None:
    filters = page.filters
    left, right = st.columns([3, 2])
    below = st.container()
    with left:
        trend = page.asking.measure(
            FIRST_RESPONSE,
            filters.period,
            every=Every.DAY,
            only=filters.only,
            business=filters.business,
        )
        st.subheader("First response by day")
        shown = trend.drop_nulls("median").select(
            pl.col(BUCKET).alias("day"), "n", pl.col("median").alias("Median"), "p90"
        )
        if shown.is_empty():
            st.caption("No first response in this period.")
        else:
            open_chart(
                page,
                charts.median_and_p90(shown),
                "Median and 90th percentile of the first response by day.",
                key="first-response-by-day",
                questions=of_line(page, FIRST_RESPONSE, shown["day"], Every.DAY),
                below=below,
            )
    with right:
        st.subheader("Resolved by agent")
        most = (
            frame.filter(pl.col("resolved_conversations") > 0)
            .sort("resolved_conversations", descending=True)
            .head(charts.MOST_BARS)
        )
        if most.is_empty():
            st.caption("No conversation was resolved in this period.")
            return
        named = pl.DataFrame(
            {
                "name": [page.names.agent(agent) for agent in most["agent_id"]],
                "n": most["resolved_conversations"],
            }
        )
        open_chart(
            page,
            charts.bars(named, "Resolved"),
            "Resolved conversations of each agent.",
            key="resolved-by-agent",
            questions=of_bars(
                RESOLVED, {page.names.agent(one): ((AGENT, one),) for one in most["agent_id"]}
            ),
            below=below,
        )


def _table(page: Page, frame: pl.DataFrame) -> None:
    table = pl.DataFrame(
        {
            "Agent": [page.names.agent(agent) for agent in frame["agent_id"]],
            **{title: frame[column] for title, column in COLUMNS.items()},
        }
    )
    few = {
        (row, "Satisfied"): numbers.share_of(round(share * n), n)
        for row, (share, n) in enumerate(frame.select("csat_score", "csat_n").iter_rows())
        if 0 < n < numbers.FEW
    }
    table_of_numbers(
        page,
        table,
        FORMATS,
        key="agents",
        said="Each agent's numbers in the period.",
        metrics=COUNTED,
        rows=[(page.names.agent(agent), ((AGENT, agent),)) for agent in frame["agent_id"]],
        instead=few,
    )


def _counts(frame: pl.DataFrame) -> list[str]:
    return [name for name in frame.columns if name.endswith(("_n", "_conversations"))]


AGENT_PERFORMANCE = Report(
    "Agent performance", "agent_performance", draw, by_agent=True, business=True
)
