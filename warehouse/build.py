"""Makes facts of raw events and marts of facts: for what changed, or for everything."""

from collections import Counter
from datetime import UTC, datetime

import duckdb

from warehouse.calendars import calendar_versions, load_time_tables
from warehouse.known import EVENTS
from warehouse.lake import transaction
from warehouse.merges import add_their_others, groups_sql
from warehouse.models import (
    CONCLUDING,
    FACTS,
    MARTS,
    MEASURED,
    OF_MERGES,
    SETTINGS,
    STEPS,
    TELLING,
    Model,
    step_sql,
)
from warehouse.weeks_in_force import load_weeks_in_force

Connection = duckdb.DuckDBPyConnection

BATCH_EVENTS = 300_000
"""How many events a full rebuild holds in memory at once."""

_LITERALS = 500
"""Up to so many conversations are named in the query, where files can be skipped by it."""

_DAYS = 8
"""Up to so many days are."""

_MACROS = (
    """create or replace temp macro opened_before(before, opens, length, instant) as
       coalesce(before + least(instant - opens, length), 0)""",
    """create or replace temp macro in_seconds(microseconds) as
       (microseconds / 1000000.0)::decimal(18, 6)""",
)


def take_settings(connection: Connection, events: str) -> int:
    """Add the calendars and team changes among raw events; the conversations they touch get dirty.

    Returns how many there were; `dirty_conversations` must exist.
    """
    taken = 0
    if not make(
        connection,
        "setting_events",
        f"select * from {events} where name in {EVENTS!r}",
    ):
        return taken
    for model in SETTINGS:
        connection.execute(f"create or replace temp table fresh as {model.sql}")
        connection.execute(
            f"delete from fresh where event_id in (select event_id from {model.table})"
        )
        taken += _count(connection, "fresh")
        connection.execute(f"insert into {model.table} select * from fresh")
        _TOUCH[model.name](connection)
    return taken


def _calendars_touch(connection: Connection) -> None:
    for fact in MEASURED:
        connection.execute(
            f"""
            insert into dirty_conversations
            select distinct f.account_id, f.conversation_id
            from lake.facts.{fact} f join fresh using (account_id, inbox_id)
            where coalesce(f.ended_at, f.started_at) >= fresh.since or not exists (
                from lake.facts.calendar other
                where other.account_id = fresh.account_id and other.inbox_id = fresh.inbox_id
                  and (other.since, other.event_id) < (fresh.since, fresh.event_id))"""
        )


def _teams_touch(connection: Connection) -> None:
    for fact in ("first_response", "reply"):
        connection.execute(
            f"""
            insert into dirty_conversations
            select distinct f.account_id, f.conversation_id
            from lake.facts.{fact} f join fresh
              on fresh.account_id = f.account_id and fresh.user_id = f.agent_id
             and f.ended_at >= fresh."at"
            """
        )


def _merges_touch(connection: Connection) -> None:
    for side in ("conversation_id", "into_conversation_id"):
        connection.execute(f"insert into dirty_conversations select account_id, {side} from fresh")


_TOUCH = {"calendar": _calendars_touch, "team_change": _teams_touch, "merge": _merges_touch}


def rebuild_dirty(connection: Connection) -> Counter[str]:
    """Bring facts and marts up to date for the conversations in `dirty_conversations`."""
    moved: Counter[str] = Counter()
    add_their_others(connection, "dirty_conversations")
    moved["conversations"] = make(connection, "scope", "select distinct * from dirty_conversations")
    conversations = [
        int(row[0])
        for row in connection.execute(
            f"select distinct conversation_id from scope limit {_LITERALS + 1}"
        ).fetchall()
    ]
    if not conversations:
        return moved
    within = (
        f"conversation_id in ({', '.join(map(str, conversations))})"
        if len(conversations) <= _LITERALS
        else "true"
    )
    _scope_events(connection, within)
    run_steps(connection)
    connection.execute("create or replace temp table dirty_days (account_id bigint, day date)")
    for model in FACTS:
        moved[model.label] = _replace_facts(connection, model, within)
    moved["days"] = _rebuild_dirty_days(connection)
    return moved


