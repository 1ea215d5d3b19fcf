"""Hand a message to its provider: once, in order, and never blindly a second time."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec
import structlog

from desk.actions.record_send import record_failed, record_sent
from desk.store.file_links import file_link
from desk.store.files import FileStore
from desk.store.jobs import Job
from desk.words.conversation import DeliveryStatus, FileType, MessageType
from desk.words.ids import AccountId, MessageId
from ingest.channel_catalogue import channel_of
from ingest.channel_contract import (
    OutgoingFile,
    OutgoingMessage,
    Rejected,
    SendResult,
    TryAgain,
    Unknown,
)
from streams.failures import reason_of
from streams.guard import until_it_passes
from streams.jobs.letters import as_letter, mail_id, with_relay
from streams.jobs.notices import notice_of
from streams.jobs.outcome import Again, Done, Failed, Outcome, pause_after
from streams.jobs.workshop import Workshop

log = structlog.get_logger()

ECHO_WITHIN = timedelta(seconds=45)
"""A provider that took the message says so within this time, naming our own id."""
IN_TURN = timedelta(milliseconds=300)
SLOW_SECONDS = 5.0

_LOAD = """
select m.id, m.conversation_id, m.content, m.message_type, m.private, m.status, m.source_id,
       m.created_at,
       coalesce((m.content_attributes ->> 'deleted')::boolean, false) as deleted,
       m.content_attributes ->> 'in_reply_to_external_id' as in_reply_to,
       m.additional_attributes -> 'template_params' as template,
       ci.source_id as recipient, i.id as inbox_id, i.channel, i.config, i.secrets,
       i.address as inbox_address, c.uuid::text as conversation,
       (select max(j.due_at) from messages earlier
           join jobs j on j.account_id = earlier.account_id and j.kind = 'send_message'
               and j.key = earlier.id::text and j.done_at is null and j.failed_at is null
               and j.payload ->> 'unknown_since' is null
           where earlier.account_id = m.account_id
             and earlier.conversation_id = m.conversation_id and earlier.id < m.id
             and earlier.message_type in (1, 3) and not earlier.private
             and earlier.source_id is null and earlier.status = 0) as goes_first_at
from messages m
join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
join inboxes i on i.account_id = m.account_id and i.id = m.inbox_id
where m.account_id = %s and m.id = %s"""

_FILES = """
select id, file_type, file_name, mime_type, size, file_key, external_url from attachments
where account_id = %s and message_id = %s order by id"""


class Progress(msgspec.Struct, frozen=True):
    """What earlier tries left in the payload."""

    message_id: int
    tries: int = 0
    unknown_since: datetime | None = None
    sent: tuple[str, ...] = ()
    """Provider ids of the parts that went through."""


async def send_message(job: Job, work: Workshop) -> Outcome:
    """Send what has not been sent."""
    progress = msgspec.convert(job.payload, Progress)
    row: dict[str, Any] = {}
    files: list[dict[str, Any]] = []

    async def load() -> None:
        async with work.desk.transaction(job.account_id) as tx:
            row.update(await tx.first(_LOAD, [job.account_id, progress.message_id]) or {})
            files[:] = await tx.all(_FILES, [job.account_id, progress.message_id])

    await until_it_passes(load)
    if (nothing := _nothing_to_send(row, files)) is not None:
        return Done(nothing)
    if job.earlier_unfinished and progress.unknown_since is None:
        progress = msgspec.structs.replace(progress, unknown_since=work.desk.clock.now())
    if progress.unknown_since is not None:
        decided = await _after_unknown(job, work, progress, row)
        if isinstance(decided, Again | Failed):
            return decided
        progress = decided
    elif (goes_first_at := row["goes_first_at"]) is not None:
        left = goes_first_at - work.desk.clock.now()
        return Again("an earlier message goes first", max(left, timedelta(0)) + IN_TURN)
    return await _send(job, work, progress, row, files)


def _nothing_to_send(row: dict[str, Any], files: list[dict[str, Any]]) -> str | None:
    if not row:
        return "the message is gone"
    if row["private"] or row["message_type"] not in (MessageType.OUTGOING, MessageType.TEMPLATE):
        return "the message is not for the customer"
    if row["source_id"] is not None:
        return "the provider has it"
    if row["status"] == DeliveryStatus.FAILED:
        return "it has failed already"
    if row["deleted"]:
        return "it was deleted before it was sent"
    return None if row["content"] or files else "there is nothing in it"


async def _after_unknown(
    job: Job, work: Workshop, progress: Progress, row: dict[str, Any]
) -> Again | Failed | Progress:
    """Wait for the provider's own word; when it stays away, the message has not arrived."""
    since = progress.unknown_since
    if since is None:
        return progress
    wait = _patience(row, progress.tries)
    if not wait:
        return await _give_up(
            job,
            work,
            "It is not known whether the message arrived. Send it again if needed.",
            # Should it have arrived, an answer or a report will name it.
            perhaps_as=mail_id(row, row["id"]) if channel_of(row["channel"]).can.letters else None,
        )
    left = since + wait - work.desk.clock.now()
    if left > timedelta(0):
        return Again("waiting for the provider's echo", left, _to_remember(progress))
    tries = progress.tries + 1
    if tries >= channel_of(row["channel"]).can.tries:
        return await _give_up(job, work, "The provider never said that it took the message.")
    return msgspec.structs.replace(progress, tries=tries, unknown_since=None)


