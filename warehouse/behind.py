"""From a number to the conversations it is made of."""

from datetime import date

import polars as pl

from desk.words.ids import AccountId
from warehouse.freshness import Snapshot
from warehouse.lake import Lake
from warehouse.literals import literal
from warehouse.metrics.metric import Metric, Totals, Unit
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
    rows = (
        f"{lake.table(f'facts.{metric.fact}', account, snapshot.id)} "
        f"where {conditions(account, metric, period, only, snapshot)}"
    )
    facts = f"select *, {seconds} as seconds from {rows}"
    if metric.totals is Totals.STANDING:
        # Those whose changes leave one standing, by the last of them.
        facts = f"""
            select conversation_id, max({metric.at}) as {metric.at}, any_value(inbox_id) as inbox_id,
                   arg_max(agent_id, {metric.at}) as agent_id, null::double as seconds
            from {rows} group by conversation_id having sum({metric.value}) > 0"""
    return as_frame(
        lake.result(
            f"""
            select conversation.display_id, fact.{metric.at} as happened_at, fact.agent_id,
                   fact.inbox_id, fact.seconds
            from ({facts}) as fact
            join (select * from {lake.table("raw.conversations", account, snapshot.id)}) as conversation
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
        f"select distinct day from {lake.table(f'facts.{metric.fact}', account, snapshot.id)} "
        f"where account_id = {literal(int(account))} "
        f"and ({metric.keep.format(as_of=literal(snapshot.read_at))}) order by day"
    )
    return [row[0] for row in rows]
