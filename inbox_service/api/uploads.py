"""A message as it is written to us: JSON, or a form with files."""

import mimetypes
import re
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import UploadFile
from litestar.exceptions import SerializationException
from litestar.openapi.spec import (
    OpenAPIFormat,
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    Reference,
    RequestBody,
    Schema,
)

from desk.actions.write_message import StoredFile
from desk.rules.file_kinds import HEAD, fits, is_program, kind_of
from desk.store.brought_files import no_such_file, own_brought_file
from desk.store.files import FileStore
from desk.store.secrets import SecretBox
from desk.words.conversation import MAX_ATTACHMENTS, MAX_CONTENT, FileType
from desk.words.errors import Invalid
from desk.words.ids import AccountId
from inbox_service.checked_body import check_fields, read_json
from inbox_service.forms import form_of

MAX_UPLOAD = 40 * 1024 * 1024
"""Most bytes of one message with its files."""

UNKNOWN_TYPE = "application/octet-stream"

_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_FILES = ("attachments[]", "attachments")
_OBJECTS = ("content_attributes", "template_params", "additional_attributes")
_IDS = ("echo_id", "source_id")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_PLAIN_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")


class WrittenMessage(msgspec.Struct):
    """What an agent writes; a form may bring files beside it."""

    content: str | None = None
    private: bool = False
    message_type: str = "outgoing"
    content_type: str = "text"
    content_attributes: dict[str, Any] | None = None
    echo_id: str | None = None
    source_id: str | None = None
    """The program's own id of a customer's message, in an API inbox."""
    template_params: dict[str, Any] | None = None
    """A template that WhatsApp has approved, and what fills it in."""
    to_emails: str | list[str] | None = None
    """Of a mail: with commas between them, or as a list."""
    cc_emails: str | list[str] | None = None
    bcc_emails: str | list[str] | None = None


class Written(msgspec.Struct, frozen=True):
    """A message and its files, not yet stored."""

    message: WrittenMessage
    uploads: list[UploadFile]
    blob_ids: list[str] = msgspec.field(default_factory=list)
    """Of files that were uploaded before."""


async def read_written(request: Request[Any, Any, Any], *, takes_blobs: bool = False) -> Written:
    """The message of a request; raises Invalid naming the field that is wrong."""
    blob_ids: list[str] = []
    if request.content_type[0] not in _FORMS:
        said = await request.json()
        if isinstance(said, dict) and (given := said.get("attachments")):
            if not takes_blobs:
                raise _no_file()
            blob_ids = _blob_ids(given)
        return Written(_message(said), [], blob_ids)
    form = await form_of(request)
    fields: dict[str, Any] = {}
    uploads: list[UploadFile] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if name in _FILES:
                uploads.append(value)
        elif name in _FILES:
            if value and not takes_blobs:
                raise _no_file()
            blob_ids += [value] if value else []
        else:
            fields[name] = _object(name, value) if name in _OBJECTS else value
    check_fields(fields)
    if len(uploads) + len(blob_ids) > MAX_ATTACHMENTS:
        raise _too_many()
    return Written(_message(fields), uploads, blob_ids)


async def stored(files: FileStore, account_id: AccountId, upload: UploadFile) -> StoredFile:
    """The upload, kept in the file store; raises Invalid where it is not what it is said to be."""
    content = await upload.read()
    name = file_name(upload.filename)
    mime_type = checked_type(name, upload.content_type, content[:HEAD])
    return StoredFile(
        file_key=await files.put(account_id, content),
        file_type=_file_type(mime_type),
        file_name=name,
        mime_type=mime_type,
        size=len(content),
    )


async def stored_before(
    files: FileStore, secrets: SecretBox, account_id: AccountId, blob_id: str
) -> StoredFile:
    """A file that was uploaded before, as a message's own: whatever becomes of the other."""
    brought = own_brought_file(secrets, account_id, blob_id, field="attachments")
    try:
        file_key = await files.copy(account_id, brought.file_key)
    except FileNotFoundError:
        raise no_such_file("attachments") from None
    return StoredFile(
        file_key=file_key,
        file_type=_file_type(brought.mime_type),
        file_name=brought.file_name,
        mime_type=brought.mime_type,
        size=brought.size,
    )


def _no_file() -> Invalid:
    return Invalid(
        "attachment_is_no_file",
        "Files come in a form (multipart/form-data), as attachments[].",
        field="attachments",
    )


def _too_many() -> Invalid:
    return Invalid(
        "too_many_attachments",
        f"A message carries at most {MAX_ATTACHMENTS} files.",
        field="attachments",
    )


