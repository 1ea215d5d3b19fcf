"""The page of one dimension: the account's numbers split by team, inbox, label or channel."""

from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st
from msgspec import Struct

from dashboards import charts, numbers, states
from dashboards.behind import table_of_numbers
from dashboards.headline import COLUMN, headlines
from dashboards.names import Names
from dashboards.page import Page
from warehouse.metrics.metric import Dimension, Metric, Unit
from warehouse.metrics.resolution import FULL_RESOLUTION, RESOLVED
from warehouse.metrics.responsiveness import FIRST_RESPONSE, NEXT_REPLY, UNANSWERED
from warehouse.metrics.satisfaction import CSAT
from warehouse.metrics.workload import CONVERSATIONS_STARTED, CUSTOMER_MESSAGES
from warehouse.period import Every
from warehouse.report import BUCKET, Only

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
        with left:
            st.subheader(f"{self.shown[0].title} by {self.noun.lower()} and day")
            self._trend(page)
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
            charts.draw(
                charts.durations(shown, of=self.noun),
                f"The median first response of each {self.noun.lower()}.",
            )

    def _trend(self, page: Page) -> None:
        filters = page.filters
        frame = page.asking.measure(
            self.shown[0],
            filters.period,
            by=(self.dimension,),
            every=Every.DAY,
            only=filters.only,
        ).drop_nulls(self.dimension.name)
        if frame.is_empty():
            st.caption("Nothing to count in this period.")
            return
        ranked = self._ranked(page)
        named = pl.Series("series", self._names(page, frame))
        shown = (
            frame.with_columns(
                pl.when(named.is_in(ranked)).then(named).otherwise(pl.lit(charts.OTHER))
            )
            .group_by(pl.col(BUCKET).alias("day"), pl.col("series"))
            .agg(pl.col("n").sum())
            .sort("day")
        )
        present = set(shown["series"])
        series = [name for name in [*ranked, charts.OTHER] if name in present]
        charts.draw(
            charts.by_day(shown, series=series, what=self.shown[0].title, of=self.noun),
            f"{self.shown[0].title} by day, a line for each {self.noun.lower()}.",
        )

    def _ranked(self, page: Page) -> list[str]:
        """The largest over the whole account and all time, so that each keeps its colour."""
        key = self.dimension.name
        ever = (
            page.asking.measure(self.shown[0], states.ALL_TIME, by=(self.dimension,), only=Only())
            .drop_nulls(key)
            .sort(["n", key], descending=[True, False])
        )
        most = charts.MOST_SERIES - (1 if ever.height > charts.MOST_SERIES else 0)
        return self._names(page, ever.head(most))

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
        )

    def _names(self, page: Page, frame: pl.DataFrame) -> list[str]:
        return [self.name(page.names, member) for member in frame[self.dimension.name]]
