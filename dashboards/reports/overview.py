"""Overview: how did the desk do, compared with the time before?"""

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states
from dashboards.behind import Question, open_chart, show_behind
from dashboards.channels import channel_name
from dashboards.headline import COLUMN, difference, headlines, titled, told
from dashboards.marks import lines_of, of_bars
from dashboards.page import Page, Report
from dashboards.table import clicked_cell, show_table
from warehouse.metrics.dimensions import CHANNEL
from warehouse.metrics.metric import Better
from warehouse.metrics.resolution import FIRST_RESOLUTION, FULL_RESOLUTION, RESOLVED
from warehouse.metrics.responsiveness import FIRST_RESPONSE, NEXT_REPLY, UNANSWERED
from warehouse.metrics.satisfaction import CSAT, SURVEYS
from warehouse.metrics.workload import CONVERSATIONS_STARTED, CUSTOMER_MESSAGES, REPLIES

SHOWN = (
    CONVERSATIONS_STARTED,
    CUSTOMER_MESSAGES,
    REPLIES,
    RESOLVED,
    UNANSWERED,
    FIRST_RESPONSE,
    NEXT_REPLY,
    FIRST_RESOLUTION,
    FULL_RESOLUTION,
    SURVEYS,
    CSAT,
)
_JUDGED = {
    Better.HIGHER: ("better", "worse"),
    Better.LOWER: ("worse", "better"),
    Better.NEITHER: ("", ""),
}


def draw(page: Page) -> None:
    """Four headlines, what came in against what was done, and every number beside its past."""
    filters = page.filters
    begun = page.asking.measure(CONVERSATIONS_STARTED, filters.period, only=filters.only)
    done = page.asking.measure(RESOLVED, filters.period, only=filters.only)
    if begun["n"].item() or done["n"].item():
        headlines(page, CONVERSATIONS_STARTED, FIRST_RESPONSE, RESOLVED, CSAT)
        _charts(page)
        _table(page)
    else:
        nearest = states.nearest(page.asking, CONVERSATIONS_STARTED, filters.period)
        states.nothing("conversation began or was resolved", filters, nearest)
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=filters.business)


def _charts(page: Page) -> None:
    filters = page.filters
    left, right = st.columns([3, 2])
    below = st.container()
    with left:
        st.subheader("Begun and resolved by day")
        lines = lines_of(page, {"Begun": CONVERSATIONS_STARTED, "Resolved": RESOLVED})
        open_chart(
            page,
            charts.by_day(lines.frame, series=lines.series, of="What"),
            "Conversations begun and resolved by day.",
            key="overview-by-day",
            questions=lines.questions,
            below=below,
        )
    with right:
        st.subheader("Conversations by channel")
        frame = (
            page.asking.measure(
                CONVERSATIONS_STARTED, filters.period, by=(CHANNEL,), only=filters.only
            )
            .sort("n", descending=True)
            .head(charts.MOST_BARS)
        )
        if frame.is_empty():
            st.caption("No conversation began in this period.")
            return
        named = pl.DataFrame(
            {"name": [channel_name(channel) for channel in frame["channel"]], "n": frame["n"]}
        )
        open_chart(
            page,
            charts.bars(named, "Conversations", of="Channel"),
            "Conversations begun through each channel.",
            key="overview-channels",
            questions=of_bars(
                CONVERSATIONS_STARTED,
                {channel_name(one): ((CHANNEL, one),) for one in frame["channel"]},
            ),
            below=below,
        )


def _table(page: Page) -> None:
    """A row for every number: now, before, and whether that is better."""
    filters = page.filters
    rows: list[dict[str, str]] = []
    for metric in SHOWN:
        now = page.asking.measure(
            metric, filters.period, only=filters.only, business=filters.business
        ).row(0, named=True)
        row = {"Number": titled(metric), "Now": told(metric, now)}
        if filters.compared is not None:
            before = page.asking.measure(
                metric, filters.compared, only=filters.only, business=filters.business
            ).row(0, named=True)
            column = COLUMN[metric.unit]
            change = difference(metric, now, before)
            rise = (now[column] or 0) > (before[column] or 0)
            rose, fell = _JUDGED[metric.better]
            moved = change is not None and change != numbers.SAME
            judged = (rose if rise else fell) if moved else ""
            row |= {
                "Before": told(metric, before),
                "Change": change or numbers.NOTHING,
                "Better or worse": judged,
            }
        rows.append(row)
    key = "everything"
    frame = pl.DataFrame(rows)
    show_table(
        frame,
        {},
        key=key,
        said="Every number of the period beside the period before.",
        figures=("Now", "Before", "Change"),
        clickable=True,
    )
    chosen = clicked_cell(key, frame)
    if chosen is None:
        st.caption("Choose a number to see the conversations behind it.")
    else:
        number, column = chosen
        earlier = column == "Before"
        question = Question(SHOWN[number], period=filters.compared if earlier else None)
        show_behind(page, question, key=f"{key}-{number}-{earlier}")
    with st.expander("What each number counts"):
        st.markdown("\n".join(f"- **{metric.title}**: {metric.counts}" for metric in SHOWN))


OVERVIEW = Report("Overview", "overview", draw, by_agent=True, business=True)
