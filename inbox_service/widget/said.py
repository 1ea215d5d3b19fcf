"""A visitor's message as it is written to us: JSON, or a form with files."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec
from litestar.datastructures import UploadFile

from desk.actions.write_message import StoredFile
from desk.store.visitors import Website
from desk.words.channels import InboundFile, InboundMessage, InboundParked
from desk.words.conversation import MAX_ATTACHMENTS
from desk.words.errors import Forbidden, Invalid
from inbox_service.forms import form_of
from inbox_service.widget.door import AnyRequest
from ingest.channels.website.adapter import message_of
from ingest.channels.website.payload import MessageWanted, SayIt
from ingest.inbox_contract import understood

MAX_ECHO = 128
MAX_ATTRIBUTES = 8_000
"""Most bytes of what a page may keep with its visitor or their conversation, as JSON."""

_FIELD = re.compile(r"message\[(\w+)\](\[\])?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-\w{2,8})*")
_ECHO = re.compile(r"[\x21-\x7e]+")
_TAKEN = re.compile(
    r"(image|video|audio)/[\w.+-]+|text/(csv|plain|rtf|xml)|application/("
    r"json|pdf|rtf|xml|zip|x-zip-compressed|x-7z-compressed|x-rar-compressed|vnd\.rar|x-tar"
    r"|msword|vnd\.ms-\w+|vnd\.openxmlformats-officedocument\.[\w.]+"
    r"|vnd\.oasis\.opendocument\.\w+)"
)


class Brought(msgspec.Struct, frozen=True):
    """A message and its files, not yet stored."""

    message: MessageWanted
    uploads: list[UploadFile]


async def read_brought(request: AnyRequest, website: Website) -> Brought:
    """The message of a request; raises Invalid naming the field that is wrong."""
    if request.content_type[0] != "multipart/form-data":
        return Brought(understood(_object(await request.json()), SayIt).message, [])
    fields: dict[str, Any] = {}
    uploads: list[UploadFile] = []
    for name, value in (await form_of(request)).multi_items():
        found = _FIELD.fullmatch(name)
        if found is None:
            continue
        if isinstance(value, UploadFile):
            uploads.append(value)
        else:
            fields[found[1]] = value
    if uploads and "attachments" not in website.config["selected_feature_flags"]:
        raise Forbidden("no_attachments", "This chat takes no files.")
    if len(uploads) > MAX_ATTACHMENTS:
        raise Invalid(
            "too_many_attachments",
            f"A message carries at most {MAX_ATTACHMENTS} files.",
            field="attachments",
        )
    return Brought(understood({"message": fields}, SayIt).message, uploads)


def refuse_odd_file(file: StoredFile) -> None:
    """Raises Invalid for files that nobody sends to a help desk."""
    if not _TAKEN.fullmatch(file.mime_type):
        raise Invalid(
            "file_type_refused",
            f"Files of the type {file.mime_type} are not taken here.",
            field="attachments",
        )


def as_inbound(
    said: MessageWanted,
    source_id: str,
    files: list[StoredFile],
    *,
    quoted: str | None,
    language: str,
    now: datetime,
) -> InboundMessage:
    """The message as the desk takes it; raises Invalid for one it cannot keep."""
    echo = said.echo_id or uuid4().hex
    if len(echo) > MAX_ECHO or not _ECHO.fullmatch(echo):
        raise Invalid("echo_malformed", "echo_id is a word of ASCII letters.", field="echo_id")
    inbound = message_of(
        said,
        source_id,
        f"{source_id}:{echo}",
        tuple(
            InboundFile(
                file.file_type,
                mime_type=file.mime_type,
                name=file.file_name,
                file_key=file.file_key,
                size=file.size,
            )
            for file in files
        ),
    )
    if isinstance(inbound, InboundParked):
        reason = f"{inbound.reason[:1].upper()}{inbound.reason[1:]}."
        raise Invalid("unstorable", reason, field="content")
    if not isinstance(inbound, InboundMessage):
        raise TypeError("a visitor's message was read as something else")
    begun = {**inbound.conversation_attributes, **_beginning(language, now)}
    return msgspec.structs.replace(inbound, in_reply_to=quoted, conversation_attributes=begun)


def small(attributes: dict[str, Any], field: str = "custom_attributes") -> dict[str, Any]:
    """The attributes themselves; raises Invalid when they are more than anybody needs."""
    if len(msgspec.json.encode(attributes)) > MAX_ATTRIBUTES:
        raise Invalid("too_many_attributes", f"{field} holds too much.", field=field)
    return attributes


def _beginning(language: str, now: datetime) -> dict[str, object]:
    attributes: dict[str, object] = {"initiated_at": {"timestamp": now.isoformat()}}
    first = language.partition(",")[0].partition(";")[0].strip()
    if _LANGUAGE.fullmatch(first):
        attributes["browser_language"] = first.partition("-")[0].lower()
    return attributes


def _object(body: object) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise Invalid("malformed", "Expected a JSON object with the operation's fields.")
    return body
