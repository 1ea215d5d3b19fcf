"""Satisfaction: what do customers say about it afterwards?"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states, visitors
from dashboards.behind import Question, open_chart, table_of_numbers
from dashboards.headline import headline, headlines
from dashboards.inbox_client import InboxClient, Refused
from dashboards.marks import of_bars, of_line
from dashboards.page import Page, Report
from dashboards.table import show_table
from warehouse.metrics.dimensions import AGENT, RATING
from warehouse.metrics.satisfaction import CSAT, SURVEYS
from warehouse.period import Every, Period
from warehouse.report import BUCKET

SHOWN = (CSAT, SURVEYS)
MOST_PAGES = 8
PAGE = 25
"""Of the inbox's lists."""
FACES = ("5 · excellent", "4 · good", "3 · fair", "2 · poor", "1 · bad")


def draw(page: Page) -> None:
    """How satisfied and how many answered, the ratings, by day, by agent, and in their words."""
    filters = page.filters
    answers = page.asking.measure(CSAT, filters.period, only=filters.only)["n"].item()
    if answers or page.asking.measure(SURVEYS, filters.period, only=filters.only)["n"].item():
        _headline(page)
        _charts(page)
        _table(page)
        _comments(page)
    else:
        nearest = states.nearest(page.asking, CSAT, filters.period)
        states.nothing(
            "customer was asked for a rating",
            filters,
            nearest,
            how="An inbox whose survey is switched on asks when a conversation is resolved.",
        )
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=None)


def _headline(page: Page) -> None:
    now, before = _counts(page, page.filters.period), None
    if page.filters.compared is not None:
        before = _counts(page, page.filters.compared)

    def answered() -> None:
        headline(
            "Answers",
            numbers.count(now[0]),
            numbers.count_difference(now[0], before[0]) if before else None,
            [],
            SURVEYS,
        )

    def rate() -> None:
        headline(
            "Response rate",
            numbers.share(now[1]),
            numbers.share_difference(now[1], before[1]) if before else None,
            [],
            CSAT,
        )

    extra = [(Question(CSAT, "answers"), answered), (Question(SURVEYS, "asked"), rate)]
    headlines(page, CSAT, SURVEYS, extra=extra)


def _counts(page: Page, period: Period) -> tuple[int, float | None]:
    """Answers, and answers for each survey sent in the same days."""
    only = page.filters.only
    answers = int(page.asking.measure(CSAT, period, only=only)["n"].item())
    asked = int(page.asking.measure(SURVEYS, period, only=only)["n"].item())
    return answers, min(1.0, answers / asked) if asked else None


def _charts(page: Page) -> None:
    filters = page.filters
    left, right = st.columns([3, 2])
    below = st.container()
    with left:
        st.subheader("Satisfied by week")
        trend = page.asking.measure(
            CSAT, filters.period, every=Every.WEEK, only=filters.only
        ).drop_nulls("share")
        if trend.is_empty():
            st.caption("No answer in this period.")
        else:
            shown = trend.select(pl.col(BUCKET).alias("day"), "n", "share")
            open_chart(
                page,
                charts.shares(shown),
                "Satisfied customers among those who answered, by week.",
                key="satisfied-by-week",
                questions=of_line(page, CSAT, shown["day"], Every.WEEK),
                below=below,
            )
    with right:
        st.subheader("Ratings")
        rated = page.asking.measure(CSAT, filters.period, by=(RATING,), only=filters.only)
        counted = dict(rated.select("rating", "n").iter_rows())
        frame = pl.DataFrame(
            {"name": list(FACES), "n": [counted.get(rating, 0) for rating in (5, 4, 3, 2, 1)]}
        )
        open_chart(
            page,
            charts.bars(frame, "Answers", of="Rating", ranked=False),
            "Answers of each rating.",
            key="ratings",
            questions=of_bars(CSAT, {name: ((RATING, int(name[0])),) for name in FACES}),
            below=below,
        )


def _table(page: Page) -> None:
    filters = page.filters
    frame = page.asking.measure(CSAT, filters.period, by=(AGENT,), only=filters.only).sort(
        "n", descending=True
    )
    if frame.is_empty():
        return
    table = pl.DataFrame(
        {
            "Agent": [page.names.agent(agent) for agent in frame["agent_id"]],
            "Satisfied": frame["share"],
            "Good": frame["good"],
            "Answers": frame["n"],
        }
    )
    few = {
        (row, "Satisfied"): numbers.share_of(int(good), int(n))
        for row, (good, n) in enumerate(frame.select("good", "n").iter_rows())
        if 0 < n < numbers.FEW
    }
    table_of_numbers(
        page,
        table,
        {"Satisfied": numbers.share, "Good": numbers.count, "Answers": numbers.count},
        key="rated",
        said="Each agent's ratings.",
        metrics={"Satisfied": CSAT},
        rows=[(page.names.agent(agent), ((AGENT, agent),)) for agent in frame["agent_id"]],
        instead=few,
    )


def _comments(page: Page) -> None:
    """What customers wrote: words stay at the desk, so they are asked for there."""
    st.subheader("In their words")
    zone = ZoneInfo(page.zone)
    start = datetime.combine(page.filters.period.start, datetime.min.time(), zone)
    end = datetime.combine(page.filters.period.end, datetime.min.time(), zone)
    inbox = InboxClient(page.inbox_url, page.visitor.account.id, visitors.cookie() or "")
    path = f"/csat_survey_responses?since={start.timestamp():.0f}&until={end.timestamp():.0f}"
    found: list[dict[str, Any]] = []
    try:
        for number in range(1, MOST_PAGES + 1):
            part = inbox.get(f"{path}&page={number}")
            found += part
            if len(part) < PAGE:
                break
    except Refused as refused:
        st.caption(refused.sentence)
        return
    # The desk knows fewer filters than the page: what the page counts says whose words belong here.
    counted = page.asking.behind(
        CSAT, page.filters.period, only=page.filters.only, cell=(), business=False
    )
    meant = set(counted["display_id"])
    said = [one for one in found if one.get("feedback_message") and one["conversation_id"] in meant]
    if not said:
        st.caption("Nobody wrote anything with the latest ratings.")
        return
    frame = pl.DataFrame(
        {
            "Conversation": [page.conversation_url(one["conversation_id"]) for one in said],
            "Rating": [one["rating"] for one in said],
            "Comment": [one["feedback_message"] for one in said],
            "When": [_when(one["created_at"], zone) for one in said],
        }
    )
    show_table(
        frame,
        {"Rating": numbers.count},
        links={"Conversation": r"conversations/(\d+)"},
        key="comments",
        said="What customers wrote with their ratings.",
    )


def _when(seconds: int, zone: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(seconds, zone):%-d %b %Y, %H:%M}"


SATISFACTION = Report("Satisfaction", "satisfaction", draw, by_agent=False, business=False)
