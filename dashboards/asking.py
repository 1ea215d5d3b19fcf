"""The reports' questions, remembered for as long as the lake's snapshot stays the same."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

import polars as pl
import streamlit as st

from dashboards.world import World
from desk.words.ids import AccountId
from warehouse.behind import Cell, conversations_behind, days_with
from warehouse.distribution import distribution
from warehouse.freshness import Snapshot
from warehouse.history import first_known, snapshot_known_at
from warehouse.metrics.metric import Dimension, Metric
from warehouse.period import Every, Period
from warehouse.report import Only, measure
from warehouse.standard_reports import (
    AgentPerformance,
    ConversationTrends,
    agent_performance,
    conversation_trends,
)

T = TypeVar("T")

REMEMBERED = 400


class Asking:
    """Asks one account's numbers of one snapshot; the same question is answered from memory."""

    def __init__(self, world: World, account: AccountId, snapshot: Snapshot) -> None:
        self._world = world
        self._account = account
        self.snapshot = snapshot

    def known_at(self, at: datetime) -> "Asking":
        """The same account's numbers as they were known at an instant; raises NotFound."""
        return Asking(self._world, self._account, snapshot_known_at(self._world.lake, at))

    def first_known(self) -> datetime | None:
        """The instant of the oldest snapshot that is kept."""
        return first_known(self._world.lake)

    def measure(
        self,
        metric: Metric,
        period: Period,
        *,
        by: tuple[Dimension, ...] = (),
        every: Every | None = None,
        only: Only,
        business: bool = False,
    ) -> pl.DataFrame:
        """One metric, as `warehouse.report.measure` gives it."""
        return self._answer(
            repr(("measure", metric.name, metric.version, period, by, every, only, business)),
            lambda: measure(
                self._world.lake,
                self._account,
                metric,
                period,
                by=by,
                every=every,
                only=only,
                business=business,
                as_of=self.snapshot,
            ),
        )

    def agent_performance(self, period: Period, *, only: Only, business: bool) -> AgentPerformance:
        return self._answer(
            repr(("agents", period, only, business)),
            lambda: agent_performance(
                self._world.lake,
                self._account,
                period,
                only=only,
                business=business,
                as_of=self.snapshot,
            ),
        )

    def conversation_trends(self, period: Period, *, only: Only) -> ConversationTrends:
        return self._answer(
            repr(("trends", period, only)),
            lambda: conversation_trends(
                self._world.lake, self._account, period, only=only, as_of=self.snapshot
            ),
        )

    def distribution(
        self,
        metric: Metric,
        period: Period,
        edges: tuple[int, ...],
        *,
        only: Only,
        business: bool,
    ) -> pl.DataFrame:
        """How many values fall between the edges."""
        return self._answer(
            repr(("distribution", metric.name, metric.version, period, edges, only, business)),
            lambda: distribution(
                self._world.lake,
                self._account,
                metric,
                period,
                edges,
                only=only,
                business=business,
                as_of=self.snapshot,
            ),
        )

    def behind(
        self, metric: Metric, period: Period, *, only: Only, cell: Cell, business: bool
    ) -> pl.DataFrame:
        """The conversations behind a number."""
        return self._answer(
            repr(("behind", metric.name, metric.version, period, only, cell, business)),
            lambda: conversations_behind(
                self._world.lake,
                self._account,
                metric,
                period,
                only=only,
                cell=cell,
                business=business,
                as_of=self.snapshot,
            ),
        )

    def days_with(self, metric: Metric) -> list[date]:
        """The days on which the metric counts anything at all."""
        return self._answer(
            repr(("days", metric.name)),
            lambda: days_with(self._world.lake, self._account, metric, as_of=self.snapshot),
        )

    def _answer(self, question: str, ask: Callable[[], T]) -> T:
        return _remembered(int(self._account), self.snapshot.id, question, ask)


@st.cache_resource(max_entries=REMEMBERED, show_spinner=False)
def _remembered(account: int, snapshot: int, question: str, _ask: Callable[[], T]) -> T:  # noqa: ARG001
    """Answers by account, snapshot and question; frames are shared, so nobody changes them."""
    return _ask()
