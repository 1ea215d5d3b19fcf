"""Conversation trends: how many customers come, when, and through which door?"""

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states
from dashboards import filters as page_filters
from dashboards.behind import Question, open_chart, table_of_numbers
from dashboards.channels import channel_name
from dashboards.headline import headline, headline_row
from dashboards.marks import lines_by, of_hours
from dashboards.page import Page, Report
from warehouse.metrics.dimensions import CHANNEL, HOUR, INBOX, WEEKDAY
from warehouse.metrics.responsiveness import UNANSWERED
from warehouse.metrics.workload import CONVERSATIONS_STARTED, CUSTOMER_MESSAGES
from warehouse.period import Every, Period
from warehouse.standard_reports import ConversationTrends

SHOWN = (CONVERSATIONS_STARTED, CUSTOMER_MESSAGES, UNANSWERED)
FORMATS = {
    "Conversations": numbers.count,
    "A day": numbers.decimal,
    "Share": numbers.share,
    "Customer messages": numbers.count,
    "Closed unanswered": numbers.count,
}


def draw(page: Page) -> None:
    """Headline numbers, conversations by day, when customers write, and a row for every inbox."""
    filters = page.filters
    trends = page.asking.conversation_trends(filters.period, only=filters.only)
    if trends.total:
        before = (
            page.asking.conversation_trends(filters.compared, only=filters.only)
            if filters.compared
            else None
        )
        _headline(page, trends, before)
        _charts(page)
        _table(page, trends)
    else:
        nearest = states.nearest(page.asking, CONVERSATIONS_STARTED, filters.period)
        states.nothing("conversation began", filters, nearest)
    states.footnote(page.asking.snapshot, page.now, page.zone, SHOWN, business=None)


def _headline(page: Page, trends: ConversationTrends, before: ConversationTrends | None) -> None:
    filters = page.filters
    difference = numbers.count_difference

    def total() -> None:
        headline(
            "Conversations",
            numbers.count(trends.total),
            difference(trends.total, before.total) if before else None,
            trends.frame["n"].to_list(),
            CONVERSATIONS_STARTED,
        )

    def average() -> None:
        headline(
            "Average a day",
            numbers.decimal(trends.average_daily),
            difference(trends.average_daily, before.average_daily) if before else None,
            [],
            CONVERSATIONS_STARTED,
        )

    def peak() -> None:
        most = trends.frame["n"].max()
        st.metric(
            "Busiest day",
            numbers.NOTHING
            if trends.peak is None
            else f"{trends.peak:%a} {numbers.day(trends.peak)}",
            numbers.counted(most if isinstance(most, int) else 0, "conversation"),
            delta_color="off",
            delta_arrow="off",
            border=True,
            height="stretch",
        )

    def messages() -> None:
        written = page.asking.measure(
            CUSTOMER_MESSAGES, filters.period, every=Every.DAY, only=filters.only
        )["n"].to_list()
        earlier = (
            page.asking.measure(CUSTOMER_MESSAGES, filters.compared, only=filters.only)["n"].item()
            if filters.compared
            else None
        )
        headline(
            "Customer messages",
            numbers.count(sum(written)),
            difference(sum(written), earlier),
            written,
            CUSTOMER_MESSAGES,
        )

    day = (
        None
        if trends.peak is None
        else Period.of_days(trends.peak, trends.peak, filters.period.zone)
    )
    busiest = "" if day is None else numbers.day(day.start)
    headline_row(
        page,
        [
            (Question(CONVERSATIONS_STARTED), total),
            (Question(CONVERSATIONS_STARTED), average),
            (Question(CONVERSATIONS_STARTED, busiest, period=day), peak),
            (Question(CUSTOMER_MESSAGES), messages),
        ],
    )


def _charts(page: Page) -> None:
    filters = page.filters
    every = page_filters.every(filters.page)
    left, right = st.columns([3, 2])
    below = st.container()
    with left:
        st.subheader(f"Conversations by {every.value}")
        lines = lines_by(page, CONVERSATIONS_STARTED, CHANNEL, channel_name, every)
        open_chart(
            page,
            charts.by_day(lines.frame, series=lines.series, every=every),
            f"Conversations begun by {every.value}, a line for each channel.",
            key=f"trends-{every.value}",
            questions=lines.questions,
            below=below,
        )
        page_filters.tell_cut(filters.period, every)
    with right:
        st.subheader("When customers write")
        written = page.asking.measure(
            CUSTOMER_MESSAGES, filters.period, by=(WEEKDAY, HOUR), only=filters.only
        )
        open_chart(
            page,
            charts.heat_map(written),
            "Customer messages by weekday and hour.",
            key="trends-written",
            questions=of_hours(CUSTOMER_MESSAGES),
            below=below,
        )


def _table(page: Page, trends: ConversationTrends) -> None:
    filters = page.filters
    frames = [
        page.asking.measure(metric, filters.period, by=(INBOX,), only=filters.only).rename(
            {"n": metric.title}
        )
        for metric in SHOWN
    ]
    frame = frames[0]
    for other in frames[1:]:
        frame = frame.join(other, on="inbox_id", how="full", coalesce=True)
    titles = [metric.title for metric in SHOWN]
    frame = frame.with_columns(pl.col(titles).fill_null(0)).sort(
        ["Conversations", "inbox_id"], descending=[True, False]
    )
    table = pl.DataFrame(
        {
            "Inbox": [page.names.inbox(inbox) for inbox in frame["inbox_id"]],
            "Conversations": frame["Conversations"],
            "A day": frame["Conversations"] / filters.period.days,
            "Share": frame["Conversations"] / trends.total,
            "Customer messages": frame["Customer messages"],
            "Closed unanswered": frame["Closed unanswered"],
        }
    )
    table_of_numbers(
        page,
        table,
        FORMATS,
        key="inboxes",
        said="Each inbox's numbers in the period.",
        metrics={
            "Conversations": CONVERSATIONS_STARTED,
            "A day": CONVERSATIONS_STARTED,
            "Share": CONVERSATIONS_STARTED,
            "Customer messages": CUSTOMER_MESSAGES,
            "Closed unanswered": UNANSWERED,
        },
        rows=[(page.names.inbox(inbox), ((INBOX, inbox),)) for inbox in frame["inbox_id"]],
    )


CONVERSATION_TRENDS = Report(
    "Conversation trends", "conversation_trends", draw, by_agent=False, business=False
)
