"""The page of one dimension: the account's numbers split by team, inbox, label or channel."""

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl
import streamlit as st
from msgspec import Struct
from streamlit.delta_generator import DeltaGenerator

from dashboards import charts, numbers, states
from dashboards.behind import open_chart, table_of_numbers
from dashboards.headline import COLUMN, headlines
from dashboards.marks import lines_by, of_bars
from dashboards.names import Names
from dashboards.page import Page
from warehouse.metrics.metric import Dimension, Metric, Unit
from warehouse.metrics.resolution import FULL_RESOLUTION, RESOLVED
from warehouse.metrics.responsiveness import FIRST_RESPONSE, NEXT_REPLY, UNANSWERED
from warehouse.metrics.satisfaction import CSAT
from warehouse.metrics.workload import CONVERSATIONS_STARTED, CUSTOMER_MESSAGES
from warehouse.period import Every

HEADLINES = (CONVERSATIONS_STARTED, FIRST_RESPONSE, RESOLVED, CSAT)
LATER = (
    CUSTOMER_MESSAGES,
    RESOLVED,
    UNANSWERED,
    FIRST_RESPONSE,
    NEXT_REPLY,
    FULL_RESOLUTION,
    CSAT,
)
"""What happens in the course of a conversation, when teams and labels are known."""
FROM_THE_START = (CONVERSATIONS_STARTED, *LATER)
_SHORT = {CUSTOMER_MESSAGES.title: "Messages", UNANSWERED.title: "Unanswered"}
"""Headings of a table of so many columns."""
_FORMATS: dict[Unit, Callable[[float | None], str]] = {
    Unit.COUNT: numbers.count,
    Unit.SECONDS: numbers.duration,
    Unit.SHARE: numbers.share,
}


class Breakdown(Struct, frozen=True):
    """Which dimension the page is about, and what its members are called."""

    dimension: Dimension
    noun: str
    name: Callable[[Names, Any], str]
    shown: tuple[Metric, ...] = FROM_THE_START
    """The table's numbers; the first of them is drawn by day and ranks the members."""

    def draw(self, page: Page) -> None:
        """Headline numbers, conversations by day and by member, and a row for every member."""
        filters = page.filters
        frame = self._table_frame(page)
        if frame.is_empty():
            nearest = states.nearest(page.asking, self.shown[0], filters.period)
            states.nothing(f"{self.noun.lower()} had a conversation", filters, nearest)
        else:
            headlines(page, *HEADLINES)
            self._charts(page)
            self._table(page, frame)
        states.footnote(
            page.asking.snapshot, page.now, page.zone, self.shown, business=filters.business
        )

    def _charts(self, page: Page) -> None:
        filters = page.filters
        left, right = st.columns([3, 2])
        below = st.container()
        with left:
            st.subheader(f"{self.shown[0].title} by {self.noun.lower()} and day")
            self._trend(page, below)
        with right:
            st.subheader("First response, median")
            measured = (
                page.asking.measure(
                    FIRST_RESPONSE,
                    filters.period,
                    by=(self.dimension,),
                    only=filters.only,
                    business=filters.business,
                )
                .drop_nulls(["median", self.dimension.name])
                .sort("median")
                .head(charts.MOST_BARS)
            )
            if measured.is_empty():
                st.caption("No first response in this period.")
                return
            shown = pl.DataFrame(
                {"name": self._names(page, measured), "seconds": measured["median"]}
            )
            open_chart(
                page,
                charts.durations(shown, of=self.noun),
                f"The median first response of each {self.noun.lower()}.",
                key=f"{self.noun}-first-response",
                questions=of_bars(
                    FIRST_RESPONSE,
                    {
                        self.name(page.names, member): ((self.dimension, member),)
                        for member in measured[self.dimension.name]
                    },
                ),
                below=below,
            )

    def _trend(self, page: Page, below: DeltaGenerator) -> None:
        lines = lines_by(page, self.shown[0], self.dimension, self._name(page), Every.DAY)
        if lines.frame.is_empty():
            st.caption("Nothing to count in this period.")
            return
        open_chart(
            page,
            charts.by_day(lines.frame, series=lines.series, what=self.shown[0].title, of=self.noun),
            f"{self.shown[0].title} by day, a line for each {self.noun.lower()}.",
            key=f"{self.noun}-by-day",
            questions=lines.questions,
            below=below,
        )

    def _table_frame(self, page: Page) -> pl.DataFrame:
        filters = page.filters
        key = self.dimension.name
        found: pl.DataFrame | None = None
        for metric in self.shown:
            measured = page.asking.measure(
                metric,
                filters.period,
                by=(self.dimension,),
                only=filters.only,
                business=filters.business,
            )
            columns = [pl.col(key), pl.col(COLUMN[metric.unit]).alias(metric.title)]
            if metric.unit is Unit.SHARE:
                columns += [pl.col("good"), pl.col("n").alias("Answers")]
            measured = measured.filter(pl.col("n") > 0).select(columns)
            found = (
                measured
                if found is None
                else found.join(measured, on=key, how="full", coalesce=True, nulls_equal=True)
            )
        counted = [metric.title for metric in self.shown if metric.unit is Unit.COUNT] + ["Answers"]
        return (
            pl.DataFrame()
            if found is None
            else found.with_columns(pl.col(counted).fill_null(0)).sort(
                [self.shown[0].title, key], descending=[True, False], nulls_last=True
            )
        )

    def _table(self, page: Page, frame: pl.DataFrame) -> None:
        titles = [metric.title for metric in self.shown]
        table = pl.DataFrame({self.noun: self._names(page, frame)}).hstack(
            frame.select([*titles, "Answers"])
        )
        few = {
            (row, CSAT.title): numbers.share_of(int(good), int(n))
            for row, (good, n) in enumerate(frame.select("good", "Answers").iter_rows())
            if n and n < numbers.FEW
        }
        metrics: dict[str, Metric] = {metric.title: metric for metric in self.shown}
        members = frame[self.dimension.name].to_list()
        table_of_numbers(
            page,
            table,
            {m.title: _FORMATS[m.unit] for m in self.shown} | {"Answers": numbers.count},
            key=f"{self.noun}-table",
            said=f"Each {self.noun.lower()}'s numbers in the period.",
            metrics=metrics | {"Answers": CSAT},
            rows=[
                (self.name(page.names, member), ((self.dimension, member),)) for member in members
            ],
            instead=few,
            short=_SHORT,
        )

    def _name(self, page: Page) -> Callable[[Any], str]:
        return partial(self.name, page.names)

    def _names(self, page: Page, frame: pl.DataFrame) -> list[str]:
        return list(map(self._name(page), frame[self.dimension.name]))
