"""A demo customer's words as the desk takes them in, whichever door they come through."""

from desk.local.demo.beats import CustomerWrites
from desk.local.demo.company import Company
from desk.local.demo.doors import id_at
from desk.local.demo.script import Script
from desk.words.channels import ChannelKind, InboundMessage
from desk.words.conversation import ContentType

_SUBJECT = 70


def said_at_the_door(company: Company, script: Script, beat: CustomerWrites) -> InboundMessage:
    """The message as the channel's adapter would have read it."""
    customer, door = script.customer, script.door
    name = customer.full_name
    match door.kind:
        case ChannelKind.EMAIL:
            return _mail(company, script, beat)
        case ChannelKind.WHATSAPP:
            return InboundMessage(
                beat.id,
                door.sender,
                beat.text,
                sender_name=customer.profile_name,
                sender_phone=customer.phone,
            )
        case ChannelKind.CUSTOM:
            return InboundMessage(beat.id, door.sender, beat.text, sender_name=name)
        case _:
            return InboundMessage(
                beat.id, door.sender, beat.text, sender_name=name, sender_email=customer.email
            )


def _mail(company: Company, script: Script, beat: CustomerWrites) -> InboundMessage:
    customer, door = script.customer, script.door
    written = [one for one in script.beats if isinstance(one, CustomerWrites)]
    earlier = [id_at(door, one.id) for one in written if one.at < beat.at]
    subject = _subject(written[0].text)
    own_id = id_at(door, beat.id)
    return InboundMessage(
        own_id,
        door.sender,
        beat.text,
        sender_name=customer.full_name,
        sender_email=customer.email,
        content_type=ContentType.INCOMING_EMAIL,
        content_attributes={
            "email": {
                "subject": f"Re: {subject}" if earlier else subject,
                "from": [customer.email],
                "to": [f"support@{company.domain}"],
                "cc": [],
                "date": beat.at.isoformat(),
                "message_id": own_id,
                "in_reply_to": earlier[-1] if earlier else None,
                "references": earlier,
                "text_content": {"full": beat.text, "reply": beat.text, "quoted": ""},
            }
        },
        in_reply_to=earlier[-1] if earlier else None,
        follows=tuple(reversed(earlier)),
        conversation_attributes={"source": "email", "mail_subject": subject},
    )


def _subject(text: str) -> str:
    """What somebody in a hurry writes into that line: the first sentence."""
    first = text.split("\n", 1)[0]
    for mark in ("? ", "! ", ". ", ", "):
        head, found, _ = first.partition(mark)
        if found and len(head) <= _SUBJECT:
            return head + mark.strip(", .")
    return first if len(first) <= _SUBJECT else first[:_SUBJECT].rsplit(" ", 1)[0]
