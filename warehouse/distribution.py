"""How a duration is spread: how many facts fall into each band of seconds."""

from collections.abc import Sequence

import polars as pl

from desk.words.ids import AccountId
from warehouse.few import How, spread
from warehouse.freshness import Snapshot
from warehouse.lake import Lake
from warehouse.metrics.metric import Dimension, Metric
from warehouse.period import Period
from warehouse.report import EVERYTHING, Only, as_frame, conditions, facts_of, few_facts


def distribution(
    lake: Lake,
    account: AccountId,
    metric: Metric,
    period: Period,
    edges: Sequence[int],
    *,
    only: Only = EVERYTHING,
    business: bool = False,
    as_of: Snapshot | None = None,
) -> pl.DataFrame:
    """`band` counted from 0 and `n`, zero-filled: band i holds values from edge i-1 up to edge i.

    Edges are seconds in rising order; a value on an edge belongs to the band above it.
    """
    snapshot = as_of or lake.snapshot()
    how = How(metric, (), only.chosen(), "", business)
    facts = few_facts(lake, account, how, period, snapshot)
    few = None if facts is None else spread(facts, how, period, edges)
    if few is not None:
        return pl.DataFrame(few, schema={"band": pl.Int64, "n": pl.Int64}, orient="row")
    value = metric.business if business else metric.value
    band = band_of(metric, edges, business=business).sql
    found = as_frame(
        lake.known(
            f"""select {band} as band, count(*)::bigint as n
                from {facts_of(lake, account, metric, period, snapshot)}
                where {conditions(account, metric, period, only, snapshot)} and {value} is not null
                group by all order by band"""
        )
    )
    bands = pl.DataFrame({"band": list(range(len(edges) + 1))}, schema={"band": pl.Int64})
    return bands.join(found, on="band", how="left").with_columns(pl.col("n").fill_null(0))


def band_of(metric: Metric, edges: Sequence[int], *, business: bool = False) -> Dimension:
    """In which band a fact's value falls."""
    value = metric.business if business else metric.value
    return Dimension("band", " + ".join(f"({value} >= {int(edge)})::bigint" for edge in edges))
