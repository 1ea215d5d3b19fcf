"""Read a file of contacts: each row enters or corrects one, or is handed back with what was wrong."""

from desk.actions.keep_contact import create_contact, update_contact
from desk.actions.label_contact import label_contact
from desk.actions.transfer_contacts import (
    finish_transfer,
    give_up_transfer,
    tell_transfer_progress,
)
from desk.rules.contact_sheet import FAULT, Sheet, contact_line, read_sheet, written
from desk.store.contact_transfers import known_contact, transfer
from desk.store.jobs import Job
from desk.store.labels import titles
from desk.store.transaction import TenantTx
from desk.tables.contacts import ContactRow
from desk.words.actor import Actor
from desk.words.errors import Category, DeskError, Invalid, NotFound
from desk.words.ids import ContactId
from streams.jobs.contact_files import carried_out
from streams.jobs.outcome import Done, Failed, Outcome
from streams.jobs.workshop import Workshop

AT_A_TIME = 200


async def import_contacts(job: Job, work: Workshop) -> Outcome:
    """Repeated, it finds what it entered before and leaves it as it is."""
    return await carried_out(job, work, _import)


async def _import(job: Job, work: Workshop, transfer_id: int) -> Outcome:
    try:
        async with work.desk.transaction(job.account_id) as tx:
            row = await transfer(tx, transfer_id)
        if row["source_key"] is None:
            return Done("it was read before")
        sheet = read_sheet(await work.files.get(job.account_id, row["source_key"]))
    except NotFound:
        return Done("it is gone")
    except (Invalid, FileNotFoundError) as no:
        reason = no.sentence if isinstance(no, Invalid) else "The uploaded file is gone."
        async with work.desk.transaction(job.account_id) as tx:
            await give_up_transfer(tx, transfer_id, reason)
        return Failed(reason)
    refused: list[list[str]] = []
    for first in range(0, len(sheet.rows), AT_A_TIME):
        # Quiet: a file of fifty thousand people is no fifty thousand news.
        async with work.desk.transaction(job.account_id, quiet=True) as tx:
            for line in sheet.rows[first : first + AT_A_TIME]:
                fault = await _enter(tx, sheet, line)
                if fault is not None:
                    refused.append([*_whole(sheet, line), fault])
            await tell_transfer_progress(tx, transfer_id, 99 * first // len(sheet.rows))
    key, size = None, None
    if refused:
        content = written([*sheet.headings, FAULT], refused)
        key, size = await work.files.put(job.account_id, content), len(content)
    async with work.desk.transaction(job.account_id) as tx:
        await finish_transfer(
            tx,
            transfer_id,
            rows=len(sheet.rows),
            failed=len(refused),
            file_key=key,
            file_size=size,
        )
    return Done()


async def _enter(tx: TenantTx, sheet: Sheet, row: list[str]) -> str | None:
    """Why the row was refused, if it was."""
    by = Actor.system()
    try:
        line = contact_line(sheet, row)
        async with tx.part():
            known = await known_contact(tx, line.fields)
            if known is None:
                contact = await create_contact(tx, line.fields, by=by)
            else:
                contact = await update_contact(tx, ContactId(known), line.fields, by=by)
            if line.labels:
                wanted = [*line.labels, *await _labels(tx, contact)]
                await label_contact(tx, ContactId(contact.id), wanted, by=by)
    except DeskError as error:
        if error.category is Category.TRANSIENT:
            raise
        return error.sentence
    return None


async def _labels(tx: TenantTx, contact: ContactRow) -> list[str]:
    return await titles(tx, contact.label_ids) if contact.label_ids else []


def _whole(sheet: Sheet, row: list[str]) -> list[str]:
    return [*row, *[""] * (len(sheet.headings) - len(row))][: len(sheet.headings)]
