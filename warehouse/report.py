"""The one function that turns a metric into numbers: pages, API and exports all call it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import polars as pl
from msgspec import Struct

from desk.words.ids import AccountId
from warehouse.few import MICROSECONDS, Facts, How, Line, facts_among, fill, lines
from warehouse.freshness import Snapshot
from warehouse.lake import Lake, Result
from warehouse.literals import literal
from warehouse.metrics.dimensions import AGENT, CHANNEL, INBOX, LABEL, TEAM
from warehouse.metrics.metric import Dimension, Metric, Totals, Unit
from warehouse.period import Every, Period

BUCKET = "bucket"
"""The column of a trend that holds the first day of each bucket."""

_TYPES: Mapping[str, Any] = {
    "BIGINT": pl.Int64,
    "INTEGER": pl.Int64,
    "DOUBLE": pl.Float64,
    "VARCHAR": pl.String,
    "DATE": pl.Date,
    "BOOLEAN": pl.Boolean,
    "TIMESTAMP WITH TIME ZONE": pl.Datetime("us", "UTC"),
}


_VALUES: Mapping[Unit, Mapping[str, Any]] = {
    Unit.COUNT: {"n": pl.Int64},
    Unit.SHARE: {"n": pl.Int64, "good": pl.Int64, "share": pl.Float64},
    Unit.SECONDS: {"n": pl.Int64, "mean": pl.Float64, "median": pl.Float64, "p90": pl.Float64},
}
"""The columns that say a value."""


class Only(Struct, frozen=True):
    """Which facts to look at; an empty tuple leaves all of them in."""

    inboxes: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()
    agents: tuple[int, ...] = ()
    labels: tuple[int, ...] = ()
    """Facts that bear any of them."""
    channels: tuple[str, ...] = ()

    def chosen(self) -> list[tuple[Dimension, tuple[int, ...] | tuple[str, ...]]]:
        pairs: tuple[tuple[Dimension, tuple[int, ...] | tuple[str, ...]], ...] = (
            (INBOX, self.inboxes),
            (TEAM, self.teams),
            (AGENT, self.agents),
            (LABEL, self.labels),
            (CHANNEL, self.channels),
        )
        return [(dimension, values) for dimension, values in pairs if values]


EVERYTHING = Only()


def measure(
    lake: Lake,
    account: AccountId,
    metric: Metric,
    period: Period,
    *,
    by: Sequence[Dimension] = (),
    every: Every | None = None,
    only: Only = EVERYTHING,
    business: bool = False,
    as_of: Snapshot | None = None,
) -> pl.DataFrame:
    """One metric of one account over a period of its local days.

    Counts have the column `n`; durations `n`, `mean`, `median`, `p90` in seconds; shares `n`,
    `good`, `share`. Where there is no value there is null. A trend has one row for every bucket.
    """
    snapshot = as_of or lake.snapshot()
    mart = "" if period.zone else _mart_for(metric, by, only)
    how = How(metric, tuple(by), only.chosen(), mart, business)
    few = _of_few(lake, account, how, period, every, snapshot)
    if few is not None:
        rows, schema = few
        return pl.DataFrame(rows, schema=schema, orient="row")
    sql = _sql(lake, account, how, period, every, only, snapshot)
    frame = as_frame(lake.known(sql))
    if every is not None:
        frame = _filled(frame, metric, [dimension.name for dimension in by], period, every)
    if every is not None and metric.totals is Totals.STANDING:
        running = pl.col("n").cum_sum()
        dimensions = [dimension.name for dimension in by]
        return frame.with_columns(running.over(dimensions) if dimensions else running)
    return frame


def values_by(
    lake: Lake,
    account: AccountId,
    metric: Metric,
    period: Period,
    dimension: Dimension,
    *,
    only: Only = EVERYTHING,
    business: bool = False,
    as_of: Snapshot,
) -> list[Line]:
    """The same split by one dimension, as bare rows: quicker where several are put together."""
    mart = "" if period.zone else _mart_for(metric, (dimension,), only)
    how = How(metric, (dimension,), only.chosen(), mart, business)
    few = _of_few(lake, account, how, period, None, as_of)
    if few is not None:
        return few[0]
    return lake.known(_sql(lake, account, how, period, None, only, as_of)).rows


def values_every(
    lake: Lake,
    account: AccountId,
    metric: Metric,
    period: Period,
    every: Every,
    *,
    only: Only = EVERYTHING,
    as_of: Snapshot,
) -> list[Line]:
    """A trend as bare rows: the first day of each bucket and the values."""
    mart = "" if period.zone else _mart_for(metric, (), only)
    few = _of_few(lake, account, How(metric, (), only.chosen(), mart, False), period, every, as_of)
    if few is not None:
        return few[0]
    return measure(lake, account, metric, period, every=every, only=only, as_of=as_of).rows()


def _sql(
    lake: Lake,
    account: AccountId,
    how: How,
    period: Period,
    every: Every | None,
    only: Only,
    snapshot: Snapshot,
) -> str:
    """The question as SQL over a mart or over facts."""
    metric, by, mart = how.metric, how.by, how.mart
    standing = metric.totals is Totals.STANDING
    groups = [f"{dimension.sql} as {dimension.name}" for dimension in by]
    if every is not None:
        # What stood before the period stands in its first bucket.
        day = f"greatest(day, {literal(period.start)})" if standing else "day"
        groups.append(f"date_trunc('{every.value}', {day})::date as {BUCKET}")
    names = [*(dimension.name for dimension in by), *([BUCKET] if every else [])]
    if mart:
        source = lake.table(f"marts.{mart}", account, snapshot.id)
        values = f"coalesce(sum({metric.column}), 0)::bigint as n"
        where = conditions(account, metric, period, only, snapshot, keep=_in_mart(metric))
    else:
        source = facts_of(lake, account, metric, period, snapshot)
        values = values_sql(metric, business=how.business)
        where = conditions(account, metric, period, only, snapshot)
    if LABEL in by:
        source = f"(select *, unnest(label_ids) as {LABEL.name} from {source})"
        if only.labels:
            where += f" and list_contains({literal(only.labels)}, {LABEL.name})"
    return (
        f"select {', '.join([*groups, values])} from {source} where {where} "
        f"{'group by all order by ' + ', '.join(names) if names else ''}"
    )


def few_facts(
    lake: Lake, account: AccountId, how: How, period: Period, snapshot: Snapshot
) -> Facts | None:
    """What the metric counts of all days, if that is little and the days are the account's own."""
    metric = how.metric
    label = f"marts.{how.mart}" if how.mart else f"facts.{metric.fact}"
    size = None if period.zone else lake.rows_in(lake.table(label, account, snapshot.id))
    if size is None or not how.suits(size):
        return None
    source = (
        lake.table(label, account, snapshot.id)
        if how.mart
        else facts_of(lake, account, metric, period, snapshot)
    )
    keep = _in_mart(metric) if how.mart else metric.keep
    where = (
        f"account_id = {literal(int(account))} and ({keep.format(as_of=literal(snapshot.read_at))})"
    )
    return facts_among(lake, size, source, where, how)


