"""An export on its way from asked to fetched: begun, told how far, made, or given up."""

from datetime import timedelta
from typing import Any

from psycopg.types.json import Jsonb

from desk.events.exports import ExportFailed, ExportMade
from desk.store.transaction import TenantTx
from desk.words.actor import Actor

MOST_ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=10)

_BEGUN_PERCENT = 5


async def begin_export(tx: TenantTx, export_id: int) -> dict[str, Any] | None:
    """Take up an export that waits, or whose maker died; nothing when there is nothing to do.

    Only for who holds the export's lock: the row cannot tell a maker at work from a dead one.
    """
    row = await tx.first(
        """update exports set state = 'running', attempts = attempts + 1, progress = %s,
               started_at = coalesce(started_at, %s)
           where account_id = %s and id = %s and state in ('queued', 'running') and attempts < %s
           returning id, report_type, format, start_date, end_date, attempts""",
        [_BEGUN_PERCENT, tx.now, tx.account_id, export_id, MOST_ATTEMPTS],
    )
    if row is None:
        await _give_up(tx, export_id, "Its maker died each time it was tried.")
    return row


async def tell_progress(tx: TenantTx, export_id: int, percent: int) -> None:
    """Say how far it is."""
    await tx.execute(
        "update exports set progress = %s where account_id = %s and id = %s and state = 'running'",
        [percent, tx.account_id, export_id],
    )


async def finish_export(
    tx: TenantTx,
    export_id: int,
    *,
    file_key: str,
    size: int,
    rows: int,
    meta: dict[str, Any],
) -> None:
    """The file lies in the store, whole."""
    done = await tx.execute(
        """update exports set state = 'done', progress = 100, file_key = %s, file_size = %s,
               row_count = %s, meta = %s, error = null, retry_at = null, finished_at = %s,
               expires_at = %s::timestamptz + make_interval(days => keep_days)
           where account_id = %s and id = %s and state = 'running'""",
        [file_key, size, rows, Jsonb(meta), tx.now, tx.now, tx.account_id, export_id],
    )
    if done:
        tx.record(ExportMade(export_id, rows, size, int(meta["snapshot"])), by=Actor.system())


async def fail_export(tx: TenantTx, export_id: int, reason: str) -> None:
    """A try failed: it is tried again a little later, and given up after the third."""
    again = await tx.execute(
        """update exports set state = 'queued', progress = 0, error = %s,
               retry_at = %s::timestamptz + attempts * %s
           where account_id = %s and id = %s and state = 'running' and attempts < %s""",
        [reason[:1000], tx.now, RETRY_AFTER, tx.account_id, export_id, MOST_ATTEMPTS],
    )
    if not again:
        await _give_up(tx, export_id, reason)


async def _give_up(tx: TenantTx, export_id: int, reason: str) -> None:
    row = await tx.first(
        """update exports set state = 'failed', error = %s, retry_at = null, finished_at = %s,
               expires_at = %s::timestamptz + make_interval(days => keep_days)
           where account_id = %s and id = %s and state in ('queued', 'running') and attempts >= %s
           returning attempts""",
        [reason[:1000], tx.now, tx.now, tx.account_id, export_id, MOST_ATTEMPTS],
    )
    if row is not None:
        tx.record(ExportFailed(export_id, row["attempts"]), by=Actor.system())
