"""SLA: do we keep what we promise?"""

from collections.abc import Callable

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards import charts, numbers, states
from dashboards.behind import open_chart, table_of_numbers
from dashboards.headline import headlines
from dashboards.marks import of_bars, of_line
from dashboards.page import Page, Report
from warehouse.metrics.dimensions import AGENT
from warehouse.metrics.metric import Dimension
from warehouse.metrics.sla import POLICY, PROMISE, SLA_MET, SLA_MISSED, SLA_PROMISES
from warehouse.period import Every
from warehouse.report import BUCKET

SHOWN = (SLA_MET, SLA_MISSED, SLA_PROMISES)
WORDS = {"frt": "First response", "nrt": "Next response", "rt": "Resolution"}


def draw(page: Page) -> None:
    """What was kept and missed, by week, by promise, by policy and by agent."""
    filters = page.filters
    if page.asking.measure(SLA_PROMISES, filters.period, only=filters.only)["n"].item():
        headlines(page, *SHOWN)
        left, right = st.columns(2)
        below = st.container()
        with left:
            _by_week(page, below)
        with right:
            _by_promise(page, below)
        _by_policy(page)
        _by_agent(page)
    else:
        nearest = states.nearest(page.asking, SLA_PROMISES, filters.period)
        states.nothing(
            "promise of an SLA policy was kept or missed",
            filters,
            nearest,
            how="Promises begin with a policy: see Service levels in the inbox's settings.",
        )
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=None)


def _by_week(page: Page, below: DeltaGenerator) -> None:
    st.subheader("Met, by week")
    filters = page.filters
    trend = page.asking.measure(
        SLA_MET, filters.period, every=Every.WEEK, only=filters.only
    ).drop_nulls("share")
    shown = trend.select(pl.col(BUCKET).alias("day"), "n", "share")
    open_chart(
        page,
        charts.shares(shown),
        "Promises that were kept, among all decided, by week.",
        key="met-by-week",
        questions=of_line(page, SLA_MET, shown["day"], Every.WEEK),
        below=below,
    )


def _by_promise(page: Page, below: DeltaGenerator) -> None:
    st.subheader("Missed, by promise")
    filters = page.filters
    frame = page.asking.measure(SLA_MISSED, filters.period, by=(PROMISE,), only=filters.only)
    if frame.is_empty():
        st.caption("Nothing was missed.")
        return
    missed = dict(frame.select("promise", "n").iter_rows())
    shown = pl.DataFrame(
        {"name": list(WORDS.values()), "n": [missed.get(promise, 0) for promise in WORDS]}
    ).filter(pl.col("n") > 0)
    open_chart(
        page,
        charts.bars(shown, "Missed", of="Promise"),
        "Promises that were missed, by kind.",
        key="missed-by-promise",
        questions=of_bars(
            SLA_MISSED,
            {
                name: ((PROMISE, promise),)
                for promise, name in WORDS.items()
                if name in set(shown["name"])
            },
        ),
        below=below,
    )


def _by_policy(page: Page) -> None:
    st.subheader("By policy")
    _table(page, "Policy", POLICY, page.names.sla_policy)


def _by_agent(page: Page) -> None:
    st.subheader("By agent")
    _table(page, "Agent", AGENT, page.names.agent)


def _split(page: Page, by: Dimension) -> pl.DataFrame:
    filters = page.filters
    met = page.asking.measure(SLA_MET, filters.period, by=(by,), only=filters.only)
    return met.sort("n", descending=True)


def _table(page: Page, of: str, by: Dimension, name: Callable[[int | None], str]) -> None:
    frame = _split(page, by)
    members: list[int | None] = frame[by.name].to_list()
    table = pl.DataFrame(
        {
            of: [name(member) for member in members],
            "Promises": frame["n"],
            "Missed": frame["n"] - frame["good"],
            "Met": frame["share"],
        }
    )
    few = {
        (row, "Met"): numbers.share_of(int(good), int(n))
        for row, (good, n) in enumerate(frame.select("good", "n").iter_rows())
        if 0 < n < numbers.FEW
    }
    table_of_numbers(
        page,
        table,
        {"Promises": numbers.count, "Missed": numbers.count, "Met": numbers.share},
        key=f"sla-{of.lower()}",
        said=f"What was promised and kept, by {of.lower()}.",
        metrics={"Promises": SLA_PROMISES, "Missed": SLA_MISSED, "Met": SLA_MET},
        rows=[(name(member), ((by, member),)) for member in members],
        instead=few,
    )


SLA = Report("SLA", "sla", draw, by_agent=True, business=False)
