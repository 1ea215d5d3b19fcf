"""Agent performance and conversation trends: what both the pages and the API show."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from msgspec import Struct

from desk.words.ids import AccountId
from warehouse.freshness import Snapshot
from warehouse.lake import Lake
from warehouse.literals import literal
from warehouse.metrics.dimensions import AGENT
from warehouse.metrics.metric import Metric
from warehouse.metrics.resolution import FULL_RESOLUTION, RESOLVED
from warehouse.metrics.responsiveness import FIRST_RESPONSE, NEXT_REPLY
from warehouse.metrics.satisfaction import CSAT
from warehouse.metrics.workload import ASSIGNED, CONVERSATIONS_STARTED
from warehouse.period import Every, Period
from warehouse.report import BUCKET, EVERYTHING, Only, as_frame, measure


class Meta(Struct, frozen=True):
    """From which state of the lake and by which definitions a report was made."""

    snapshot: int
    fresh_at: str
    """The instant, in UTC, up to which the desk was known."""
    definitions: dict[str, int]
    """Each metric's name with the version of its definition."""


class AgentPerformance(Struct, frozen=True):
    """One row an agent: what it was given, what it resolved, how fast, and how well."""

    frame: pl.DataFrame
    meta: Meta

    def data(self, names: Mapping[int, str]) -> list[dict[str, Any]]:
        """The rows as the API answers them; a removed agent without a name keeps its numbers."""
        return [
            {"agent_id": row["agent_id"], "agent_name": names.get(row["agent_id"]), **row}
            for row in self.frame.iter_rows(named=True)
        ]


class ConversationTrends(Struct, frozen=True):
    """How many conversations began in each bucket of a period."""

    frame: pl.DataFrame
    """`bucket`, the first day, and `n`."""
    total: int
    peak: date | None
    """The bucket with most, the earliest of several; none when there was no conversation."""
    average_daily: float
    meta: Meta

    def data(self) -> dict[str, Any]:
        """The report as the API answers it."""
        return {
            "daily_conversations": {
                row[BUCKET].isoformat(): row["n"] for row in self.frame.iter_rows(named=True)
            },
            "total_conversations": self.total,
            "peak_day": None if self.peak is None else self.peak.isoformat(),
            "average_daily": self.average_daily,
        }


def agent_performance(
    lake: Lake,
    account: AccountId,
    period: Period,
    *,
    only: Only = EVERYTHING,
    business: bool = False,
    as_of: Snapshot | None = None,
) -> AgentPerformance:
    """Every agent of the account, and everybody else who did an agent's work in the period."""
    snapshot = as_of or lake.snapshot()

    def of_agents(metric: Metric, **columns: str) -> pl.DataFrame:
        frame = measure(
            lake,
            account,
            metric,
            period,
            by=(AGENT,),
            only=only,
            business=business,
            as_of=snapshot,
        )
        kept = [pl.col("agent_id"), *(pl.col(old).alias(new) for new, old in columns.items())]
        return frame.drop_nulls("agent_id").select(kept)

    parts = (
        of_agents(ASSIGNED, total_conversations="n"),
        of_agents(RESOLVED, resolved_conversations="n"),
        of_agents(
            FIRST_RESPONSE,
            average_first_response_time="mean",
            median_first_response_time="median",
            p90_first_response_time="p90",
            first_response_n="n",
        ),
        of_agents(
            FULL_RESOLUTION,
            average_resolution_time="mean",
            median_resolution_time="median",
            p90_resolution_time="p90",
            resolution_n="n",
        ),
        of_agents(
            NEXT_REPLY,
            average_reply_time="mean",
            median_reply_time="median",
            p90_reply_time="p90",
            reply_n="n",
        ),
        of_agents(CSAT, csat_score="share", csat_n="n"),
    )
    frame = pl.concat(
        [_agents(lake, account, snapshot, only), *(part.select("agent_id") for part in parts)]
    ).unique()
    for part in parts:
        frame = frame.join(part, on="agent_id", how="left")
    counts = [name for name in frame.columns if name.endswith(("_n", "_conversations"))]
    frame = frame.with_columns(pl.col(counts).fill_null(0)).sort(
        ["total_conversations", "resolved_conversations", "agent_id"],
        descending=[True, True, False],
    )
    metrics = (ASSIGNED, RESOLVED, FIRST_RESPONSE, FULL_RESOLUTION, NEXT_REPLY, CSAT)
    return AgentPerformance(frame, meta_of(snapshot, metrics))


def conversation_trends(
    lake: Lake,
    account: AccountId,
    period: Period,
    *,
    every: Every = Every.DAY,
    only: Only = EVERYTHING,
    as_of: Snapshot | None = None,
) -> ConversationTrends:
    """Conversations by the local day, week or month in which they began, zero-filled."""
    snapshot = as_of or lake.snapshot()
    frame = measure(
        lake, account, CONVERSATIONS_STARTED, period, every=every, only=only, as_of=snapshot
    )
    total = int(frame["n"].sum())
    peak = frame.sort(["n", BUCKET], descending=[True, False])[BUCKET][0] if total else None
    return ConversationTrends(
        frame=frame,
        total=total,
        peak=peak,
        average_daily=total / period.days,
        meta=meta_of(snapshot, (CONVERSATIONS_STARTED,)),
    )


def meta_of(snapshot: Snapshot, metrics: Sequence[Metric]) -> Meta:
    """What a report says about itself."""
    return Meta(
        snapshot=snapshot.id,
        fresh_at=snapshot.read_at.isoformat(),
        definitions={metric.name: metric.version for metric in metrics},
    )


def _agents(lake: Lake, account: AccountId, snapshot: Snapshot, only: Only) -> pl.DataFrame:
    """Those who are agents now and may be shown without having done anything."""
    frame = as_frame(
        lake.result(
            "select user_id as agent_id "
            f"from {lake.table('raw.account_users', account, snapshot.id)} "
            f"where account_id = {literal(int(account))} and role = 0"
        )
    )
    if only.agents:
        frame = frame.filter(pl.col("agent_id").is_in(list(only.agents)))
    if only.inboxes or only.teams:
        return frame.clear()
    return frame