def _of_few(
    lake: Lake,
    account: AccountId,
    how: How,
    period: Period,
    every: Every | None,
    snapshot: Snapshot,
) -> tuple[list[Line], dict[str, Any]] | None:
    """The same by adding up in Python what is remembered, where that is little."""
    metric = how.metric
    facts = few_facts(lake, account, how, period, snapshot)
    found = None if facts is None else lines(facts, how, period, every)
    if facts is None or found is None:
        return None
    if every is not None:
        found = fill(found, len(how.by), metric, period, every)
    names = [dimension.name for dimension in how.by]
    schema = {
        **{name: _TYPES[kind] for name, kind in zip(names, facts.kinds, strict=True)},
        **({BUCKET: pl.Date} if every else {}),
        **_VALUES[metric.unit],
    }
    return found, schema


def value_names(metric: Metric) -> list[str]:
    """The columns that say a metric's value, in order."""
    return [*_VALUES[metric.unit]]


def _in_mart(metric: Metric) -> str:
    return "true" if metric.totals is Totals.STANDING else f"{metric.column} > 0"


def facts_of(
    lake: Lake, account: AccountId, metric: Metric, period: Period, snapshot: Snapshot
) -> str:
    """The metric's facts, with the days and hours of the period's zone in the account's place."""
    table = credited(metric, lake.table(f"facts.{metric.fact}", account, snapshot.id))
    if not period.zone:
        return table
    local = f"timezone({literal(period.zone)}, {metric.at})"
    # No two zones are more than two days apart: so far a fact's day may move.
    most = timedelta(days=2)
    near = f"day < {literal(period.end + most)}"
    if metric.totals is not Totals.STANDING:
        near += f" and day >= {literal(period.start - most)}"
    return (
        f"(select * replace ({local}::date as day, hour({local}) as hour) from {table} "
        f"where {near})"
    )


