"""What the marks of charts count: bars, cells of the heat map, and points of lines."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl
from msgspec import Struct

from dashboards import numbers, states
from dashboards.behind import Question
from dashboards.charts import MOST_SERIES, OTHER, moment
from dashboards.page import Page
from warehouse.behind import Cell
from warehouse.metrics.dimensions import HOUR, WEEKDAY
from warehouse.metrics.metric import Dimension, Metric
from warehouse.period import Every, Period
from warehouse.report import BUCKET, Only


def of_bars(metric: Metric, members: Mapping[str, Cell]) -> Iterator[Question]:
    """A bar for each name."""
    return (Question(metric, name, (cell,)) for name, cell in members.items())


def of_hours(metric: Metric) -> Iterator[Question]:
    """A cell for each weekday and hour."""
    return (
        Question(metric, numbers.hour(weekday, hour), (((WEEKDAY, weekday), (HOUR, hour)),))
        for weekday in range(1, 8)
        for hour in range(24)
    )


def of_line(
    page: Page, metric: Metric, days: Iterable[date], every: Every, series: str = ""
) -> Iterator[Question]:
    """A point for each bucket; `series` is what the line is called among several."""
    return (
        Question(metric, moment(day, every, series), period=_bucket(page, day, every))
        for day in days
    )


class Lines(Struct, frozen=True):
    """Several lines: `day`, `series`, `n`, their names in order, and what each point counts."""

    frame: pl.DataFrame
    series: list[str]
    questions: list[Question]


def lines_of(page: Page, metrics: Mapping[str, Metric]) -> Lines:
    """A line by day for each of several metrics, under the names given."""
    filters = page.filters
    frames: list[pl.DataFrame] = []
    questions: list[Question] = []
    for name, metric in metrics.items():
        found = page.asking.measure(
            metric,
            filters.period,
            every=Every.DAY,
            only=filters.only,
            business=filters.business,
        )
        frames.append(found.select(pl.col(BUCKET).alias("day"), pl.lit(name).alias("series"), "n"))
        questions += of_line(page, metric, found[BUCKET], Every.DAY, name)
    return Lines(pl.concat(frames), list(metrics), questions)


def lines_by(
    page: Page, metric: Metric, dimension: Dimension, name: Callable[[Any], str], every: Every
) -> Lines:
    """A line for each of the largest members, and one for all others; none for nobody's."""
    filters, key = page.filters, dimension.name
    found = page.asking.measure(
        metric, filters.period, by=(dimension,), every=every, only=filters.only
    ).drop_nulls(key)
    ranked = _ranked(page, metric, dimension, name)
    counted: dict[tuple[date, str], int] = defaultdict(int)
    cells: dict[tuple[date, str], list[Cell]] = defaultdict(list)
    for member, day, n in found.select(key, BUCKET, "n").iter_rows():
        called = name(member)
        at = day, called if called in ranked else OTHER
        counted[at] += n
        cells[at] += [((dimension, member),)] if n else []
    present = {series for _, series in counted}
    series = [one for one in [*ranked, OTHER] if one in present]
    order = sorted(counted, key=lambda at: (at[0], series.index(at[1])))
    frame = pl.DataFrame(
        [(*at, counted[at]) for at in order],
        schema={"day": pl.Date, "series": pl.String, "n": pl.Int64},
        orient="row",
    )
    questions = [
        Question(
            metric,
            moment(day, every, one if len(series) > 1 else ""),
            tuple(cells[day, one]),
            _bucket(page, day, every),
        )
        for day, one in order
    ]
    return Lines(frame, series, questions)


def _ranked(
    page: Page, metric: Metric, dimension: Dimension, name: Callable[[Any], str]
) -> list[str]:
    """The largest over the whole account and all time, so that each keeps its colour."""
    key = dimension.name
    ever = (
        page.asking.measure(metric, states.ALL_TIME, by=(dimension,), only=Only())
        .drop_nulls(key)
        .sort(["n", key], descending=[True, False])
    )
    most = MOST_SERIES - (1 if ever.height > MOST_SERIES else 0)
    return [name(member) for member in ever[key].head(most)]


def _bucket(page: Page, day: date, every: Every) -> Period:
    """Those of the page's days that a bucket holds."""
    period = page.filters.period
    return Period(max(day, period.start), min(every.next(day), period.end), period.zone)
