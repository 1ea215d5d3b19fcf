"""Bots: whom do they meet, and when do they need a person?"""

from functools import partial

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states
from dashboards.behind import Question, open_chart, table_of_numbers
from dashboards.headline import headline, headlines
from dashboards.marks import lines_of, of_line
from dashboards.page import Page, Report
from warehouse.metrics.automation import BOT_MESSAGES, MET_BY_BOT
from warehouse.metrics.dimensions import INBOX
from warehouse.metrics.responsiveness import BOT_HANDOFF
from warehouse.period import Every, Period
from warehouse.report import BUCKET

SHOWN = (MET_BY_BOT, BOT_HANDOFF, BOT_MESSAGES)


def draw(page: Page) -> None:
    """How many they met and handed over, by day and by inbox."""
    filters = page.filters
    met = page.asking.measure(MET_BY_BOT, filters.period, only=filters.only)["n"].item()
    if met:
        headlines(page, *SHOWN, extra=[(Question(BOT_HANDOFF), partial(_handed_over, page))])
        _charts(page)
        _table(page)
    else:
        nearest = states.nearest(page.asking, MET_BY_BOT, filters.period)
        states.nothing(
            "conversation was met by a bot",
            filters,
            nearest,
            how="A bot that is set to an inbox meets its customers first.",
        )
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=filters.business)


def _handed_over(page: Page) -> None:
    filters = page.filters
    now = _rate(page, filters.period)
    before = None if filters.compared is None else _rate(page, filters.compared)
    difference = numbers.share_difference(now, before)
    headline("Handed over", numbers.share(now), difference, [], BOT_HANDOFF)


def _rate(page: Page, period: Period) -> float | None:
    """Hand-offs of the period for each conversation a bot met in it."""
    only = page.filters.only
    met = int(page.asking.measure(MET_BY_BOT, period, only=only)["n"].item())
    given = int(page.asking.measure(BOT_HANDOFF, period, only=only)["n"].item())
    return min(1.0, given / met) if met else None


def _charts(page: Page) -> None:
    filters = page.filters
    left, right = st.columns([3, 2])
    below = st.container()
    with left:
        st.subheader("Met and handed over by day")
        lines = lines_of(page, {"Met by a bot": MET_BY_BOT, "Handed over": BOT_HANDOFF})
        open_chart(
            page,
            charts.by_day(lines.frame, series=lines.series, of="What"),
            "Conversations met by a bot and handed over to people, by day.",
            key="bots-by-day",
            questions=lines.questions,
            below=below,
        )
    with right:
        st.subheader("Time with the bot, by day")
        trend = page.asking.measure(
            BOT_HANDOFF,
            filters.period,
            every=Every.DAY,
            only=filters.only,
            business=filters.business,
        )
        shown = trend.drop_nulls("median").select(
            pl.col(BUCKET).alias("day"), "n", pl.col("median").alias("Median"), "p90"
        )
        if shown.is_empty():
            st.caption("No hand-off in this period.")
        else:
            open_chart(
                page,
                charts.median_and_p90(shown),
                "How long bots kept what they handed over, by day.",
                key="time-with-bots",
                questions=of_line(page, BOT_HANDOFF, shown["day"], Every.DAY),
                below=below,
            )


def _table(page: Page) -> None:
    filters = page.filters
    met, given = (
        page.asking.measure(metric, filters.period, by=(INBOX,), only=filters.only)
        for metric in (MET_BY_BOT, BOT_HANDOFF)
    )
    frame = met.join(
        given.select("inbox_id", pl.col("n").alias("given"), "median"), on="inbox_id", how="left"
    ).sort("n", descending=True)
    table_of_numbers(
        page,
        pl.DataFrame(
            {
                "Inbox": [page.names.inbox(inbox) for inbox in frame["inbox_id"]],
                "Met by a bot": frame["n"],
                "Handed over": frame["given"].fill_null(0),
                "Time with the bot": frame["median"],
            }
        ),
        {
            "Met by a bot": numbers.count,
            "Handed over": numbers.count,
            "Time with the bot": numbers.duration,
        },
        key="bots",
        said="What bots did in each inbox.",
        metrics={
            "Met by a bot": MET_BY_BOT,
            "Handed over": BOT_HANDOFF,
            "Time with the bot": BOT_HANDOFF,
        },
        rows=[(page.names.inbox(inbox), ((INBOX, inbox),)) for inbox in frame["inbox_id"]],
    )


BOTS = Report("Bots", "bots", draw, by_agent=False, business=True)
