"""From a number to the conversations it is made of."""

from datetime import date

import polars as pl

from desk.words.ids import AccountId
from warehouse.freshness import Snapshot
from warehouse.lake import Lake
from warehouse.literals import literal
from warehouse.metrics.dimensions import LABEL
from warehouse.metrics.metric import Dimension, Metric, Totals, Unit
from warehouse.period import Period
from warehouse.report import EVERYTHING, Only, as_frame, conditions, facts_of

MOST = 1_000
"""How many are listed, the latest first."""

Cell = tuple[tuple[Dimension, object], ...]
"""Which part of a number split by dimensions: each with its one value, or none."""


def conversations_behind(
    lake: Lake,
    account: AccountId,
    metric: Metric,
    period: Period,
    *,
    only: Only = EVERYTHING,
    cell: Cell = (),
    business: bool = False,
    as_of: Snapshot | None = None,
) -> pl.DataFrame:
    """A row for everything the number counts, the latest first, and how many there are in `total`.

    `display_id` is the number people see, none if the conversation was deleted; `happened_at` its
    instant; `seconds` of a duration; `good` of a share, whether it is in its favour.
    """
    snapshot = as_of or lake.snapshot()
    parts = [conditions(account, metric, period, only, snapshot), *map(_is, cell)]
    seconds, good = "null::double", "null::boolean"
    if metric.unit is Unit.SECONDS:
        value = metric.business if business else metric.value
        seconds = f"{value}::double"
        parts.append(f"{value} is not null")
    if metric.unit is Unit.SHARE:
        good = f"coalesce({metric.value}, false)"
    rows = f"{facts_of(lake, account, metric, period, snapshot)} where {' and '.join(parts)}"
    standing = metric.totals is Totals.STANDING
    if standing or metric.distinct == "conversation_id":
        # What is counted once is listed once, by the last of it.
        stands = f"having sum({metric.value}) > 0" if standing else ""
        facts = f"""
            select conversation_id, max({metric.at}) as happened_at,
                   arg_max(inbox_id, {metric.at}) as inbox_id,
                   arg_max(agent_id, {metric.at}) as agent_id, {seconds} as seconds, {good} as good
            from {rows} group by conversation_id {stands}"""
    else:
        facts = f"""
            select conversation_id, {metric.at} as happened_at, inbox_id, agent_id,
                   {seconds} as seconds, {good} as good
            from {rows}"""
    return as_frame(
        lake.result(
            f"""
            select conversation.display_id, fact.happened_at, fact.agent_id, fact.inbox_id,
                   fact.seconds, fact.good, count(*) over () as total
            from ({facts}) as fact
            left join (
                select id, display_id
                from {lake.table("raw.conversations", account, snapshot.id)}
                where account_id = {literal(int(account))}
            ) as conversation on conversation.id = fact.conversation_id
            order by fact.happened_at desc, conversation.display_id desc limit {MOST}"""
        )
    )


def _is(part: tuple[Dimension, object]) -> str:
    dimension, value = part
    if dimension is LABEL:
        return f"list_contains(label_ids, {literal(value)})"
    return (
        f"({dimension.sql}) is null" if value is None else f"({dimension.sql}) = {literal(value)}"
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
