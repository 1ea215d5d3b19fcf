"""Reports of mail servers about mails of ours that did not arrive."""

from collections.abc import Iterator
from email.message import Message

from desk.words.channels import DeliveryReceipt
from desk.words.conversation import DeliveryStatus
from ingest.channels.email.addresses import own_id
from ingest.channels.email.encodings import raw_header, words_of
from ingest.channels.email.structure import children, content_of, parse, places

NEVER = "the mail server reports that it could not be delivered"


def is_report(mail: Message) -> bool:
    """Whether a mail server tells what became of a mail."""
    return mail.get_content_type() == "multipart/report" and any(
        part.get_content_type() == "message/delivery-status" for _, part in places(mail)
    )


def receipts_in(mail: Message) -> list[DeliveryReceipt]:
    """What the report says of a mail that still bears its id; nothing while it is merely late."""
    reported = _reported_id(mail)
    if not reported:
        return []
    for status in _statuses(mail):
        action = raw_header(status, "Action").lower()
        if action == "failed":
            reason = words_of(raw_header(status, "Diagnostic-Code")) or NEVER
            kind, semicolon, told = reason.partition(";")
            reason = told.strip() if semicolon and len(kind) < 20 else reason
            return [DeliveryReceipt(reported, DeliveryStatus.FAILED, error=reason[:1000])]
        if action in ("delivered", "relayed", "expanded"):
            return [DeliveryReceipt(reported, DeliveryStatus.DELIVERED)]
    return []


def is_about_a_mail_of(mail: Message, domain: str) -> bool:
    """Whether the reported mail bears an id of the kind our inbox gives."""
    return is_ours(_reported_id(mail), domain)


def is_ours(mail_id: str, domain: str) -> bool:
    """Whether it is an id of the kind we give."""
    return mail_id.startswith("conversation/") and mail_id.endswith(f"@{domain}")


def _reported_id(mail: Message) -> str:
    for _, part in places(mail):
        if part.get_content_type() == "message/rfc822":
            enclosed = children(part) if isinstance(part.get_payload(), list) else []
            if enclosed and (found := own_id(enclosed[0])):
                return found
        elif part.get_content_type() == "text/rfc822-headers" and (
            found := own_id(parse(content_of(part)))
        ):
            return found
    return ""


def _statuses(mail: Message) -> Iterator[Message]:
    for _, part in places(mail):
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            if isinstance(payload, list):
                yield from (one for one in payload if isinstance(one, Message))
