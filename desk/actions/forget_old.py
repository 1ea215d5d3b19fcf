"""Forget what is old enough to go: each call is one batch of one account, and leaves its facts."""

from datetime import datetime

from desk.actions.delete_conversations import delete_conversations
from desk.events.contacts import ContactDeleted
from desk.events.exports import ExportRemoved, RecordsForgotten
from desk.store.old_rows import (
    CONTACT_FILES,
    EXPORTS,
    LONG_RESOLVED,
    STRANGERS,
    OldRows,
    delete_old,
    lock_old,
)
from desk.store.transaction import TenantTx
from desk.store.unwanted_files import remove_avatar_later, remove_later
from desk.words.actor import Actor
from desk.words.ids import ContactId

BY = Actor.system()


async def forget_contacts(tx: TenantTx, before: datetime, limit: int) -> int:
    """Contacts who have no conversation; how many went."""
    gone = await delete_old(tx, STRANGERS, before, limit, told="id, avatar_path")
    for row in gone:
        await remove_avatar_later(tx, row["avatar_path"])
        tx.record(ContactDeleted(ContactId(row["id"])), by=BY)
    return len(gone)


async def forget_conversations(tx: TenantTx, before: datetime, limit: int) -> int:
    """Long resolved conversations of a suspended account; how many went."""
    # Nobody takes the suspension back while its conversations are being deleted.
    await tx.first("select from accounts where id = %s for share", [tx.account_id])
    held = await lock_old(tx, LONG_RESOLVED, before, limit)
    return len(await delete_conversations(tx, held, by=BY)) if held else 0


async def forget_exports(tx: TenantTx, before: datetime, limit: int) -> int:
    """Exports that were kept until then; their files become an obligation; how many went."""
    gone = await delete_old(tx, EXPORTS, before, limit, told="id, file_key")
    for row in gone:
        tx.record(ExportRemoved(row["id"]), by=BY)
    await remove_later(tx, [row["file_key"] for row in gone])
    return len(gone)


async def forget_contact_files(tx: TenantTx, before: datetime, limit: int) -> int:
    """Contacts that were brought or fetched as files, which go with them; how many went."""
    gone = await delete_old(tx, CONTACT_FILES, before, limit, told="file_key, source_key")
    await remove_later(tx, [key for row in gone for key in row.values()])
    if gone:
        tx.record(RecordsForgotten(CONTACT_FILES.table, len(gone), before), by=BY)
    return len(gone)


async def forget_records(tx: TenantTx, old: OldRows, before: datetime, limit: int) -> int:
    """Records of the house's own, told of by their number; how many went."""
    gone = len(await delete_old(tx, old, before, limit))
    if gone:
        tx.record(RecordsForgotten(old.table, gone, before), by=BY)
    return gone
