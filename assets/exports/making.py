"""Makes what waits: schedules that came due become exports, and exports become files."""

import asyncio
import time
from collections.abc import Iterator

import duckdb
import obstore.exceptions
import polars as pl
import psycopg
import structlog
from msgspec import Struct

from assets.exports.claims import Claims
from assets.exports.writing import write
from desk.actions.make_export import begin_export, fail_export, finish_export, tell_progress
from desk.actions.schedule_export import carry_out_schedule
from desk.settings import Settings, Storage
from desk.store import people
from desk.store.accounts import account_of
from desk.store.desk import Desk
from desk.store.exports import Waiting, due_schedules, waiting_exports
from desk.store.files import FileStore
from desk.words.errors import DeskError
from desk.words.exports import ExportFormat, ReportType
from warehouse.freshness import Snapshot
from warehouse.lake import Lake
from warehouse.period import Period
from warehouse.report_tables import ReportTable, report_table

REASON = "exports of all accounts are made in one place"

AT_A_TIME = 20
BUDGET_SECONDS = 25.0
"""After so long the rest waits for the next round."""

_FAILURES = (
    DeskError,
    duckdb.Error,
    pl.exceptions.PolarsError,
    obstore.exceptions.BaseError,
    OSError,
)

_MEASURED_PERCENT = 70
_WRITTEN_PERCENT = 90

_log = structlog.get_logger("exports")


class Made(Struct, frozen=True):
    """An export that has become a file."""

    export_id: int
    account_id: int
    report_type: ReportType
    rows: int
    size: int
    snapshot: int
    attempts: int
    seconds: float


_WAITING = """
select exists (select from exports e join accounts a on a.id = e.account_id
               where e.state in ('queued', 'running') and not a.suspended)
    or exists (select from export_schedules s join accounts a on a.id = s.account_id
               where s.active and s.next_due_at <= now() and not a.suspended)"""


def is_anything_waiting(storage: Storage) -> bool:
    """A look that costs nearly nothing: most of the time nobody has asked."""
    with psycopg.connect(storage.database_url, autocommit=True) as connection:
        row = connection.execute(_WAITING).fetchone()
    return bool(row and row[0])


async def make_exports(desk: Desk, lake: Lake, files: FileStore) -> list[Made]:
    """One round: queue what schedules want, and make as much as the round has time for."""
    began = time.monotonic()
    await carry_out_schedules(desk)
    snapshot = await asyncio.to_thread(lake.snapshot)
    async with desk.transaction_across_accounts(reason=REASON) as tx:
        waiting = await waiting_exports(tx, snapshot.read_at, AT_A_TIME)
    made: list[Made] = []
    if not waiting:
        return made
    async with Claims.opened(desk.settings.storage) as claims:
        for one in _in_time(waiting, began):
            async with claims.held(one.id) as ours:
                if ours and (done := await _make(desk, lake, files, snapshot, one)) is not None:
                    made.append(done)
    return made


async def carry_out_schedules(desk: Desk) -> int:
    """Every schedule that came due gets its export, once; how many were queued."""
    async with desk.transaction_across_accounts(reason=REASON) as tx:
        due = await due_schedules(tx)
    queued = 0
    for schedule in due:
        async with desk.transaction(schedule.account_id) as tenant:
            queued += len(await carry_out_schedule(tenant, schedule.id))
    return queued


def make_now(settings: Settings, lake: Lake) -> list[Made]:
    """A round from outside an event loop, on connections of its own."""

    async def round_of_work() -> list[Made]:
        desk = Desk.open(settings, connections=2)
        try:
            return await make_exports(desk, lake, FileStore(settings.storage.files_url))
        finally:
            await desk.close()

    return asyncio.run(round_of_work())


def _in_time(waiting: list[Waiting], began: float) -> Iterator[Waiting]:
    for one in waiting:
        if time.monotonic() - began > BUDGET_SECONDS:
            return
        yield one


async def _make(
    desk: Desk, lake: Lake, files: FileStore, snapshot: Snapshot, one: Waiting
) -> Made | None:
    began = time.monotonic()
    async with desk.transaction(one.account_id) as tx:
        row = await begin_export(tx, one.id)
        zone = (await account_of(tx))["time_zone"]
        names = {agent["id"]: agent["name"] for agent in await people.agents(tx)}
    if row is None:
        return None
    report, to = ReportType(row["report_type"]), ExportFormat(row["format"])
    period = Period.of_days(row["start_date"], row["end_date"])
    try:
        table = await asyncio.to_thread(
            report_table, lake, one.account_id, report, period, names=names, as_of=snapshot
        )
        await _tell(desk, one, _MEASURED_PERCENT)
        about = _about(table, one, report, period, zone)
        content = write(table.frame, to, about)
        await _tell(desk, one, _WRITTEN_PERCENT)
        # One key for all tries: whoever comes after a dead maker replaces what it left.
        key = f"{int(one.account_id)}/exports/{one.id}.{to.value}"
        await files.put_at(one.account_id, key, content)
    except _FAILURES as error:
        reason = error.sentence if isinstance(error, DeskError) else _first_line(error)
        _log.warning("export_failed", account=one.account_id, export=one.id, error=reason)
        async with desk.transaction(one.account_id) as tx:
            await fail_export(tx, one.id, reason)
        return None
    async with desk.transaction(one.account_id) as tx:
        await finish_export(
            tx,
            one.id,
            file_key=key,
            size=len(content),
            rows=table.frame.height,
            meta={**about, "totals": table.totals},
        )
    return Made(
        export_id=one.id,
        account_id=int(one.account_id),
        report_type=report,
        rows=table.frame.height,
        size=len(content),
        snapshot=snapshot.id,
        attempts=row["attempts"],
        seconds=round(time.monotonic() - began, 3),
    )


async def _tell(desk: Desk, one: Waiting, percent: int) -> None:
    async with desk.transaction(one.account_id) as tx:
        await tell_progress(tx, one.id, percent)


def _about(
    table: ReportTable, one: Waiting, report: ReportType, period: Period, zone: str
) -> dict[str, object]:
    """What the file says about itself: enough to make the same numbers again."""
    return {
        "report_type": report.value,
        "account_id": int(one.account_id),
        "start_date": period.start.isoformat(),
        "end_date": period.last.isoformat(),
        "time_zone": zone,
        "snapshot": table.meta.snapshot,
        "fresh_at": table.meta.fresh_at,
        "definitions": table.meta.definitions,
    }


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
