"""From a number to the conversations it is made of."""

from datetime import date

import polars as pl

from desk.words.ids import AccountId
from warehouse.freshness import Snapshot
from warehouse.lake import Lake
from warehouse.literals import literal
from warehouse.metrics.metric import Metric, Unit
from warehouse.period import Period
from warehouse.report import EVERYTHING, Only, as_frame, conditions

MOST = 200
"""How many are listed, the latest first."""


def conversations_behind(
    lake: Lake,
    account: AccountId,
    metric: Metric,
    period: Period,
    *,
    only: Only = EVERYTHING,
    as_of: Snapshot | None = None,
) -> pl.DataFrame:
    """Each fact's conversation by the number people see, its instant, and its seconds if it has any."""
    snapshot = as_of or lake.snapshot()
    seconds = f"{metric.value}::double" if metric.unit is Unit.SECONDS else "null::double"
    return as_frame(
        lake.result(
            f"""
            select conversation.display_id, fact.{metric.at} as happened_at, fact.agent_id,
                   fact.inbox_id, fact.seconds
            from (select *, {seconds} as seconds
                  from lake.facts.{metric.fact} at (version => {snapshot.id})
                  where {conditions(account, metric, period, only)}) as fact
            join (select * from lake.raw.conversations at (version => {snapshot.id})) as conversation
              on conversation.account_id = {literal(int(account))}
             and conversation.id = fact.conversation_id
            order by happened_at desc limit {MOST}"""
        )
    )


def days_with(
    lake: Lake, account: AccountId, metric: Metric, *, as_of: Snapshot | None = None
) -> list[date]:
    """The local days on which the metric counts anything, in order."""
    snapshot = as_of or lake.snapshot()
    rows = lake.rows(
        f"select distinct day from lake.facts.{metric.fact} at (version => {snapshot.id}) "
        f"where account_id = {literal(int(account))} and ({metric.keep}) order by day"
    )
    return [row[0] for row in rows]
