"""A headline number with its difference and its line."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from dashboards import numbers
from dashboards.behind import Question, offer, show_behind
from dashboards.numbers import NOTHING, SAME
from dashboards.page import Page
from warehouse.metrics.metric import Better, Metric, Unit
from warehouse.period import Every, Period

_COLOURS: dict[Better, Literal["normal", "inverse", "off"]] = {
    Better.HIGHER: "normal",
    Better.LOWER: "inverse",
    Better.NEITHER: "off",
}


COLUMN: Mapping[Unit, str] = {Unit.COUNT: "n", Unit.SECONDS: "median", Unit.SHARE: "share"}
"""The one value of a metric that a headline tells."""

BUTTON = 36
"""Pixels."""

Values = Mapping[str, float | None]


Extra = tuple[Question | None, Callable[[], None]]
"""A headline that a page draws itself, and what is behind it, if that is one thing."""


def headlines(page: Page, *metrics: Metric, extra: Sequence[Extra] = ()) -> None:
    """A row of the page's numbers, each against the compared period; what is behind one below."""
    parts: list[Extra] = [
        (Question(metric), partial(_measured, page, metric)) for metric in metrics
    ]
    headline_row(page, [*parts, *extra])


def headline_row(page: Page, parts: Sequence[Extra]) -> None:
    """Headlines side by side, each with the way to its conversations."""
    opened: Question | None = None
    for number, (column, (question, draw)) in enumerate(
        zip(st.columns(len(parts)), parts, strict=True)
    ):
        with column, st.container(height="stretch", gap="xxsmall"):
            draw()
            if question is None:
                # As high as the others' buttons, so that all cards are of one height.
                st.container(height=BUTTON, border=False)
            elif offer(page, question, f"{question.metric.name}-{number}"):
                opened = question
    if opened is not None:
        show_behind(page, opened, key=f"{page.filters.page}-{opened.metric.name}")


def _measured(page: Page, metric: Metric) -> None:
    filters = page.filters
    now = _values(page, metric, filters.period)
    before = _values(page, metric, filters.compared) if filters.compared else dict.fromkeys(now)
    column = COLUMN[metric.unit]
    trend = page.asking.measure(
        metric, filters.period, every=Every.DAY, only=filters.only, business=filters.business
    )
    headline(
        titled(metric),
        told(metric, now),
        difference(metric, now, before),
        trend[column].drop_nulls().to_list(),
        metric,
    )


def _values(page: Page, metric: Metric, period: Period) -> Values:
    filters = page.filters
    frame = page.asking.measure(metric, period, only=filters.only, business=filters.business)
    return frame.row(0, named=True)


def titled(metric: Metric) -> str:
    """What its one value is called: of a duration, it is the median."""
    return f"{metric.title}, median" if metric.unit is Unit.SECONDS else metric.title


def told(metric: Metric, values: Values) -> str:
    """The metric's value as people read it."""
    match metric.unit:
        case Unit.COUNT:
            return numbers.count(values["n"])
        case Unit.SECONDS:
            return numbers.duration(values["median"])
        case Unit.SHARE:
            return numbers.share_of(int(values["good"] or 0), int(values["n"] or 0))


def difference(metric: Metric, now: Values, before: Values) -> str | None:
    """How it differs, in the unit in which differences of its kind are told."""
    column = COLUMN[metric.unit]
    match metric.unit:
        case Unit.COUNT:
            return numbers.count_difference(now[column], before[column])
        case Unit.SECONDS:
            return numbers.duration_difference(now[column], before[column])
        case Unit.SHARE:
            return numbers.share_difference(now[column], before[column])


def headline(
    label: str,
    value: str,
    difference: str | None,
    line: Sequence[float],
    metric: Metric,
) -> None:
    """Draw it; whether a rise is good is the metric's to say."""
    still = difference is None or difference == SAME
    st.metric(
        label,
        value,
        difference,
        delta_color="off" if still else _COLOURS[metric.better],
        delta_arrow="off" if still else "auto",
        border=True,
        height="stretch",
        help=f"No value: nothing was counted. {metric.counts}" if value == NOTHING else None,
        chart_data=list(line) if len(line) > 1 else None,
    )