def _replace_facts(connection: Connection, model: Model, within: str) -> int:
    """Write only the difference between the facts as they were and as they are now."""
    before = make(
        connection,
        "facts_before",
        f"select * from {model.table} "
        f"semi join scope using (account_id, conversation_id) where {within}",
    )
    now = make(connection, "facts_now", model.sql)
    gone = before and make(connection, "gone", "from facts_before except from facts_now")
    fresh = now and make(connection, "fresh", "from facts_now except from facts_before")
    if gone:
        withdraw(connection, model, "gone")
        connection.execute("insert into dirty_days select distinct account_id, day from gone")
    if fresh:
        connection.execute(f"insert into {model.table} select * from fresh")
        connection.execute("insert into dirty_days select distinct account_id, day from fresh")
    return gone + fresh


def withdraw(connection: Connection, model: Model, gone: str) -> None:
    """Delete the facts that a temporary table holds."""
    days = in_list(connection, f"select distinct day from {gone}", "day")
    connection.execute(
        f"delete from {model.table} where {days} and ({model.key_sql}) in "
        f"(select {model.key_sql} from {gone})"
    )


def _rebuild_dirty_days(connection: Connection) -> int:
    days = make(connection, "days", "select distinct account_id, day from dirty_days")
    if not days:
        return 0
    within = in_list(connection, "select distinct day from days", "day")
    for model in FACTS:
        connection.execute(
            f"create or replace temp view dirty_{model.name} as select * from {model.table} "
            f"semi join days using (account_id, day) where {within}"
        )
    for model in MARTS:
        connection.execute(
            f"delete from {model.table} where {within} and (account_id, day) in "
            "(select account_id, day from days)"
        )
        connection.execute(f"insert into {model.table} {model.sql}")
    return days


def rebuild_everything(connection: Connection) -> Counter[str]:
    """Make all facts and marts from raw anew; the tables exist and hold nothing.

    Several lake snapshots, since one transaction would keep every batch in memory: nobody looks
    at them before the writer notes the last one.
    """
    moved: Counter[str] = Counter()
    connection.execute(
        "create or replace temp table dirty_conversations "
        "(account_id bigint, conversation_id bigint)"
    )
    with transaction(connection, "rebuild calendars"):
        take_settings(connection, "lake.raw.events")
    connection.execute(
        f"""
        create or replace temp table batches as
        with stories as (
            select account_id, conversation_id, count(*) as n from lake.raw.events
            where conversation_id is not null group by all
        ),
        groups as ({groups_sql()})
        select account_id, conversation_id, first_of_them is not null as merged,
               (sum(n) over (order by merged, account_id,
                                      coalesce(first_of_them, conversation_id))
                // {BATCH_EVENTS})::int as batch
        from stories left join groups using (account_id, conversation_id)"""
    )
    for merged, batch, account, last_account, first, last in connection.execute(
        "select merged, batch, min(account_id), max(account_id), min(conversation_id), "
        "max(conversation_id) from batches group by merged, batch order by merged, batch"
    ).fetchall():
        moved["conversations"] += make(
            connection,
            "scope",
            "select account_id, conversation_id from batches "
            f"where batch = {batch} and merged = {merged}",
        )
        _scope_events(
            connection,
            f"account_id between {account} and {last_account} "
            f"and conversation_id between {first} and {last}",
        )
        run_steps(connection)
        for model in FACTS:
            moved[model.label] += make(connection, f"now_{model.name}", model.sql)
        with transaction(connection, "rebuild facts"):
            for model in FACTS:
                connection.execute(f"insert into {model.table} select * from now_{model.name}")
    forget_steps(connection)
    if moved["conversations"]:
        with transaction(connection, "rebuild marts"):
            moved["days"] = rebuild_marts(connection)
    return moved


