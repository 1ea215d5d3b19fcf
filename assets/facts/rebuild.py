"""Makes facts and marts from raw anew, whole or by month: the repair for whatever went wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb

from assets.extract.sync import rebuild
from assets.months import Months
from desk.settings import Storage
from warehouse import build, known, schema
from warehouse.freshness import Snapshot
from warehouse.lake import Lake, not_ready, transaction
from warehouse.models import FACTS, MARTS, SETTINGS, Model
from warehouse.one_writer import OneWriter
from warehouse.schema import State

Connection = duckdb.DuckDBPyConnection

MOST_PIECEMEAL = 0.5
"""From what share of all events on facts are made from nothing: that needs one pass."""


def rebuild_facts(storage: Storage, lake: Lake, months: Months | None = None) -> Counter[str]:
    """The facts of some months or of all time, and the marts that follow; how many rows differed.

    A month's facts are those of every conversation that did something in it.
    """
    asked = months or Months()
    with _writing(storage, lake) as (connection, state):
        piecemeal = not asked.are_all and schema.models_are_current(state)
        if piecemeal and _gather(connection, asked) <= MOST_PIECEMEAL:
            return _rebuild_in_batches(connection)
        return rebuild(connection, state)


def rebuild_marts(
    storage: Storage, lake: Lake, months: Months | None = None, marts: Iterable[Model] = MARTS
) -> Counter[str]:
    """The marts of some months or of all time, from facts; how many rows each holds there."""
    days = (months or Months()).hold("day")
    made: Counter[str] = Counter()
    with _writing(storage, lake) as (connection, _), transaction(connection, "rebuild marts"):
        for fact in FACTS:
            connection.execute(
                f"create or replace temp view dirty_{fact.name} as "
                f"select * from {fact.table} where {days}"
            )
        for mart in marts:
            connection.execute(f"delete from {mart.table} where {days}")
            row = connection.execute(f"insert into {mart.table} {mart.sql}").fetchone()
            made[mart.label] = int(row[0]) if row else 0
    return made


def take_settings(storage: Storage, lake: Lake) -> int:
    """The calendars and team changes of the log that facts do not know yet, with what they touch."""
    with _writing(storage, lake) as (connection, _):
        with transaction(connection, "take settings"):
            known.use_lake(connection)
            _nothing_dirty(connection)
            taken = build.take_settings(connection, "lake.raw.events")
            build.rebuild_dirty(connection)
        return taken


def count_rows(
    lake: Lake, models: Iterable[Model] = (*SETTINGS, *FACTS, *MARTS), months: Months | None = None
) -> Counter[str]:
    """How many rows each fact and mart holds, of all time or of some months."""
    counts: Counter[str] = Counter()
    for model in models:
        days = (months or Months()).hold("day") if model not in SETTINGS else "true"
        ((counts[model.label],),) = lake.rows(f"select count(*) from {model.table} where {days}")
    return counts


@contextmanager
def _writing(storage: Storage, lake: Lake) -> Iterator[tuple[Connection, State]]:
    """The lake's one writer, at a lake that holds something; what it leaves is what readers see."""
    with OneWriter(storage, wait=True) as writer:
        connection = lake.cursor()
        state = schema.read_state(connection)
        if state is None:
            raise not_ready()
        try:
            yield connection, state
        finally:
            build.forget_steps(connection)
        writer.note(Snapshot(lake.newest(), state.read_at))


def _nothing_dirty(connection: Connection) -> None:
    connection.execute(
        "create or replace temp table dirty_conversations "
        "(account_id bigint, conversation_id bigint)"
    )


def _gather(connection: Connection, months: Months) -> float:
    """Put the conversations of some months into `to_repair`, in batches; their share of all events.

    Those whose facts lie there count too, although the log may know nothing of them.
    """
    held = " union ".join(
        f"select account_id, conversation_id from {fact.table} where {months.hold('day')}"
        for fact in FACTS
    )
    connection.execute(
        f"""
        create or replace temp table to_repair as
        with touched as (
            select account_id, conversation_id from lake.raw.events
            where conversation_id is not null and {months.about('"at"')}
            union {held}
        ),
        stories as (
            select account_id, conversation_id, count(*) as n from lake.raw.events
            where conversation_id is not null group by all
        )
        select account_id, conversation_id, coalesce(n, 1) as n,
               (sum(coalesce(n, 1)) over (order by account_id, conversation_id)
                // {build.BATCH_EVENTS})::int as batch
        from touched left join stories using (account_id, conversation_id)"""
    )
    row = connection.execute(
        "select (select coalesce(sum(n), 0) from to_repair) / greatest(1, count(*)) "
        "from lake.raw.events where conversation_id is not null"
    ).fetchone()
    return float(row[0]) if row else 0.0


def _rebuild_in_batches(connection: Connection) -> Counter[str]:
    moved: Counter[str] = Counter()
    known.use_lake(connection)
    batches = connection.execute("select distinct batch from to_repair order by batch").fetchall()
    for (batch,) in batches:
        with transaction(connection, "rebuild months"):
            _nothing_dirty(connection)
            connection.execute(
                "insert into dirty_conversations select account_id, conversation_id "
                f"from to_repair where batch = {int(batch)}"
            )
            moved += build.rebuild_dirty(connection)
    connection.execute("drop table to_repair")
    return moved
