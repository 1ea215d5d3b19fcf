"""A customer's message as a client or the account's own program writes it to us."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import msgspec
from litestar.datastructures import UploadFile

from desk.actions.write_message import StoredFile
from desk.store.transaction import TenantTx
from desk.words.channels import ChannelKind, InboundMessage
from desk.words.errors import Invalid
from desk.words.ids import ConversationId, InboxId
from inbox_service.api.public.door import AnyRequest
from inbox_service.api.uploads import read_written
from ingest.channel_catalogue import channel_of
from ingest.channel_contract import RawHook
from ingest.channels.api.payload import ApiMessage, StoredUpload
from ingest.channels.api.reading import CONTACT, CONVERSATION, MESSAGE
from ingest.inbox_contract import understood


class Said(msgspec.Struct, frozen=True):
    """What was said."""

    content: str | None = None
    echo_id: str | int | None = None
    source_id: str | int | None = None
    content_attributes: dict[str, Any] | None = None


@dataclass(frozen=True)
class Brought:
    """A message and its files, not yet stored."""

    said: Said
    uploads: list[UploadFile] = field(default_factory=list)


async def read_said(request: AnyRequest) -> Brought:
    """The message of a request; raises Invalid naming the field that is wrong."""
    if request.content_type[0] == "multipart/form-data":
        written = await read_written(request)
        message = written.message
        said = Said(message.content, message.echo_id, None, message.content_attributes)
        return Brought(said, written.uploads)
    body = await request.json()
    if not isinstance(body, dict):
        raise Invalid("malformed", "Expected a JSON object with the operation's fields.")
    return Brought(understood(body, Said))


async def as_inbound(
    tx: TenantTx,
    conversation_id: ConversationId,
    contact: str,
    said: Said,
    files: list[StoredFile],
) -> InboundMessage:
    """The message as the API channel reads it; raises Invalid for one that cannot be kept."""
    conversation = await tx.one(
        "select uuid from conversations where account_id = %s and id = %s",
        [tx.account_id, conversation_id],
    )
    attributes = dict(said.content_attributes or {})
    attributes |= await _quoted(tx, conversation_id, attributes.get("in_reply_to"))
    body = ApiMessage(
        content=said.content,
        echo_id=said.echo_id,
        source_id=said.source_id,
        content_attributes=attributes,
        stored_uploads=[
            StoredUpload(
                file.file_key, file.file_type.word, file.file_name, file.mime_type, file.size
            )
            for file in files
        ],
    )
    headers = {
        CONTACT: contact,
        CONVERSATION: str(conversation["uuid"]),
        MESSAGE: str(uuid4()),
    }
    hook = RawHook(headers, msgspec.json.encode(body))
    (inbound,) = channel_of(ChannelKind.API.value).read(hook, {})
    if not isinstance(inbound, InboundMessage):
        reason = getattr(inbound, "reason", "The message cannot be kept")
        raise Invalid("unstorable", f"{reason[:1].upper()}{reason[1:]}.", field="content")
    return inbound


async def known_words(tx: TenantTx, inbox_id: InboxId, source_id: str) -> str | None:
    """What the message with this id says, if there is one."""
    row = await tx.first(
        "select coalesce(content, '') as content from messages where inbox_id = %s and source_id = %s",
        [inbox_id, source_id],
    )
    return None if row is None else str(row["content"])


async def _quoted(
    tx: TenantTx, conversation_id: ConversationId, quoted: object
) -> dict[str, object]:
    if quoted in (None, ""):
        return {}
    row = None
    if isinstance(quoted, int | str) and str(quoted).isdecimal() and len(str(quoted)) < 19:
        row = await tx.first(
            """select id, source_id from messages
               where account_id = %s and conversation_id = %s and id = %s and not private""",
            [tx.account_id, conversation_id, int(quoted)],
        )
    if row is None:
        raise Invalid(
            "quoted_message_not_found", "There is no such message.", field="content_attributes"
        )
    return {"in_reply_to": row["id"], "in_reply_to_external_id": row["source_id"]}
