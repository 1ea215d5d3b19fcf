"""The charts of the pages: one accent, zero-based bars, medians as lines."""

from collections.abc import Mapping
from datetime import date

import altair as alt
import polars as pl
import streamlit as st

from dashboards import numbers, theme
from dashboards.numbers import WEEKDAYS, duration, share
from dashboards.theme import FAINT, RAMP, SERIES, Mode
from warehouse.period import Every

HEIGHT = 220
Chart = alt.Chart | alt.LayerChart

OTHER = "Other"
TICKS = (0, 60, 300, 900, 3600, 4 * 3600, 86_400, 3 * 86_400, 10 * 86_400, 30 * 86_400)
"""Seconds at which an axis of durations is labelled."""
MOST_SERIES = 6
MOST_BARS = 8
MOST_TICKS = 6
"""So few that they stand apart in the narrower of two charts."""

_PERCENT = "format(datum.value * 100, '.0f') + ' %'"

LEGEND_LETTERS = 72
"""So many of them, with their dots, stand in one line of a chart."""
LEGEND_COLUMNS = 3

CHOSEN = "chosen"
"""The selection of a chart's marks."""
MARK = "mark"
"""The column that says in words which mark it is."""
PALE = 0.35
"""How much is left of the bars that were not chosen."""

_TOLD: Mapping[Every, tuple[str, str, str]] = {
    Every.DAY: ("Day", "%a %-d %b %Y", "%-d %b"),
    Every.WEEK: ("Week from", "%-d %b %Y", "%-d %b"),
    Every.MONTH: ("Month", "%B %Y", "%b %Y"),
}
"""What a bucket is called, and how its first day is written in a tooltip and on an axis."""


def mode() -> Mode:
    """Light or dark, as the reader's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def moment(day: date, every: Every, series: str = "") -> str:
    """What a point of a trend is called: Mon 23 Nov 2026, WhatsApp."""
    match every:
        case Every.DAY:
            told = f"{day:%a} {numbers.day(day, year=True)}"
        case Every.WEEK:
            told = f"Week from {numbers.day(day, year=True)}"
        case _:
            told = f"{day:%B %Y}"
    return f"{told}, {series}" if series else told


def by_day(
    frame: pl.DataFrame,
    *,
    series: list[str],
    what: str = "Conversations",
    of: str = "Channel",
    every: Every = Every.DAY,
) -> Chart:
    """Counts by day, one line a series: `day`, `series`, `n`; colours follow the series' rank."""
    colour = (
        alt.Color(
            "series:N",
            scale=alt.Scale(domain=series, range=SERIES[mode()][: len(series)]),
            sort=series,
            legend=alt.Legend(columns=_columns(series)),
        )
        if len(series) > 1
        else alt.value(SERIES[mode()][0])
    )
    told = _marked(frame, every, "series" if len(series) > 1 else None)
    base = alt.Chart(told).encode(
        x=_days(frame, every),
        y=alt.Y("n:Q", scale=alt.Scale(zero=True, nice=True)),
        color=colour,
        tooltip=[
            alt.Tooltip("n:Q", format=",", title=what),
            alt.Tooltip("day:T", format=_TOLD[every][1], title=_TOLD[every][0]),
            alt.Tooltip("series:N", title=of),
        ],
    )
    lonely = frame["day"].n_unique() == 1
    return _line(base, rest=48 if lonely else 0)