def rebuild_marts(connection: Connection) -> int:
    """Make all marts from facts anew; the tables exist and hold nothing."""
    all_days(connection)
    for model in MARTS:
        connection.execute(f"insert into {model.table} {model.sql}")
    return _count(connection, "(select distinct account_id, day from lake.marts.agent_day)")


def all_days(connection: Connection) -> None:
    """Let the marts' queries see all facts."""
    for model in FACTS:
        connection.execute(
            f"create or replace temp view dirty_{model.name} as select * from {model.table}"
        )


def nothing_in_scope(connection: Connection) -> None:
    """Let the steps' queries run over nothing, so that their tables have columns."""
    connection.execute(
        "create or replace temp table scope (account_id bigint, conversation_id bigint)"
    )
    connection.execute(
        "create or replace temp table setting_events as select * from lake.raw.events where false"
    )
    _scope_events(connection, "false")


def run_steps(connection: Connection) -> None:
    """Make the temporary tables from which the facts of the conversations in scope follow."""
    tell(connection)
    conclude(connection)


def tell(connection: Connection) -> None:
    """Make those which say what happened: `step_moments` and those on the way there."""
    for macro in _MACROS:
        connection.execute(macro)
    parsed, *others = TELLING
    connection.execute(step_sql(parsed))
    bounds = connection.execute('select min("at"), max("at") from step_parsed').fetchone()
    begin, end = bounds if bounds and bounds[0] else (_NO_TIME, _NO_TIME)
    versions = calendar_versions(connection)
    load_time_tables(connection, versions, begin, end)
    load_weeks_in_force(connection, versions, begin, end)
    for step in others:
        connection.execute(step_sql(step))


def conclude(connection: Connection) -> None:
    """Make those which say what follows from that."""
    merged = connection.execute(_MERGED).fetchone() is not None
    if not merged:
        connection.execute(_NOTHING_ADOPTED)
    for step in CONCLUDING:
        if merged or step not in OF_MERGES:
            connection.execute(step_sql(step))


def forget_steps(connection: Connection) -> None:
    """Give the memory of everything on the way back."""
    working = ("facts_now", "facts_before", "gone", "fresh", "batches", "scope", "stories")
    of_facts = (f"{side}_{model.name}" for side in ("now", "changed") for model in FACTS)
    for table in (*working, *(f"step_{step}" for step in STEPS), *of_facts):
        connection.execute(f"drop table if exists temp.{table}")


_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)

_MERGED = "select 1 from step_parsed where name = 'conversation_merged' limit 1"
_NOTHING_ADOPTED = """
    create or replace temp table step_adopted (
        account_id bigint, conversation_id bigint, absorbed_id bigint, event_id bigint,
        itself boolean, after_step bigint, replies bigint, answered boolean,
        asked_at timestamptz, asked_event_id bigint, clock_at timestamptz, clock_event_id bigint)"""


def _scope_events(connection: Connection, within: str) -> None:
    connection.execute(
        "create or replace temp view scoped_events as "
        f"select *, false as is_new from lake.raw.events where {within}"
    )


def in_list(connection: Connection, query: str, column: str) -> str:
    """A condition with the very days in it, by which files or parts of them can be left unread.

    Of many days spread over the years no part is without one, and to compare costs more than to read.
    """
    days = connection.execute(f"{query} limit {_DAYS + 1}").fetchall()
    if len(days) > _DAYS:
        return "true"
    return f"{column} in ({', '.join(f'date {day[0].isoformat()!r}' for day in days)})"


def make(connection: Connection, table: str, query: str) -> int:
    """Make a temporary table; the number of its rows."""
    row = connection.execute(f"create or replace temp table {table} as {query}").fetchone()
    return int(row[0]) if row else 0


def _count(connection: Connection, table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0
