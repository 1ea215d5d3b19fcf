"""From a client's request to our words."""

import contextlib
from collections.abc import AsyncIterator, Iterator

import msgspec

from desk.words.channels import Inbound, InboundFile, InboundMessage, InboundParked
from desk.words.conversation import FileType
from ingest.channel_contract import FetchedFile, Hook, Rejected
from ingest.channels.api.payload import ApiMessage, StoredUpload
from ingest.storable import storable

CONTACT = "x-contact-identifier"
"""Whose address the request bears: the contact's `source_id`."""
CONVERSATION = "x-conversation-uuid"
"""Which conversation it names."""
MESSAGE = "x-message-id"
"""The id the desk gave the message where the client has none."""
KEPT = frozenset({CONTACT, CONVERSATION, MESSAGE})

_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


def read(hook: Hook) -> Iterator[Inbound]:
    """The one message of a request, or why there is none."""
    try:
        said = msgspec.json.decode(hook.body, type=ApiMessage)
    except _UNREADABLE as error:
        yield InboundParked(f"the request cannot be read: {error}".replace("\x00", ""))
        return
    yield message_of(said, hook.headers.get(CONTACT, ""), hook)


def message_of(said: ApiMessage, contact: str, hook: Hook) -> Inbound:
    """The message as the desk takes it, or why it cannot."""
    attributes = dict(said.content_attributes or {})
    quoted = attributes.pop("in_reply_to_external_id", None)
    return storable(
        InboundMessage(
            source_id=source_id_of(said, contact) or hook.headers.get(MESSAGE, ""),
            sender=contact,
            content=said.content or None,
            in_reply_to=quoted if isinstance(quoted, str) else None,
            files=tuple(_file(upload) for upload in said.stored_uploads or ()),
            content_attributes=attributes,
            conversation=hook.headers.get(CONVERSATION) or None,
            echo_id=None if said.echo_id is None else str(said.echo_id),
        )
    )


def source_id_of(said: ApiMessage, contact: str) -> str | None:
    """The id by which the same message is known again; nothing where the client gave none."""
    if said.source_id not in (None, ""):
        return str(said.source_id)
    return None if said.echo_id in (None, "") else f"{contact}:{said.echo_id}"


@contextlib.asynccontextmanager
async def nothing_to_fetch() -> AsyncIterator[FetchedFile]:
    """Clients' files come with their requests."""
    raise Rejected("the file was to come with the request")
    yield


def _file(upload: StoredUpload) -> InboundFile:
    try:
        kind = FileType.from_word(upload.file_type)
    except KeyError:
        kind = FileType.FILE
    return InboundFile(
        kind,
        mime_type=upload.mime_type,
        name=upload.name,
        file_key=upload.file_key,
        size=upload.size,
    )