def median_and_p90(frame: pl.DataFrame) -> Chart:
    """Seconds by day: the median as a line, the ninetieth percentile as a faint one.

    The axis is drawn closer together the longer it gets, since one percentile is often a hundred
    times the other: `day`, `n`, `Median`, `p90`.
    """
    names = ["Median", "p90"]
    told = (
        _marked(frame, Every.DAY)
        .with_columns(
            *(
                pl.col(name).map_elements(duration, pl.String).alias(f"{name} told")
                for name in names
            )
        )
        .join(frame.unpivot(on=names, index=["day"], variable_name="line"), on=["day"])
    )
    longest = float(frame.select(pl.max_horizontal(pl.col(names).max())).item())
    ticks = [seconds for seconds in TICKS if seconds <= longest]
    if len(ticks) < len(TICKS):
        ticks.append(TICKS[len(ticks)])
    labels = "".join(f"datum.value == {at} ? '{duration(at, short=True)}' : " for at in ticks)
    strong, faint = SERIES[mode()][0], FAINT[mode()]
    base = alt.Chart(told).encode(
        x=_days(frame),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(type="symlog", constant=60, domain=[0, ticks[-1]], nice=False),
            axis=alt.Axis(values=ticks, labelExpr=f"{labels}''"),
        ),
        color=alt.Color("line:N", scale=alt.Scale(domain=names, range=[strong, faint])),
        tooltip=[
            alt.Tooltip("Median told:N", title="Median"),
            alt.Tooltip("p90 told:N", title="p90"),
            alt.Tooltip("day:T", format="%a %-d %b %Y", title="Day"),
            alt.Tooltip("n:Q", format=",", title="Conversations"),
        ],
    )
    return _line(base, rest=18)


def bars(frame: pl.DataFrame, title: str, *, of: str = "Agent", ranked: bool = True) -> Chart:
    """One bar a name, the longest on top or in the frame's own order: `name`, `n`."""
    base = alt.Chart(frame.with_columns(pl.col("name").alias(MARK))).encode(
        x=alt.X("n:Q", axis=None, scale=alt.Scale(zero=True, domainMax=_room(frame))),
        y=alt.Y(
            "name:N",
            sort="-x" if ranked else frame["name"].to_list(),
            axis=alt.Axis(title=None, labelLimit=160),
        ),
        tooltip=[alt.Tooltip("n:Q", format=",", title=title), alt.Tooltip("name:N", title=of)],
    )
    return _bars(base, alt.Text("n:Q", format=","))


def durations(frame: pl.DataFrame, *, of: str) -> Chart:
    """One bar a name, the frame's order from the top: `name`, `seconds`."""
    told = frame.with_columns(
        pl.col("name").alias(MARK),
        pl.col("seconds").map_elements(duration, pl.String).alias("told"),
        (pl.col("seconds") / 3600.0).alias("hours"),
    )
    most = float(told["hours"].max() or 1.0)  # type: ignore[arg-type]
    base = alt.Chart(told).encode(
        x=alt.X("hours:Q", axis=None, scale=alt.Scale(zero=True, domainMax=most * 1.6)),
        y=alt.Y(
            "name:N",
            sort=told["name"].to_list(),
            axis=alt.Axis(title=None, labelLimit=160),
        ),
        tooltip=[alt.Tooltip("told:N", title="Median"), alt.Tooltip("name:N", title=of)],
    )
    return _bars(base, alt.Text("told:N"))


def shares(frame: pl.DataFrame) -> Chart:
    """A share by week, from none to what leaves room above it: `day`, `n`, `share`."""
    most = frame["share"].max()
    top = min(1.0, max(0.05, float(most) * 1.25)) if isinstance(most, float) else 1.0
    told = _marked(frame, Every.WEEK).with_columns(
        pl.col("share").map_elements(share, pl.String).alias("told")
    )
    base = alt.Chart(told).encode(
        x=_days(frame),
        y=alt.Y(
            "share:Q",
            scale=alt.Scale(domain=[0, top]),
            axis=alt.Axis(labelExpr=_PERCENT, tickCount=5),
        ),
        color=alt.value(SERIES[mode()][0]),
        tooltip=[
            alt.Tooltip("told:N", title="Share"),
            alt.Tooltip("day:T", format="%-d %b %Y", title="From"),
            alt.Tooltip("n:Q", format=",", title="Of"),
        ],
    )
    return _line(base, rest=36)


