"""The standard reports as tables: the API's own rows and column names, with types."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
from msgspec import Struct

from desk.words.exports import ReportType
from desk.words.ids import AccountId
from warehouse.freshness import Snapshot
from warehouse.lake import Lake
from warehouse.period import Period
from warehouse.report import BUCKET
from warehouse.standard_reports import Meta, agent_performance, conversation_trends

Names = Mapping[int, str]


class ReportTable(Struct, frozen=True):
    """One report as a table."""

    frame: pl.DataFrame
    meta: Meta
    totals: dict[str, Any]
    """What the report says beside its rows."""


def report_table(
    lake: Lake,
    account: AccountId,
    report: ReportType,
    period: Period,
    *,
    names: Names,
    as_of: Snapshot | None = None,
) -> ReportTable:
    """A report of one account, out of the function that pages and API call too."""
    return _TABLES[report](lake, account, period, names, as_of)


def _agent_performance(
    lake: Lake, account: AccountId, period: Period, names: Names, as_of: Snapshot | None
) -> ReportTable:
    report = agent_performance(lake, account, period, as_of=as_of)
    rows = report.data(names)
    said = pl.Series("agent_name", [row["agent_name"] for row in rows], dtype=pl.String)
    return ReportTable(report.frame.clone().insert_column(1, said), report.meta, {})


def _conversation_trends(
    lake: Lake, account: AccountId, period: Period, _names: Names, as_of: Snapshot | None
) -> ReportTable:
    report = conversation_trends(lake, account, period, as_of=as_of)
    totals = report.data()
    totals.pop("daily_conversations")
    frame = report.frame.select(
        pl.col(BUCKET).alias("date"), pl.col("n").alias("daily_conversations")
    )
    return ReportTable(frame, report.meta, totals)


_TABLES: Mapping[
    ReportType, Callable[[Lake, AccountId, Period, Names, Snapshot | None], ReportTable]
] = {
    ReportType.AGENT_PERFORMANCE: _agent_performance,
    ReportType.CONVERSATION_TRENDS: _conversation_trends,
}
