"""Backlog: does it grow, and at whom does it wait?"""

import polars as pl
import streamlit as st
from msgspec import structs

from dashboards import charts, numbers, states
from dashboards import filters as page_filters
from dashboards.behind import open_chart, table_of_numbers
from dashboards.headline import headline, headlines
from dashboards.marks import of_bars, of_line
from dashboards.page import Page, Report
from warehouse.metrics.dimensions import CHANNEL, INBOX, TEAM
from warehouse.metrics.metric import Dimension
from warehouse.metrics.resolution import RESOLVED
from warehouse.metrics.workload import BACKLOG, CONVERSATIONS_STARTED
from warehouse.report import BUCKET

SHOWN = (BACKLOG, CONVERSATIONS_STARTED, RESOLVED)


def draw(page: Page) -> None:
    """How many wait, how that moved, and where they wait now."""
    filters = page.filters
    begun = page.asking.measure(CONVERSATIONS_STARTED, filters.period, only=filters.only)
    waits = page.asking.measure(BACKLOG, filters.period, only=filters.only)
    if begun["n"].item() or waits["n"].item():
        done = page.asking.measure(RESOLVED, filters.period, only=filters.only)
        grown = int(begun["n"].item()) - int(done["n"].item())
        headlines(
            page,
            *SHOWN,
            extra=[
                # Of two numbers, each of which opens.
                (None, lambda: headline("Begun less resolved", f"{grown:+,}", None, [], BACKLOG))
            ],
        )
        _charts(page)
        _table(page)
    else:
        nearest = states.nearest(page.asking, CONVERSATIONS_STARTED, filters.period)
        states.nothing("conversation waited", filters, nearest)
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=None)


def _charts(page: Page) -> None:
    filters = page.filters
    every = page_filters.every(filters.page)
    left, right = st.columns([3, 2])
    below = st.container()
    with left:
        st.subheader(f"Waiting at the end of each {every.value}")
        frame = page.asking.measure(BACKLOG, filters.period, every=every, only=filters.only)
        shown = frame.select(
            pl.col(BUCKET).alias("day"), pl.lit(BACKLOG.title).alias("series"), "n"
        )
        open_chart(
            page,
            charts.by_day(shown, series=[BACKLOG.title], of="What", every=every),
            f"Conversations that wait at the end of each {every.value}.",
            key=f"backlog-{every.value}",
            questions=of_line(page, BACKLOG, shown["day"], every),
            below=below,
        )
    with right:
        st.subheader("Waiting by channel")
        found = _standing(page, CHANNEL).head(charts.MOST_BARS)
        if found.is_empty():
            st.caption("Nothing waits.")
            return
        named = pl.DataFrame(
            {"name": [page.names.channel(one) for one in found["channel"]], "n": found["n"]}
        )
        open_chart(
            page,
            charts.bars(named, "Waiting", of="Channel"),
            "Conversations that wait at the end of the period, by channel.",
            key="backlog-channels",
            questions=of_bars(
                BACKLOG, {page.names.channel(one): ((CHANNEL, one),) for one in found["channel"]}
            ),
            below=below,
        )


def _standing(page: Page, dimension: Dimension) -> pl.DataFrame:
    """How many wait at the end of the period, by one dimension, the most first."""
    filters = page.filters
    return (
        page.asking.measure(BACKLOG, filters.period, by=(dimension,), only=filters.only)
        .filter(pl.col("n") > 0)
        .sort("n", descending=True)
    )


def _table(page: Page) -> None:
    """By inbox and team, with what stood there before."""
    frame = _standing(page, INBOX)
    before = {}
    if page.filters.compared is not None:
        earlier = structs.replace(page.filters, period=page.filters.compared)
        then = _standing(structs.replace(page, filters=earlier), INBOX)
        before = dict(then.select("inbox_id", "n").iter_rows())
    left, right = st.columns(2)
    below = st.container()
    with left:
        table_of_numbers(
            page,
            pl.DataFrame(
                {
                    "Inbox": [page.names.inbox(inbox) for inbox in frame["inbox_id"]],
                    "Waiting": frame["n"],
                    "Before": [before.get(inbox, 0) for inbox in frame["inbox_id"]],
                }
            ),
            {"Waiting": numbers.count, "Before": numbers.count},
            key="backlog-inboxes",
            said="Conversations that wait in each inbox.",
            metrics={"Waiting": BACKLOG, "Before": BACKLOG},
            periods={"Before": page.filters.compared},
            rows=[(page.names.inbox(inbox), ((INBOX, inbox),)) for inbox in frame["inbox_id"]],
            below=below,
        )
    with right:
        teams = _standing(page, TEAM)
        table_of_numbers(
            page,
            pl.DataFrame(
                {
                    "Team": [page.names.team(team) for team in teams["team_id"]],
                    "Waiting": teams["n"],
                }
            ),
            {"Waiting": numbers.count},
            key="backlog-teams",
            said="Conversations that wait at each team.",
            metrics={"Waiting": BACKLOG},
            rows=[(page.names.team(team), ((TEAM, team),)) for team in teams["team_id"]],
            below=below,
        )


BACKLOG_REPORT = Report("Backlog", "backlog", draw, by_agent=False, business=False)
