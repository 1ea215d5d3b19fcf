"""Have a conversation sent to somebody by mail."""

import re
from datetime import timedelta
from uuid import uuid4

from desk.events.conversations import TranscriptAsked
from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.errors import Forbidden, Invalid
from desk.words.ids import ConversationId

SEND_TRANSCRIPT = "send_transcript"
"""The kind of the job that writes the mail."""

TRIES = 5

MOST = 1_000
WITHIN = timedelta(hours=1)
"""So many an account, however they are asked for: the desk is nobody's way to write to everybody."""

_LATELY = """
select count(*) as n from (
    select from jobs where account_id = %s and kind = %s and created_at > %s limit %s) lately"""

_ADDRESS = re.compile(r"[^@\s,;<>\x00-\x1f]{1,64}@[^@\s,;<>\x00-\x1f]{1,255}")

_SENDER = """
select id from inboxes where account_id = %(account)s and channel = %(email)s
order by (id = %(inbox)s) desc, id limit 1"""


def mail_address(given: str, *, field: str) -> str:
    """The address as it is written to; raises Invalid naming the field."""
    address = given.strip()
    if len(address) > 320 or not _ADDRESS.fullmatch(address):
        raise Invalid("email_malformed", f"{address[:80]!r} is no mail address.", field=field)
    return address


async def ask_transcript(
    tx: TenantTx, conversation: ConversationRow, to: str, *, by: Actor, field: str = "email"
) -> None:
    """Oblige the desk to the mail; it leaves from the conversation's mail inbox, or another one."""
    address = mail_address(to, field=field)
    await _refuse_too_many(tx)
    sender = await tx.first(
        _SENDER,
        {
            "account": tx.account_id,
            "email": ChannelKind.EMAIL.value,
            "inbox": conversation.inbox_id,
        },
    )
    if sender is None:
        raise Invalid(
            "no_mail_inbox", "The account has no mail inbox to send a transcript from.", field=field
        )
    conversation_id = ConversationId(conversation.id)
    await queue_job(
        tx,
        SEND_TRANSCRIPT,
        uuid4().hex,
        {"conversation_id": conversation_id, "inbox_id": sender["id"], "to": address},
        max_attempts=TRIES,
    )
    tx.record(TranscriptAsked(conversation_id), by=by, conversation_id=conversation_id)


async def _refuse_too_many(tx: TenantTx) -> None:
    lately = await tx.one(_LATELY, [tx.account_id, SEND_TRANSCRIPT, tx.now - WITHIN, MOST])
    if lately["n"] >= MOST:
        raise Forbidden(
            "too_many_transcripts",
            f"An account mails at most {MOST:,} transcripts an hour.",
            retry_after=int(WITHIN.total_seconds()),
        )