def heat_map(frame: pl.DataFrame, what: str = "Messages") -> Chart:
    """Counts by local weekday and hour: `weekday` from 1, `hour`, `n`; faint is few."""
    grid = pl.DataFrame({"weekday": range(1, 8)}).join(
        pl.DataFrame({"hour": range(24)}), how="cross"
    )
    full = (
        grid.join(frame, on=["weekday", "hour"], how="left")
        .with_columns(pl.col("n").fill_null(0))
        .with_columns(
            pl.col("weekday").replace_strict(dict(enumerate(WEEKDAYS, start=1))).alias("name"),
            pl.Series(MARK, [numbers.hour(*at) for at in grid.rows()]),
        )
    )
    point = _point()
    chart: alt.Chart = (
        alt.Chart(full, height=HEIGHT)
        .mark_rect(strokeWidth=2, cursor="pointer")
        .add_params(point)
        .encode(
            x=alt.X(
                "hour:O",
                scale=alt.Scale(paddingInner=0.06),
                axis=alt.Axis(
                    title=None,
                    values=[0, 6, 12, 18],
                    labelAngle=0,
                    labelExpr="datum.value + ':00'",
                ),
            ),
            y=alt.Y(
                "name:O",
                sort=list(WEEKDAYS),
                scale=alt.Scale(paddingInner=0.06),
                axis=alt.Axis(title=None),
            ),
            # By the root, so that one wild hour does not make all others look alike.
            color=alt.Color("n:Q", scale=alt.Scale(type="sqrt", range=RAMP[mode()]), legend=None),
            stroke=alt.when(point, empty=False)
            .then(alt.value(theme.TEXT[mode()]))
            .otherwise(alt.value("transparent")),
            tooltip=[
                alt.Tooltip("n:Q", format=",", title=what),
                alt.Tooltip("name:N", title="Day"),
                alt.Tooltip("hour:O", title="Hour from"),
            ],
        )
    )
    return chart


def _point(*, nearest: bool = False) -> alt.Parameter:
    """What can be chosen on a chart: a mark, or the one nearest to where was pressed."""
    return alt.selection_point(
        name=CHOSEN, fields=[MARK], on="click", toggle=False, nearest=nearest
    )


def _line(base: alt.Chart, *, rest: int) -> Chart:
    """Lines whose points can be chosen; `rest` is how large a point is until then."""
    point, near = (
        _point(nearest=True),
        alt.selection_point(
            name="near", fields=[MARK], on="pointerover", clear="pointerout", nearest=True
        ),
    )
    dots = (
        base.mark_circle(opacity=1, cursor="pointer")
        .encode(
            size=alt.when(point, empty=False)
            .then(alt.value(100))
            .when(near, empty=False)
            .then(alt.value(56))
            .otherwise(alt.value(rest))
        )
        .properties(name=MARK)
        .add_params(point, near)
    )
    return alt.LayerChart(layer=[base.mark_line(), dots], height=HEIGHT)


def _bars(base: alt.Chart, words: alt.Text) -> Chart:
    """Bars that can be chosen, with words behind them."""
    point = _point()
    bar = (
        base.mark_bar(color=SERIES[mode()][0], size=18, cursor="pointer")
        .encode(opacity=alt.when(point).then(alt.value(1)).otherwise(alt.value(PALE)))
        .properties(name=MARK)
        .add_params(point)
    )
    told = base.mark_text(align="left", dx=6).encode(text=words)
    return alt.LayerChart(layer=[bar, told], height=HEIGHT)


def _marked(frame: pl.DataFrame, every: Every, series: str | None = None) -> pl.DataFrame:
    days = frame["day"]
    names = [""] * frame.height if series is None else frame[series].to_list()
    marks = [moment(day, every, name) for day, name in zip(days, names, strict=True)]
    return frame.with_columns(pl.Series(MARK, marks, pl.String))


def _days(frame: pl.DataFrame, every: Every = Every.DAY) -> alt.X:
    days = frame["day"].unique().sort().to_list()
    shown = days[:: -(-len(days) // MOST_TICKS)]
    ticks = [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in shown]
    return alt.X("day:T", axis=alt.Axis(title=None, values=ticks, format=_TOLD[every][2]))


def _columns(series: list[str]) -> int:
    """Into how many columns a legend is broken that is too long for a line; 0: it is not."""
    return LEGEND_COLUMNS if sum(len(name) + 4 for name in series) > LEGEND_LETTERS else 0


def _room(frame: pl.DataFrame) -> float:
    """Space for the numbers behind the longest bar."""
    longest = frame["n"].max()
    return float(longest) * 1.18 if isinstance(longest, int) and longest else 1.0
