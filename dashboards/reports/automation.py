"""Automation: what do rules take off people's hands?"""

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states
from dashboards.behind import open_chart, table_of_numbers
from dashboards.headline import headlines
from dashboards.marks import lines_of, of_line
from dashboards.page import Page, Report
from warehouse.metrics.automation import AUTOMATIC_MESSAGES, RESOLVED_BY_RULE, RULE_CHANGES
from warehouse.metrics.dimensions import RULE
from warehouse.metrics.workload import REPLIES
from warehouse.period import Every
from warehouse.report import BUCKET

SHOWN = (RESOLVED_BY_RULE, RULE_CHANGES, AUTOMATIC_MESSAGES, REPLIES)


def draw(page: Page) -> None:
    """The share rules resolved, what they wrote beside what people wrote, and each rule's part."""
    filters = page.filters
    counted = [
        page.asking.measure(metric, filters.period, only=filters.only)["n"].item()
        for metric in (RULE_CHANGES, AUTOMATIC_MESSAGES)
    ]
    if any(counted):
        headlines(page, *SHOWN)
        _charts(page)
        _table(page)
    else:
        nearest = states.nearest(page.asking, AUTOMATIC_MESSAGES, filters.period)
        states.nothing(
            "rule did anything",
            filters,
            nearest,
            how="Rules are made under Automation in the inbox's settings.",
        )
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=None)


def _charts(page: Page) -> None:
    filters = page.filters
    left, right = st.columns([3, 2])
    below = st.container()
    with left:
        st.subheader("Who wrote to customers, by day")
        lines = lines_of(page, {"People": REPLIES, "Automatic": AUTOMATIC_MESSAGES})
        open_chart(
            page,
            charts.by_day(lines.frame, series=lines.series, what="Messages", of="Who"),
            "Messages by people and by automation, by day.",
            key="automation-by-day",
            questions=lines.questions,
            below=below,
        )
    with right:
        st.subheader("Resolved by rules, by week")
        trend = page.asking.measure(
            RESOLVED_BY_RULE, filters.period, every=Every.WEEK, only=filters.only
        ).drop_nulls("share")
        if trend.is_empty():
            st.caption("No conversation was resolved in this period.")
            return
        open_chart(
            page,
            charts.shares(trend.select(pl.col(BUCKET).alias("day"), "n", "share")),
            "The share of moves to resolved that rules made, by week.",
            key="resolved-by-rules",
            questions=of_line(page, RESOLVED_BY_RULE, trend[BUCKET], Every.WEEK),
            below=below,
        )


def _table(page: Page) -> None:
    filters = page.filters
    frame = page.asking.measure(RULE_CHANGES, filters.period, by=(RULE,), only=filters.only).sort(
        "n", descending=True
    )
    if frame.is_empty():
        st.caption("No rule changed a status in this period.")
        return
    table_of_numbers(
        page,
        pl.DataFrame(
            {
                "Rule": [page.names.rule(rule) for rule in frame["actor_id"]],
                "Status changes": frame["n"],
            }
        ),
        {"Status changes": numbers.count},
        key="rules",
        said="How many statuses each rule changed.",
        metrics={"Status changes": RULE_CHANGES},
        rows=[(page.names.rule(rule), ((RULE, rule),)) for rule in frame["actor_id"]],
    )


AUTOMATION = Report("Automation", "automation", draw, by_agent=False, business=False)
