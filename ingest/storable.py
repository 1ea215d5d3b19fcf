"""What the desk can keep of a customer's message: whatever it cannot is parked with a reason."""

from collections.abc import Iterator, Mapping

import msgspec

from desk.words.channels import Inbound, InboundMessage, InboundParked
from desk.words.conversation import MAX_ATTACHMENTS, MAX_CONTENT

MAX_SOURCE_ID = 1_000
MAX_SENDER = 320
MAX_NAME = 255


def storable(message: InboundMessage) -> Inbound:
    """The message as it may be stored, or why it may not."""
    reason = _why_not(message)
    if reason is not None:
        return InboundParked(reason)
    name = message.sender_name
    if name is not None and len(name) > MAX_NAME:
        return msgspec.structs.replace(message, sender_name=name[:MAX_NAME])
    return message


def _why_not(message: InboundMessage) -> str | None:
    if not message.source_id:
        return "the message has no id"
    if len(message.source_id.encode()) > MAX_SOURCE_ID:
        return f"the message's id is longer than {MAX_SOURCE_ID:,} bytes"
    if not message.sender:
        return "the message has no sender"
    if len(message.sender) > MAX_SENDER:
        return f"the sender's address is longer than {MAX_SENDER} characters"
    length = len(message.content or "")
    if length > MAX_CONTENT:
        return f"content is {length:,} characters long; at most {MAX_CONTENT:,}"
    if len(message.files) > MAX_ATTACHMENTS:
        return f"the message has {len(message.files)} files; at most {MAX_ATTACHMENTS}"
    if message.content is None and not message.files:
        return "the message has neither text nor files"
    for where, text in _texts(message):
        if "\x00" in text:
            return f"{where} holds a NUL character"
    return None


def _texts(message: InboundMessage) -> Iterator[tuple[str, str]]:
    """Every text the message would put into the database, with a word for where it stands."""
    yield "the id", message.source_id
    yield "the sender", message.sender
    yield "content", message.content or ""
    yield "the sender's name", message.sender_name or ""
    yield "the sender's phone number", message.sender_phone or ""
    yield "the sender's e-mail address", message.sender_email or ""
    yield "the quoted id", message.in_reply_to or ""
    for file in message.files:
        for text in (file.remote_id, file.url, file.mime_type, file.name):
            yield "a file", text or ""
    yield from (("content_attributes", text) for text in _strings(message.content_attributes))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