def _blob_ids(given: object) -> list[str]:
    ids = given if isinstance(given, list) else [given]
    if len(ids) > MAX_ATTACHMENTS:
        raise _too_many()
    found = [one for one in ids if isinstance(one, str)]
    if len(found) < len(ids):
        raise Invalid(
            "attachment_is_no_file",
            "Files come in a form (multipart/form-data), or as the blob_id of an upload.",
            field="attachments",
        )
    return found


def _message(fields: object) -> WrittenMessage:
    if isinstance(fields, dict):
        numbers = {n: str(fields[n]) for n in _IDS if isinstance(fields.get(n), int)}
        fields = fields | numbers
    try:
        return msgspec.convert(fields, WrittenMessage, strict=False)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$.")
        raise Invalid("malformed", f"{message}.", field=path.rstrip("`") or None) from None


def _object(name: str, value: str) -> Any:
    try:
        return read_json(value.encode() or b"{}")
    except SerializationException:
        raise Invalid("malformed", f"{name} is not JSON.", field=name) from None


def checked_type(name: str, said: str, head: bytes, *, field: str = "attachments") -> str:
    """What the file is said to be, where its bytes agree; raises Invalid where they do not."""
    if is_program(head):
        raise Invalid(
            "file_is_a_program", f"{name} is a program; programs are not taken.", field=field
        )
    declared = said.partition(";")[0].strip().lower()[:128]
    if _PLAIN_TYPE.fullmatch(declared) and declared != UNKNOWN_TYPE:
        if fits(declared, head):
            # A picture is shown as what it is: its sender may have had the wrong word for it.
            return (kind_of(head) or declared) if declared.startswith("image/") else declared
        found = kind_of(head) or "something else"
        raise Invalid(
            "file_type_mismatch",
            f"{name} is said to be {declared} and holds {found}.",
            field=field,
        )
    guessed = mimetypes.guess_type(name)[0] or UNKNOWN_TYPE
    return guessed if fits(guessed, head) else UNKNOWN_TYPE


def _file_type(mime_type: str) -> FileType:
    family = mime_type.partition("/")[0].upper()
    return FileType[family] if family in ("IMAGE", "AUDIO", "VIDEO") else FileType.FILE


def file_name(given: str) -> str:
    """The last part of the name a client gives, printable."""
    plain = _UNPRINTABLE.sub("", given.replace("\\", "/").rpartition("/")[2]).strip()
    return plain[-200:] or "file"


@dataclass
class TakesFiles(Operation):
    """The operation in the OpenAPI document: its body may be JSON or a form."""

    def __post_init__(self) -> None:
        fields: dict[str, Reference | Schema] = {
            "content": Schema(type=OpenAPIType.STRING, max_length=MAX_CONTENT),
            "private": Schema(type=OpenAPIType.BOOLEAN, default=False),
            "message_type": Schema(
                type=OpenAPIType.STRING,
                enum=["outgoing", "incoming"],
                description="incoming in an API inbox only: the customer's own words",
            ),
            "content_type": Schema(type=OpenAPIType.STRING, default="text"),
            "content_attributes": Schema(type=OpenAPIType.OBJECT),
            "template_params": Schema(
                type=OpenAPIType.OBJECT, description="A template that WhatsApp has approved"
            ),
            "cc_emails": Schema(type=OpenAPIType.STRING, description="Of a mail, with commas"),
            "bcc_emails": Schema(type=OpenAPIType.STRING, description="Of a mail, with commas"),
            "to_emails": Schema(type=OpenAPIType.STRING, description="Of a mail, with commas"),
            "echo_id": Schema(type=OpenAPIType.STRING, description="Comes back in the answer"),
        }
        blobs: dict[str, Reference | Schema] = {
            "attachments": Schema(
                type=OpenAPIType.ARRAY,
                items=Schema(type=OpenAPIType.STRING),
                max_items=MAX_ATTACHMENTS,
                description="The blob_id of files that were uploaded before",
            )
        }
        file = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        with_files: dict[str, Reference | Schema] = {
            **fields,
            "attachments[]": Schema(type=OpenAPIType.ARRAY, items=file, max_items=MAX_ATTACHMENTS),
        }
        self.request_body = RequestBody(
            required=True,
            content={
                "application/json": OpenAPIMediaType(
                    Schema(type=OpenAPIType.OBJECT, properties=fields | blobs)
                ),
                "multipart/form-data": OpenAPIMediaType(
                    Schema(type=OpenAPIType.OBJECT, properties=with_files)
                ),
            },
        )