def credited(metric: Metric, facts: str) -> str:
    """Facts with the agent to whose credit the metric counts them."""
    if not metric.credit:
        return facts
    return f"(select * replace ({metric.credit} as agent_id) from {facts})"


def conditions(
    account: AccountId,
    metric: Metric,
    period: Period,
    only: Only,
    snapshot: Snapshot,
    *,
    keep: str | None = None,
) -> str:
    """Which facts are counted: this account's, of these days, that the metric keeps."""
    from_the_start = metric.totals is not Totals.STANDING
    parts = [
        f"account_id = {literal(int(account))}",
        *([f"day >= {literal(period.start)}"] if from_the_start else []),
        f"day < {literal(period.end)}",
        f"({(keep or metric.keep).format(as_of=literal(snapshot.read_at))})",
        *(_is_one_of(dimension, values) for dimension, values in only.chosen()),
    ]
    return " and ".join(parts)


def _is_one_of(dimension: Dimension, values: tuple[int, ...] | tuple[str, ...]) -> str:
    if dimension is LABEL:
        return f"list_has_any(label_ids, {literal(values)})"
    return f"list_contains({literal(values)}, {dimension.name})"


def as_frame(result: Result) -> pl.DataFrame:
    """A result of the lake as a frame of just its columns and types."""
    schema = {name: _TYPES[kind.partition("(")[0]] for name, kind in result.columns}
    return pl.DataFrame(result.rows, schema=schema, orient="row")


def _mart_for(metric: Metric, by: Sequence[Dimension], only: Only) -> str:
    """The mart that holds this very sum, if the question does not go below its grain."""
    if metric.totals is Totals.RECOMPUTE:
        return ""
    wanted = [*by, *(dimension for dimension, _ in only.chosen())]
    fits = all(metric.mart in dimension.in_marts for dimension in wanted)
    return metric.mart if fits else ""


def values_sql(metric: Metric, *, business: bool) -> str:
    """The columns that say a metric's value, as SQL over its facts."""
    match metric.unit:
        case Unit.COUNT if metric.totals is Totals.STANDING:
            return f"coalesce(sum({metric.value}), 0)::bigint as n"
        case Unit.COUNT:
            what = f"distinct {metric.distinct}" if metric.distinct else "*"
            return f"count({what})::bigint as n"
        case Unit.SHARE:
            return (
                f"count(*)::bigint as n, count(*) filter ({metric.value})::bigint as good, "
                f"(count(*) filter ({metric.value}))::double / nullif(count(*), 0) as share"
            )
        case Unit.SECONDS:
            # Exact decimals until the very end: a sum of floats depends on their order.
            value = metric.business if business else metric.value
            # Whole microseconds are put in order in half the time.
            found = f"quantile_cont(({value}::double * {MICROSECONDS})::bigint, [0.5, 0.9])"
            return (
                f"count({value})::bigint as n, "
                f"sum({value})::double / nullif(count({value}), 0) as mean, "
                f"{found}[1] / {MICROSECONDS} as median, {found}[2] / {MICROSECONDS} as p90"
            )


def _filled(
    frame: pl.DataFrame, metric: Metric, groups: list[str], period: Period, every: Every
) -> pl.DataFrame:
    """Every bucket of the period for every group: counts are zero there, other values absent."""
    buckets = pl.DataFrame({BUCKET: list(period.buckets(every))}, schema={BUCKET: pl.Date})
    if groups:
        buckets = frame.select(groups).unique().join(buckets, how="cross")
    keys = [*groups, BUCKET]
    counts = ["n", "good"] if metric.unit is Unit.SHARE else ["n"]
    return (
        buckets.join(frame, on=keys, how="left", nulls_equal=True)
        .with_columns(pl.col(counts).fill_null(0))
        .select(frame.columns)
        .sort(keys, nulls_last=True)
    )
