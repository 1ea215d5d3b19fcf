"""From the partner's request to our words: every fault has the name of its field."""

import re
from collections.abc import Iterator
from typing import NoReturn

import msgspec

from desk.words.channels import Inbound, InboundFile, InboundMessage, InboundParked
from desk.words.conversation import FileType
from desk.words.errors import Invalid
from desk.words.web_address import web_address
from ingest.channel_contract import FieldRefused, NotReadable
from ingest.channels.custom.payload import TYPES, Attachment, CustomHook
from ingest.json_body import refuse_unless_json
from ingest.storable import storable

UNREADABLE = (msgspec.DecodeError, ValueError, RecursionError)

_PLACE = re.compile(r" - at `\$\.?([^`]*)`")
_MISSING = re.compile(r"missing required field `(\w+)`")
_PHONE = re.compile(r"\+[1-9]\d{1,14}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_FILE_TYPES = {
    "image": FileType.IMAGE,
    "audio": FileType.AUDIO,
    "video": FileType.VIDEO,
}


def decoded(body: bytes) -> CustomHook:
    """The request; raises NotReadable when it is no JSON, else FieldRefused naming the field."""
    try:
        return msgspec.json.decode(body, type=CustomHook)
    except msgspec.ValidationError as error:
        _refuse(str(error))
    except UNREADABLE:
        refuse_unless_json(body)
        raise FieldRefused("body", "The body holds a character that is none.") from None


def checked(hook: CustomHook) -> InboundMessage:
    """The message as it may be stored; raises FieldRefused naming the field."""
    message = _message(hook)
    for field, text, most in (
        ("message_id", message.source_id, 1_000),
        ("sender.id", message.sender, 320),
    ):
        if not text.strip():
            raise FieldRefused(field, f"{field} is empty.")
        if len(text.encode("utf-8", "surrogatepass")) > most:
            raise FieldRefused(field, f"{field} is longer than {most} bytes.")
    if hook.message.type not in TYPES:
        known = ", ".join(sorted(TYPES))
        raise FieldRefused("message.type", f"message.type must be one of {known}.")
    if not message.content and not message.files:
        raise FieldRefused("message.content", "message.content and attachments are both empty.")
    for place, attachment in enumerate(hook.message.attachments or ()):
        field = f"message.attachments[{place}].url"
        try:
            web_address(attachment.url, field=field)
        except Invalid as error:
            raise FieldRefused(field, error.sentence) from None
    match storable(message):
        case InboundMessage() as stored:
            return stored
        case InboundParked(reason):
            raise FieldRefused(_field_of(reason), f"{reason[:1].upper()}{reason[1:]}.")
    raise FieldRefused("message", "The message cannot be stored.")


def read_body(body: bytes) -> Iterator[Inbound]:
    """The one message of a request, or why there is none."""
    try:
        hook = decoded(body)
    except NotReadable as error:
        yield InboundParked(error.sentence.replace("\x00", ""))
        return
    yield storable(_message(hook))


def sender_in(body: bytes) -> str:
    """The customer's id, or nothing when it cannot be told; raises NotReadable for no JSON."""
    try:
        sender = str(decoded(body).sender.id)
    except FieldRefused:
        return ""
    return "" if "\x00" in sender else sender[:320]


def _message(hook: CustomHook) -> InboundMessage:
    sender, said = hook.sender, hook.message
    phone = re.sub(r"[\s().-]", "", sender.phone_number or "")
    email = (sender.email or "").strip().lower()
    return InboundMessage(
        source_id=str(hook.message_id),
        sender=str(sender.id),
        content=said.content or None,
        sender_name=(sender.name or "").strip() or None,
        sender_phone=phone if _PHONE.fullmatch(phone) else None,
        sender_email=email if _EMAIL.fullmatch(email) and len(email) <= 320 else None,
        files=tuple(_file(one) for one in said.attachments or ()),
    )


def _file(attachment: Attachment) -> InboundFile:
    kind = _FILE_TYPES.get(attachment.type.lower(), FileType.FILE)
    return InboundFile(
        kind, remote_id=attachment.url, url=attachment.url, name=attachment.name or None
    )


def _refuse(said: str) -> NoReturn:
    place, missing = _PLACE.search(said), _MISSING.search(said)
    path = [part for part in (place[1] if place else "").split(".") if part]
    field = ".".join([*path, *([missing[1]] if missing else [])])
    sentence = f"{field} is missing." if missing else f"{said.partition(' - at ')[0]}."
    raise FieldRefused(field or "body", sentence)


def _field_of(reason: str) -> str:
    if "content" in reason:
        return "message.content"
    if "file" in reason:
        return "message.attachments"
    if "'s id" in reason or reason.startswith("the id"):
        return "message_id"
    return "sender" if "sender" in reason else "message"
