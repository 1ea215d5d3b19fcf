"""Fetch a customer's file from the provider before the provider forgets it."""

import asyncio
from typing import Any

from desk.actions.keep_attachment import give_up_attachment, keep_attachment
from desk.store.jobs import Job
from desk.words.channels import InboundFile
from desk.words.conversation import FileType
from ingest.channel_catalogue import channel_of
from ingest.channel_contract import BringsFiles, FetchedFile, Rejected, TryAgain
from streams.jobs.outcome import Again, Done, Failed, Outcome, pause_after
from streams.jobs.workshop import Workshop

LARGEST_FILE = 40 * 1024 * 1024

_LOAD = """
select f.id, f.file_type, f.file_name, f.mime_type, f.remote_id, f.external_url, f.file_key,
       (f.meta ->> 'inbound_id')::bigint as inbound_id,
       i.id as inbox_id, i.channel, i.config, i.secrets
from attachments f
join messages m on m.account_id = f.account_id and m.id = f.message_id
join inboxes i on i.account_id = m.account_id and i.id = m.inbox_id
where f.account_id = %s and f.id = %s"""


async def fetch_attachment(job: Job, work: Workshop) -> Outcome:
    """Keep the file in our own store and hang it on its message."""
    attachment_id = int(job.payload["attachment_id"])
    async with work.desk.transaction(job.account_id) as tx:
        row = await tx.first(_LOAD, [job.account_id, attachment_id])
    if row is None or row["file_key"] is not None:
        return Done("the file is gone" if row is None else "the file is here")
    try:
        fetched, content = await _fetch(job, work, row)
    except Rejected as no:
        return await _give_up(job, work, attachment_id, no.reason)
    except TryAgain as later:
        if job.attempt >= job.max_attempts:
            return await _give_up(job, work, attachment_id, later.reason)
        return Again(later.reason, max(later.after or pause_after(1), pause_after(job.attempt)))
    key = await work.files.put(job.account_id, content)
    async with work.desk.transaction(job.account_id) as tx:
        await keep_attachment(
            tx,
            attachment_id,
            file_key=key,
            size=len(content),
            mime_type=fetched.mime_type,
            file_name=fetched.name,
        )
    return Done()


async def _fetch(job: Job, work: Workshop, row: dict[str, Any]) -> tuple[FetchedFile, bytes]:
    sealed = row["secrets"]
    secrets = work.desk.secrets.open(sealed, f"inboxes:{row['inbox_id']}") if sealed else {}
    channel = channel_of(row["channel"])
    wanted = InboundFile(
        FileType(row["file_type"]),
        remote_id=row["remote_id"],
        url=row["external_url"],
        mime_type=row["mime_type"],
        name=row["file_name"],
    )
    if row["inbound_id"] is not None and isinstance(channel, BringsFiles):
        body = await _body(job, work, row["inbound_id"])
        # A large mail is taken apart beside the loop: replies are being sent on it.
        fetched = await asyncio.to_thread(channel.file_in, body, wanted, max_bytes=LARGEST_FILE)
        return fetched, b"".join([piece async for piece in fetched.chunks])
    fetching = channel.fetch_file(work.http, wanted, secrets, row["config"], max_bytes=LARGEST_FILE)
    async with fetching as fetched:
        return fetched, b"".join([piece async for piece in fetched.chunks])


async def _body(job: Job, work: Workshop, inbound_id: int) -> bytes:
    async with work.desk.transaction(job.account_id) as tx:
        row = await tx.first(
            "select body from inbound where account_id = %s and id = %s",
            [job.account_id, inbound_id],
        )
    if row is None:
        raise Rejected("the mail that brought the file is no longer kept")
    return bytes(row["body"])


async def _give_up(job: Job, work: Workshop, attachment_id: int, reason: str) -> Failed:
    async with work.desk.transaction(job.account_id) as tx:
        await give_up_attachment(tx, attachment_id, reason)
    return Failed(reason)
