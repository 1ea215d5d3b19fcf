"""Write contacts into a file that somebody asked for."""

from datetime import datetime
from typing import Any

from desk.actions.transfer_contacts import finish_transfer, tell_transfer_progress
from desk.rules.contact_sheet import written
from desk.store.contact_transfers import count_for_file, rows_for_file, transfer
from desk.store.contacts import ContactsWanted
from desk.store.filters import CONTACTS, filter_clause
from desk.store.jobs import Job
from desk.store.transaction import TenantTx
from desk.words.contact_transfers import COLUMNS
from desk.words.errors import NotFound
from streams.jobs.contact_files import carried_out
from streams.jobs.outcome import Done, Outcome
from streams.jobs.workshop import Workshop

AT_A_TIME = 2_000

_ADDITIONAL = ("company_name", "city", "country", "country_code")


async def export_contacts(job: Job, work: Workshop) -> Outcome:
    """A page of contacts at a time, in the order of their ids."""
    return await carried_out(job, work, _export)


async def _export(job: Job, work: Workshop, transfer_id: int) -> Outcome:
    async with work.desk.transaction(job.account_id) as tx:
        try:
            row = await transfer(tx, transfer_id)
        except NotFound:
            return Done("it is gone")
        if row["file_key"] is not None:
            return Done("it was written before")
        request = row["request"]
        total = await count_for_file(tx, await _wanted(tx, request))
    lines: list[list[str]] = []
    last = 0
    while True:
        async with work.desk.transaction(job.account_id) as tx:
            found = await rows_for_file(tx, await _wanted(tx, request), last, AT_A_TIME)
            await tell_transfer_progress(tx, transfer_id, min(99, 99 * len(lines) // (total or 1)))
        if not found:
            break
        lines += [[_cell(one, column) for column in request["columns"]] for one in found]
        last = found[-1]["id"]
    content = written(request["columns"], lines)
    key = await work.files.put(job.account_id, content)
    async with work.desk.transaction(job.account_id) as tx:
        await finish_transfer(
            tx, transfer_id, rows=len(lines), file_key=key, file_size=len(content)
        )
    return Done()


async def _wanted(tx: TenantTx, request: dict[str, Any]) -> ContactsWanted:
    payload = request["payload"]
    clause = None if payload is None else await filter_clause(tx, payload, CONTACTS)
    return ContactsWanted(label_ids=request["label_ids"], clause=clause)


def _cell(contact: dict[str, Any], column: str) -> str:
    if column in _ADDITIONAL:
        value = contact["additional_attributes"].get(column)
    elif column in COLUMNS:
        value = contact[column]
    else:
        value = contact["custom_attributes"].get(column)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
