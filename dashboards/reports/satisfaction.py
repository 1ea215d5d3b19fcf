"""Satisfaction: what do customers say about it afterwards?"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states, visitors
from dashboards.headline import headline, headlines
from dashboards.inbox_client import InboxClient, Refused
from dashboards.page import Page, Report
from dashboards.table import show_table
from warehouse.metrics.dimensions import AGENT, RATING
from warehouse.metrics.satisfaction import CSAT, SURVEYS
from warehouse.period import Every, Period
from warehouse.report import BUCKET

SHOWN = (CSAT, SURVEYS)
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
        states.nothing("customer was asked for a rating", filters, nearest)
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=None)


def _headline(page: Page) -> None:
    answered, rate = headlines(page, CSAT, SURVEYS, spare=2)
    now, before = _counts(page, page.filters.period), None
    if page.filters.compared is not None:
        before = _counts(page, page.filters.compared)
    with answered:
        headline(
            "Answers",
            numbers.count(now[0]),
            numbers.count_difference(now[0], before[0]) if before else None,
            [],
            SURVEYS,
        )
    with rate:
        headline(
            "Response rate",
            numbers.share(now[1]),
            numbers.share_difference(now[1], before[1]) if before else None,
            [],
            CSAT,
        )


def _counts(page: Page, period: Period) -> tuple[int, float | None]:
    """Answers, and answers for each survey sent in the same days."""
    only = page.filters.only
    answers = int(page.asking.measure(CSAT, period, only=only)["n"].item())
    asked = int(page.asking.measure(SURVEYS, period, only=only)["n"].item())
    return answers, min(1.0, answers / asked) if asked else None


def _charts(page: Page) -> None:
    filters = page.filters
    left, right = st.columns([3, 2])
    with left:
        st.subheader("Satisfied by week")
        trend = page.asking.measure(
            CSAT, filters.period, every=Every.WEEK, only=filters.only
        ).drop_nulls("share")
        if trend.is_empty():
            st.caption("No answer in this period.")
        else:
            shown = trend.select(pl.col(BUCKET).alias("day"), "n", "share")
            charts.draw(charts.shares(shown), "Satisfied customers among those who answered.")
    with right:
        st.subheader("Ratings")
        rated = page.asking.measure(CSAT, filters.period, by=(RATING,), only=filters.only)
        counted = dict(rated.select("rating", "n").iter_rows())
        frame = pl.DataFrame(
            {"name": list(FACES), "n": [counted.get(rating, 0) for rating in (5, 4, 3, 2, 1)]}
        )
        charts.draw(
            charts.bars(frame, "Answers", of="Rating", ranked=False), "Answers of each rating."
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
    show_table(
        table,
        {"Satisfied": numbers.share, "Good": numbers.count, "Answers": numbers.count},
        key="rated",
        said="Each agent's ratings.",
        instead=few,
    )


def _comments(page: Page) -> None:
    """What customers wrote: words stay at the desk, so they are asked for there."""
    st.subheader("In their words")
    zone = ZoneInfo(page.zone)
    start = datetime.combine(page.filters.period.start, datetime.min.time(), zone)
    end = datetime.combine(page.filters.period.end, datetime.min.time(), zone)
    inbox = InboxClient(page.inbox_url, page.visitor.account.id, visitors.cookie() or "")
    only = page.filters.only
    place = f"&inbox_id={only.inboxes[0]}" if len(only.inboxes) == 1 else ""
    try:
        found: list[dict[str, Any]] = inbox.get(
            f"/csat_survey_responses?since={start.timestamp():.0f}&until={end.timestamp():.0f}"
            f"{place}"
        )
    except Refused as refused:
        st.caption(refused.sentence)
        return
    said = [one for one in found if one.get("feedback_message")]
    if not said:
        st.caption("Nobody wrote anything with the latest ratings.")
        return
    base = f"{page.inbox_url}/app/accounts/{page.visitor.account.id}/conversations"
    frame = pl.DataFrame(
        {
            "Conversation": [f"{base}/{one['conversation_id']}" for one in said],
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
