"""What must hold for the rows of the lake, each as a query that finds the offenders."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from warehouse.lake import Lake
from warehouse.models import FACTS, MARTS, MEASURED, Model
from warehouse.raw_tables import RAW_TABLES

Table = tuple[str, str]


class Invariant(Struct, frozen=True):
    """One thing that must be true of one table."""

    table: Table
    name: str
    says: str
    offenders: str
    """The query that counts what breaks it."""

    def broken(self, lake: Lake) -> int:
        ((offenders,),) = lake.rows(self.offenders)
        return int(offenders)


ONE_AT_A_TIME: Mapping[str, str] = {
    "status_span": "A conversation has one status at a time: its spans do not overlap.",
    "assignment": "A conversation is held by one agent at a time: holdings do not overlap.",
    "waiting": "A customer's waits in one conversation do not overlap, but for those that began "
    "in a conversation that became part of it.",
}
"""Facts whose rows of one conversation follow each other."""

_ADD_UP: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "agent_day": (
        ("conversations_started", "conversation_started", "true"),
        ("assignments", "assignment", "true"),
        ("resolutions", "resolution", "true"),
        ("customer_messages", "message", "said = 'customer'"),
        ("reply_messages", "message", "said = 'reply'"),
    ),
    "inbox_hour": (
        ("conversations_started", "conversation_started", "true"),
        ("customer_messages", "message", "said = 'customer'"),
    ),
}
"""By mart: its columns, and which rows of which fact each must be the number of."""


def invariants() -> Iterator[Invariant]:
    """All of them, table by table."""
    for raw in RAW_TABLES:
        yield _once(("raw", raw.name), raw.key_sql)
        yield _has_tenant(("raw", raw.name), raw.account_sql)
    for model in FACTS:
        yield _once((model.schema, model.name), model.key_sql)
        yield _has_tenant((model.schema, model.name), "account_id")
        if model.name in MEASURED and model.name != "reporting_event":
            yield _not_negative(model)
        if model.name in ONE_AT_A_TIME:
            yield _one_at_a_time(model)
        if model.name == "backlog_change":
            yield _in_the_backlog_once(model)
    for model in MARTS:
        yield _once((model.schema, model.name), model.key_sql)
        yield _has_tenant((model.schema, model.name), "account_id")
        if model.name in _ADD_UP:
            yield _adds_up(model)
        if model.name == "backlog_day":
            yield _no_backlog_below_zero(model)


def _once(table: Table, key: str) -> Invariant:
    return Invariant(
        table,
        "nothing_twice",
        f"No two rows have the same {key.replace(chr(34), '')}.",
        f"select count(*) from (select {key} from {_place(table)} "
        "group by all having count(*) > 1)",
    )


def _has_tenant(table: Table, account: str) -> Invariant:
    return Invariant(
        table,
        "every_row_has_its_tenant",
        "Every row belongs to an account that there is.",
        f"select count(*) from {_place(table)} where {account} is null or {account} not in "
        "(select id from lake.raw.accounts)",
    )


def _not_negative(model: Model) -> Invariant:
    return Invariant(
        (model.schema, model.name),
        "no_negative_duration",
        "Nothing ends before it begins, and no business time is longer than the time itself.",
        f"select count(*) from {model.table} where calendar_seconds < 0 or business_seconds < 0 "
        "or business_seconds > calendar_seconds + 0.000001",
    )


def _one_at_a_time(model: Model) -> Invariant:
    own = "begun_in = conversation_id" if model.name == "waiting" else "true"
    return Invariant(
        (model.schema, model.name),
        "no_two_at_once",
        ONE_AT_A_TIME[model.name],
        f"""
        select count(*) from (
            select started_at, lag(coalesce(ended_at, 'infinity'::timestamptz)) over (
                partition by account_id, conversation_id order by started_at, event_id) as before
            from {model.table} where {own})
        where started_at < before""",
    )


def _in_the_backlog_once(model: Model) -> Invariant:
    return Invariant(
        (model.schema, model.name),
        "in_the_backlog_once_or_not",
        "A conversation's changes add up to one that stands or to none.",
        f"""
        select count(*) from (
            select sum(change) as stands from {model.table} group by account_id, conversation_id)
        where stands not in (0, 1)""",
    )


def _no_backlog_below_zero(model: Model) -> Invariant:
    return Invariant(
        (model.schema, model.name),
        "no_backlog_below_zero",
        "At no day's end do fewer than no conversations stand with an agent, a team or an inbox.",
        f"""
        select count(*) from (
            select sum(change) over (
                partition by account_id, agent_id, team_id, inbox_id order by day) as stands
            from {model.table})
        where stands < 0""",
    )


def _adds_up(model: Model) -> Invariant:
    columns = _ADD_UP[model.name]
    days = " union all ".join(
        [
            f"select account_id, day, '{column}' as what, sum({column}) as n from {model.table} "
            "group by all"
            for column, _, _ in columns
        ]
        + [
            f"select account_id, day, '{column}', -count(*) from lake.facts.{fact} where {kept} "
            "group by all"
            for column, fact, kept in columns
        ]
    )
    return Invariant(
        (model.schema, model.name),
        "adds_up_to_the_facts",
        f"Of every account and day, {', '.join(column for column, _, _ in columns)} are as many "
        "as there are facts.",
        f"select count(*) from (select sum(n) as n from ({days}) group by account_id, day, what) "
        "where n <> 0",
    )


def _place(table: Table) -> str:
    return ".".join(("lake", *table))
