"""Bring contacts in a file, or have them in one: asked here, done by a job a moment later."""

from datetime import timedelta
from typing import Any

from psycopg.types.json import Jsonb

from desk.events.contacts import (
    ContactTransferAsked,
    ContactTransferDone,
    ContactTransferFailed,
)
from desk.store.custom_attributes import attribute_types
from desk.store.filters import CONTACTS, filter_clause
from desk.store.jobs import queue_job
from desk.store.labels import known_labels
from desk.store.transaction import TenantTx
from desk.store.unwanted_files import remove_later
from desk.words.actor import Actor, ActorKind
from desk.words.contact_transfers import (
    COLUMNS,
    DEFAULT_COLUMNS,
    EXPORT_CONTACTS,
    IMPORT_CONTACTS,
    TransferKind,
)
from desk.words.custom_attributes import AttributeModel
from desk.words.errors import Invalid

_JOBS = {TransferKind.IMPORT: IMPORT_CONTACTS, TransferKind.EXPORT: EXPORT_CONTACTS}
MOST_COLUMNS = 100
_PRIORITY = 8


async def ask_contact_import(
    tx: TenantTx, source_key: str, file_name: str, *, keep_days: int, by: Actor
) -> int:
    """An uploaded file is to be read; the transfer's id."""
    request = {"file_name": file_name[-200:]}
    return await _ask(tx, TransferKind.IMPORT, request, source_key, keep_days, by)


async def ask_contact_export(
    tx: TenantTx,
    columns: list[str] | None,
    payload: list[Any] | None,
    label: str | None,
    *,
    keep_days: int,
    by: Actor,
) -> int:
    """A file of all contacts is wanted, or of those of a filter or a label; the transfer's id."""
    wanted = columns or list(DEFAULT_COLUMNS)
    own = {
        key for model, key in await attribute_types(tx) if model is AttributeModel.CONTACT_ATTRIBUTE
    }
    unknown = [one for one in wanted if one not in COLUMNS and one not in own]
    if unknown or len(wanted) > MOST_COLUMNS:
        raise Invalid(
            "unknown_columns",
            f"A contact has {', '.join(COLUMNS)} and the account's own attributes.",
            field="column_names",
        )
    if payload is not None:
        await filter_clause(tx, payload, CONTACTS)
    labels = await known_labels(tx, [label]) if label else []
    request = {"columns": wanted, "payload": payload, "label_ids": labels}
    return await _ask(tx, TransferKind.EXPORT, request, None, keep_days, by)


async def tell_transfer_progress(tx: TenantTx, transfer_id: int, percent: int) -> None:
    """Say how far it is."""
    await tx.execute(
        """update contact_transfers set state = 'running', progress = %s
           where account_id = %s and id = %s and state in ('queued', 'running')""",
        [percent, tx.account_id, transfer_id],
    )


async def finish_transfer(
    tx: TenantTx,
    transfer_id: int,
    *,
    rows: int,
    failed: int = 0,
    file_key: str | None = None,
    file_size: int | None = None,
) -> None:
    """It is done; the file it leaves lies in the store, and the file it came from is to go."""
    row = await tx.first(
        """update contact_transfers t set state = 'done', progress = 100, row_count = %s,
               failed_count = %s, file_key = %s, file_size = %s, finished_at = %s, error = null,
               source_key = null
           from contact_transfers old
           where t.account_id = %s and t.id = %s and t.state in ('queued', 'running')
             and old.account_id = t.account_id and old.id = t.id
           returning t.kind, old.source_key""",
        [rows, failed, file_key, file_size, tx.now, tx.account_id, transfer_id],
    )
    if row is None:
        await remove_later(tx, [file_key])
        return
    await remove_later(tx, [row["source_key"]])
    tx.record(ContactTransferDone(transfer_id, row["kind"], rows, failed), by=Actor.system())


async def give_up_transfer(tx: TenantTx, transfer_id: int, reason: str) -> None:
    """It cannot be done; the reason is there to be read."""
    row = await tx.first(
        """update contact_transfers t set state = 'failed', error = %s, finished_at = %s,
               source_key = null
           from contact_transfers old
           where t.account_id = %s and t.id = %s and t.state in ('queued', 'running')
             and old.account_id = t.account_id and old.id = t.id
           returning t.kind, old.source_key""",
        [reason[:1000], tx.now, tx.account_id, transfer_id],
    )
    if row is not None:
        await remove_later(tx, [row["source_key"]])
        tx.record(ContactTransferFailed(transfer_id, row["kind"]), by=Actor.system())


async def _ask(
    tx: TenantTx,
    kind: TransferKind,
    request: dict[str, Any],
    source_key: str | None,
    keep_days: int,
    by: Actor,
) -> int:
    row = await tx.one(
        """insert into contact_transfers (account_id, kind, request, source_key, requested_by,
                                          created_at, expires_at)
           values (%s, %s, %s, %s, %s, %s, %s) returning id""",
        [
            tx.account_id,
            kind.value,
            Jsonb(request),
            source_key,
            by.id if by.kind is ActorKind.USER else None,
            tx.now,
            tx.now + timedelta(days=keep_days),
        ],
    )
    transfer_id = int(row["id"])
    await queue_job(
        tx, _JOBS[kind], str(transfer_id), {"transfer_id": transfer_id}, priority=_PRIORITY
    )
    tx.record(ContactTransferAsked(transfer_id, kind.value), by=by)
    return transfer_id