def _patience(row: dict[str, Any], tries: int) -> timedelta:
    """How long an unknown outcome is waited for; not at all where nobody could ever tell.

    A receiver that knows a message by its id is asked again, as soon as the fault may be over.
    """
    can = channel_of(row["channel"]).can
    if can.receipts:
        return ECHO_WITHIN
    knows_repeats = can.repeats_harmless or row["config"].get("repeats_harmless") is True
    return pause_after(tries + 1) if knows_repeats else timedelta(0)


async def _send(
    job: Job, work: Workshop, progress: Progress, row: dict[str, Any], files: list[dict[str, Any]]
) -> Outcome:
    sealed = row["secrets"]
    secrets = work.desk.secrets.open(sealed, f"inboxes:{row['inbox_id']}") if sealed else {}
    outgoing = OutgoingMessage(
        MessageId(row["id"]),
        row["recipient"],
        content=row["content"],
        files=tuple(_outgoing_file(work, job.account_id, file) for file in files),
        in_reply_to=row["in_reply_to"],
        already_sent=progress.sent,
        template=row["template"],
    )
    channel = channel_of(row["channel"])
    try:
        if channel.can.wants_notice:
            notice = await notice_of(work, job.account_id, outgoing.message_id)
            outgoing = msgspec.structs.replace(outgoing, notice=notice)
        if channel.can.letters:
            outgoing = await as_letter(work, job.account_id, outgoing)
            secrets = await with_relay(work, secrets, row["config"])
        result = await channel.send(work.http, outgoing, secrets, row["config"])
    except Rejected as no:
        return await _give_up(job, work, no.reason)
    except TryAgain as later:
        tries = progress.tries + 1
        if tries >= channel.can.tries:
            return await _give_up(job, work, later.reason)
        progress = msgspec.structs.replace(progress, tries=tries, sent=later.sent)
        pause = max(later.after or timedelta(0), pause_after(tries))
        return Again(later.reason, pause, _to_remember(progress))
    except Unknown as unknown:
        return _unknown(work, progress, row, unknown.reason, unknown.sent)
    except Exception as error:
        log.exception("send_broke", account=job.account_id, message=row["id"])
        return _unknown(work, progress, row, reason_of(error), progress.sent)
    await _record(job, work, result)
    _watch_speed(work, job, row)
    return Done()


def _unknown(
    work: Workshop, progress: Progress, row: dict[str, Any], reason: str, sent: tuple[str, ...]
) -> Again:
    progress = msgspec.structs.replace(
        progress, unknown_since=work.desk.clock.now(), sent=sent or progress.sent
    )
    pause = _patience(row, progress.tries)
    return Again(f"outcome unknown: {reason}", pause, _to_remember(progress))


def _to_remember(progress: Progress) -> dict[str, Any]:
    kept: dict[str, Any] = msgspec.to_builtins(progress)
    return kept


async def _record(job: Job, work: Workshop, result: SendResult) -> None:
    async def record() -> None:
        async with work.desk.transaction(job.account_id) as tx:
            await record_sent(tx, _message_id(job), result.source_id)

    await until_it_passes(record)
    work.counters.add("messages_sent")


async def _give_up(
    job: Job, work: Workshop, reason: str, *, perhaps_as: str | None = None
) -> Failed:
    async def record() -> None:
        async with work.desk.transaction(job.account_id) as tx:
            await record_failed(tx, _message_id(job), reason, perhaps_as=perhaps_as)

    await until_it_passes(record)
    work.counters.add("messages_failed")
    return Failed(reason)


def _message_id(job: Job) -> MessageId:
    return MessageId(job.payload["message_id"])


def _watch_speed(work: Workshop, job: Job, row: dict[str, Any]) -> None:
    seconds = (work.desk.clock.now() - row["created_at"]).total_seconds()
    if seconds > SLOW_SECONDS:
        work.counters.add("outgoing_slow")
        log.warning(
            "slow_message", account=job.account_id, message=row["id"], seconds=round(seconds, 1)
        )


def _outgoing_file(work: Workshop, account_id: AccountId, row: dict[str, Any]) -> OutgoingFile:
    name, link, key = row["file_name"] or f"file-{row['id']}", row["external_url"], row["file_key"]
    if key:
        public_url = work.desk.settings.addresses.public_url
        link = file_link(work.desk.secrets, public_url, account_id, row["id"], name)
    return OutgoingFile(
        FileType(row["file_type"]),
        name,
        row["mime_type"] or "application/octet-stream",
        size=row["size"],
        open=partial(_read, work.files, account_id, key) if key else None,
        link=link,
    )


async def _read(files: FileStore, account_id: AccountId, key: str) -> AsyncIterator[bytes]:
    _, pieces = await files.read(account_id, key)
    async for piece in pieces:
        yield piece
