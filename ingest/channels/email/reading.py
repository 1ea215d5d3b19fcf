"""From a mail's bytes to our words."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from desk.words.channels import DeliveryReceipt, Inbound, InboundMessage, InboundParked
from desk.words.conversation import MAX_ATTACHMENTS, ContentType, DeliveryStatus
from ingest.channel_contract import Config, Hook
from ingest.channels.email import bounces
from ingest.channels.email.addresses import (
    Mailbox,
    addresses_in,
    conversation_named,
    ids_followed,
    own_id,
    sender_of,
    split_tag,
)
from ingest.channels.email.encodings import raw_header, raw_headers, words_of
from ingest.channels.email.html_text import safe_html
from ingest.channels.email.quoting import Split, split
from ingest.channels.email.structure import Body, TooComplex, body_of, parse
from ingest.storable import storable

ENVELOPE_TO = "x-envelope-to"
ENVELOPE_FROM = "x-envelope-from"
"""What the door heard before the mail; kept beside it, since the mail itself may say otherwise."""

LONGEST_SUBJECT = 998
LONGEST_KEPT = 100_000
"""Characters of text and of HTML that are kept whole beside the reply."""

_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")


def read_mail(hook: Hook, config: Config) -> Iterator[Inbound]:
    """The one message a mail is, or what a server reports of a mail of ours."""
    try:
        mail = parse(hook.body)
        address = str(config.get("email") or "").lower()
        if bounces.is_report(mail) and bounces.is_about_a_mail_of(mail, _domain(address)):
            yield from bounces.receipts_in(mail)
        else:
            message = _message(hook, mail, address)
            yield message
            if isinstance(message, InboundMessage):
                yield from _proof_of_arrival(message, _domain(address))
    except TooComplex as error:
        yield InboundParked(str(error))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        yield InboundParked(f"the mail cannot be read: {type(error).__name__}")


def _message(hook: Hook, mail: Message, address: str) -> Inbound:
    sender = sender_of(mail)
    if sender is None:
        return InboundParked("the mail has no sender we could answer")
    body = body_of(mail)
    subject = words_of(raw_header(mail, "Subject"))[:LONGEST_SUBJECT]
    parts = split(body.words())
    # A mail of which only the subject says something says its subject.
    content = parts.reply or (subject if not body.files else "") or None
    follows = ids_followed(mail)
    program = is_automatic(mail, hook.headers)
    mail_id = own_id(mail) or _made_up_id(mail, body)
    return storable(
        InboundMessage(
            source_id=mail_id,
            sender=sender.address,
            sender_name=sender.name or None,
            sender_email=sender.address,
            content=content,
            sent_at=_written_at(mail),
            in_reply_to=follows[0] if follows else None,
            files=tuple(body.files[:MAX_ATTACHMENTS]),
            content_type=ContentType.INCOMING_EMAIL,
            content_attributes={
                "email": _kept(mail, mail_id, sender, subject, body, parts, automatic=program)
            },
            follows=follows,
            conversation=conversation_named(_recipients(hook, mail), address),
            conversation_attributes={
                "source": "email",
                **({"mail_subject": subject} if subject else {}),
                **({"auto_reply": True} if program else {}),
            },
            automatic=program,
        )
    )


def _proof_of_arrival(message: InboundMessage, domain: str) -> Iterator[DeliveryReceipt]:
    """Who answers a mail of ours has it, whatever became of its sending; ids cannot be guessed."""
    answered = message.in_reply_to or ""
    if bounces.is_ours(answered, domain):
        status = DeliveryStatus.DELIVERED if message.automatic else DeliveryStatus.READ
        yield DeliveryReceipt(answered, status)


def is_automatic(mail: Message, headers: Mapping[str, str]) -> bool:
    """Whether a program wrote it: a notice of absence, a report, a notification."""
    submitted = raw_header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if raw_header(mail, "X-Autoreply").lower() == "yes" or raw_header(mail, "X-Autorespond"):
        return True
    if raw_header(mail, "Precedence").lower() in ("auto_reply", "auto-reply"):
        return True
    if mail.get_content_type() == "multipart/report" or headers.get(ENVELOPE_FROM) == "<>":
        return True
    sender = sender_of(mail)
    return sender is not None and sender.address.startswith(("mailer-daemon@", "postmaster@"))


def _kept(
    mail: Message,
    mail_id: str,
    sender: Mailbox,
    subject: str,
    body: Body,
    parts: Split,
    *,
    automatic: bool,
) -> dict[str, object]:
    """What of the mail is kept beside its words, under Chatwoot's names."""
    full = body.words()
    written_at = _written_at(mail)
    kept: dict[str, object] = {
        "subject": subject,
        "from": [sender.address],
        "to": addresses_in(mail, "To")[:50],
        "cc": addresses_in(mail, "Cc")[:50],
        "date": written_at.isoformat() if written_at else None,
        "message_id": mail_id,
        "in_reply_to": next(iter(ids_followed(mail)), None),
        "references": list(reversed(ids_followed(mail))),
        "reply_to": addresses_in(mail, "Reply-To")[:5],
        "content_type": mail.get_content_type(),
        "multipart": mail.is_multipart(),
        "number_of_attachments": len(body.files),
        "auto_reply": automatic,
        "text_content": {
            "full": full[:LONGEST_KEPT],
            "reply": parts.reply[:LONGEST_KEPT],
            "quoted": parts.quoted[:LONGEST_KEPT],
        },
    }
    if raw_headers(mail, "List-Id") or raw_headers(mail, "List-Unsubscribe"):
        kept["from_a_list"] = True
    if body.html:
        html = safe_html("\n".join(body.html))
        if html is not None and len(html) <= LONGEST_KEPT:
            kept["html_content"] = {"full": html}
    if len(body.files) > MAX_ATTACHMENTS:
        kept["files_left_out"] = len(body.files) - MAX_ATTACHMENTS
    return kept


def _recipients(hook: Hook, mail: Message) -> Iterator[str]:
    if (heard := hook.headers.get(ENVELOPE_TO)) is not None:
        yield heard
    for header in _RECIPIENTS:
        yield from addresses_in(mail, header)


def _made_up_id(mail: Message, body: Body) -> str:
    """An id for a mail that has none: the same again when the same mail comes by another way."""
    digest = hashlib.sha256()
    for header in ("From", "To", "Date", "Subject"):
        digest.update(raw_header(mail, header).encode() + b"\n")
    digest.update(body.words().encode())
    return f"{digest.hexdigest()[:40]}@without-id.invalid"


def _written_at(mail: Message) -> datetime | None:
    try:
        written = parsedate_to_datetime(raw_header(mail, "Date"))
        written = written if written.tzinfo else written.replace(tzinfo=UTC)
        written = written.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return written if 1980 < written.year < 2200 else None


def _domain(address: str) -> str:
    return split_tag(address)[0].rpartition("@")[2]
