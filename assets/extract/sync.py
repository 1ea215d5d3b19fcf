"""Brings the lake up to the desk's present: raw tables, facts and marts in one lake snapshot."""

from collections import Counter
from time import perf_counter

import duckdb
from msgspec import structs

from assets.extract import full_load, increment, reconcile
from assets.extract.reconcile import Difference
from assets.extract.report import SyncReport
from assets.extract.same_past import has_the_same_past
from assets.extract.source import (
    Instant,
    attach_desk,
    changed_tables,
    snapshot,
    take_changes,
    take_stories,
    take_tombstones,
)
from desk.settings import Storage
from warehouse import build, known, models, schema, stories
from warehouse.freshness import Snapshot
from warehouse.known import Memory
from warehouse.lake import MOST_THREADS, Lake, name_days, transaction, use_threads
from warehouse.one_writer import OneWriter
from warehouse.raw_tables import RawTable, raw_table
from warehouse.schema import State

Connection = duckdb.DuckDBPyConnection

FEW_ROWS = 100_000
"""Up to so many changed rows two threads would cost a third more and gain nothing."""


def sync_lake(
    storage: Storage, lake: Lake, *, wait: bool = True, check: bool = False, anew: bool = False
) -> SyncReport:
    """Sync once, as the lake's one writer; a run that dies leaves the lake as it was.

    `check` also compares every table with the desk, and loads all of them anew if one differs;
    `anew` does that in any case. Without `wait`, raises Conflict while another process writes.
    """
    started = perf_counter()
    with OneWriter(storage, wait=wait) as writer:
        try:
            report = _sync(storage, lake, check=check, anew=anew)
            report = structs.replace(
                report, snapshot=lake.newest(), seconds=perf_counter() - started
            )
        except BaseException:
            lake.close()
            raise
        if report.how == "full":
            lake.memory = Memory()
        lake.memory.snapshot = report.snapshot
        writer.note(Snapshot(report.snapshot, report.read_at))
        return report


def _sync(storage: Storage, lake: Lake, *, check: bool, anew: bool) -> SyncReport:
    connection = lake.cursor()
    memory = lake.memory
    memory.recall(lake.newest())
    attach_desk(connection, storage)
    state = schema.read_state(connection)
    if state is None or anew or not schema.is_current(state):
        return _load_all(connection)

    use_threads(connection, 1)
    if schema.models_are_current(state):
        if not memory.kept:
            known.keep(connection)
            memory.kept = True
        known.use_kept(connection)
    changed: list[RawTable] = []
    told = False
    with snapshot(connection) as now:
        fits = _goes_on(connection, state, now)
        if fits:
            changed = changed_tables(connection, state.horizon)
            for table in changed:
                take_changes(connection, table, state.horizon)
            take_tombstones(connection, state.horizon)
            told = schema.models_are_current(state) and take_stories(connection, changed)
        if check:
            reconcile.take_sums(connection)
    if not fits:
        return _load_all(connection)

    report = _apply(connection, state, now, changed, memory, told=told)
    if check:
        report = _repair(connection, report)
    return report


def _goes_on(connection: Connection, state: State, now: Instant) -> bool:
    """Is the desk the one that the lake has followed, later on?

    In another cluster, or in this one set back in time, transaction ids start over. Only a server
    that was started anew can have been set back, and then it may have passed the horizon again.
    """
    if not now.is_of_the_cluster(state.source) or now.horizon < state.horizon:
        return False
    return now.source == state.source or has_the_same_past(connection, state.horizon)


def _load_all(connection: Connection) -> SyncReport:
    """Fill the raw tables in one lake snapshot, and all that follows from them in the next ones."""
    use_threads(connection, MOST_THREADS)
    with snapshot(connection) as now:
        schema.make_raw_tables(connection)
        rows = full_load.load_all(connection)
        state = State(now.horizon, now.source, schema.raw_digest(), "", now.read_at)
        schema.write_state(connection, state)
    built = rebuild(connection, state)
    return SyncReport("full", now.read_at, 0, 0.0, rows=+rows, built=+built)


def rebuild(connection: Connection, state: State) -> Counter[str]:
    """Make facts and marts from nothing but raw; a run that dies begins again next time."""
    use_threads(connection, MOST_THREADS)
    with transaction(connection, "rebuild"):
        schema.write_state(connection, structs.replace(state, model_digest=""))
        schema.make_model_tables(connection)
    built = build.rebuild_everything(connection)
    with transaction(connection, "rebuilt"):
        schema.write_state(connection, structs.replace(state, model_digest=models.digest()))
    return built


def _apply(
    connection: Connection,
    state: State,
    now: Instant,
    changed: list[RawTable],
    memory: Memory,
    *,
    told: bool,
) -> SyncReport:
    report = SyncReport("increment", now.read_at, 0, 0.0)
    newest = increment.newest_xid(connection, changed)
    tables = changed
    if memory.newest_xid is None or memory.newest_xid >= state.horizon:
        tables = [t for t in changed if increment.leave_out_known(connection, t, state.horizon)]
    memory.newest_xid = newest
    buried = Counter(
        {name: increment.find_graves(connection, raw_table(name)) for name in _deleted(connection)}
    )
    if increment.changed_rows(connection, tables) > FEW_ROWS:
        use_threads(connection, MOST_THREADS)
    stale = not schema.models_are_current(state)
    if not tables and not +buried and not stale:
        return structs.replace(report, how="nothing new")

    foreseen = None
    if told and any(table.name == "events" for table in tables):
        foreseen = stories.compare(connection)
    state = structs.replace(state, horizon=now.horizon, source=now.source, read_at=now.read_at)
    rows: Counter[str] = Counter()
    built: Counter[str] = Counter()
    with transaction(connection, "sync"):
        for name in +buried:
            increment.bury(connection, raw_table(name))
        increment.dirty_conversations(connection, tables)
        for table in tables:
            rows[table.name] = increment.apply_changes(connection, table)
        if not stale and increment.touches_what_is_known(connection, tables, [*+buried]):
            memory.kept = False
            known.use_lake(connection)
        if not stale:
            built = _follow(connection, foreseen, events="events" in rows)
        schema.write_state(connection, state)
        name_days(connection, "sync", increment.touched(connection, tables, [*+buried], built))
    if stale:
        memory.kept = False
        built = rebuild(connection, state)
    build.forget_steps(connection)
    return structs.replace(report, rows=rows, buried=+buried, built=+built)


def _follow(connection: Connection, foreseen: int | None, *, events: bool) -> Counter[str]:
    """Bring facts and marts up to date: as was found beforehand of so many conversations, or now."""
    if foreseen is None:
        if events:
            build.take_settings(connection, "changed_events")
        return build.rebuild_dirty(connection)
    built = stories.write(connection) + Counter(conversations=foreseen)
    if stories.some_are_late(connection):
        connection.execute("create or replace temp table dirty_conversations as from late")
        connection.execute("create or replace temp table days_of_stories as from dirty_days")
        built += build.rebuild_dirty(connection)
        connection.execute("insert into dirty_days from days_of_stories")
    return built


def _deleted(connection: Connection) -> list[str]:
    names = connection.execute("select distinct table_name from tombstones").fetchall()
    return [str(row[0]) for row in names]


def _repair(connection: Connection, report: SyncReport) -> SyncReport:
    found: list[Difference] = reconcile.differences(connection)
    if not found:
        return structs.replace(report, differences=())
    repaired = _load_all(connection)
    return structs.replace(repaired, how="full", differences=tuple(found))
