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
from warehouse.report import BUCKET, EVERYTHING, Only, value_names, values_by, values_every

_COLUMNS: Mapping[Metric, Mapping[str, str]] = {
    ASSIGNED: {"n": "total_conversations"},
    RESOLVED: {"n": "resolved_conversations"},
    FIRST_RESPONSE: {
        "mean": "average_first_response_time",
        "median": "median_first_response_time",
        "p90": "p90_first_response_time",
        "n": "first_response_n",
    },
    FULL_RESOLUTION: {
        "mean": "average_resolution_time",
        "median": "median_resolution_time",
        "p90": "p90_resolution_time",
        "n": "resolution_n",
    },
    NEXT_REPLY: {
        "mean": "average_reply_time",
        "median": "median_reply_time",
        "p90": "p90_reply_time",
        "n": "reply_n",
    },
    CSAT: {"share": "csat_score", "n": "csat_n"},
}
"""What agents' performance shows of each metric, and by which name."""

_SCHEMA: Mapping[str, Any] = {
    "agent_id": pl.Int64,
    **{
        name: pl.Int64 if value == "n" else pl.Float64
        for columns in _COLUMNS.values()
        for value, name in columns.items()
    },
}
_NOTHING: Mapping[str, int | None] = {
    name: 0 if kind == pl.Int64 else None for name, kind in _SCHEMA.items() if name != "agent_id"
}


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

    rows: list[tuple[date, int]]
    """The first day of each bucket, and how many."""
    total: int
    peak: date | None
    """The bucket with most, the earliest of several; none when there was no conversation."""
    average_daily: float
    meta: Meta

    @property
    def frame(self) -> pl.DataFrame:
        """They as `bucket` and `n`."""
        return pl.DataFrame(self.rows, schema={BUCKET: pl.Date, "n": pl.Int64}, orient="row")

    def data(self) -> dict[str, Any]:
        """The report as the API answers it."""
        return {
            "daily_conversations": {day.isoformat(): n for day, n in self.rows},
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
    rows: dict[int, dict[str, Any]] = {
        agent: {"agent_id": agent, **_NOTHING} for agent in _agents(lake, account, snapshot, only)
    }
    for metric, columns in _COLUMNS.items():
        found = values_by(
            lake, account, metric, period, AGENT, only=only, business=business, as_of=snapshot
        )
        given = value_names(metric)
        places = [(given.index(value) + 1, name) for value, name in columns.items()]
        for line in found:
            agent = line[0]
            if agent is not None:
                row = rows.setdefault(agent, {"agent_id": agent, **_NOTHING})
                for place, name in places:
                    row[name] = line[place]
    ordered = sorted(
        rows.values(),
        key=lambda row: (
            -row["total_conversations"],
            -row["resolved_conversations"],
            row["agent_id"],
        ),
    )
    frame = pl.DataFrame(ordered, schema=_SCHEMA, orient="row")
    return AgentPerformance(frame, meta_of(snapshot, [*_COLUMNS]))


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
    rows = values_every(
        lake, account, CONVERSATIONS_STARTED, period, every, only=only, as_of=snapshot
    )
    total = sum(n for _, n in rows)
    peak = max(rows, key=lambda row: row[1])[0] if total else None
    return ConversationTrends(
        rows=rows,
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


def _agents(lake: Lake, account: AccountId, snapshot: Snapshot, only: Only) -> list[int]:
    """Those who are agents now and may be shown without having done anything."""
    if only.inboxes or only.teams:
        return []
    found = lake.known(
        "select user_id "
        f"from {lake.table('raw.account_users', account, snapshot.id)} "
        f"where account_id = {literal(int(account))} and role = 0"
    )
    return [row[0] for row in found.rows if not only.agents or row[0] in only.agents]
