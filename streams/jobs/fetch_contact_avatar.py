"""Fetch a contact's picture from the address that somebody gave."""

import asyncio

import httpx

from desk.actions.picture_contact import picture_contact
from desk.store.avatars import LARGEST, drop_avatar, keep_avatar
from desk.store.jobs import Job
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ContactId
from ingest.channel_contract import Rejected
from streams.jobs.outcome import Again, Done, Failed, Outcome, pause_after
from streams.jobs.workshop import Workshop

PATIENCE_SECONDS = 20.0
"""All in all, however slowly the picture drips."""
_PATIENCE = httpx.Timeout(10.0)


async def fetch_contact_avatar(job: Job, work: Workshop) -> Outcome:
    """PNG, JPEG, GIF or WebP by its bytes; anything else leaves the contact as it is."""
    contact_id = ContactId(int(job.payload["contact_id"]))
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            content = await _fetched(work.http, str(job.payload["url"]))
        path = await keep_avatar(work.files, job.account_id, content)
    except (httpx.InvalidURL, Rejected) as no:
        return Failed(f"the address cannot be asked: {no}")
    except (httpx.HTTPError, TimeoutError) as error:
        reason = f"the picture cannot be fetched: {type(error).__name__}"
        if job.attempt >= job.max_attempts:
            return Failed(reason)
        return Again(reason, pause_after(job.attempt))
    except Invalid as no:
        return Failed(no.sentence)
    try:
        async with work.desk.transaction(job.account_id) as tx:
            await picture_contact(tx, contact_id, path, by=Actor.system())
    except NotFound:
        await drop_avatar(work.files, path)
        return Done("the contact is gone")
    return Done()


async def _fetched(http: httpx.AsyncClient, url: str) -> bytes:
    content = bytearray()
    async with http.stream("GET", url, timeout=_PATIENCE) as answer:
        answer.raise_for_status()
        async for piece in answer.aiter_bytes():
            content += piece
            if len(content) > LARGEST:
                break
    return bytes(content)
