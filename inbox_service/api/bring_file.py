"""A file that is uploaded before anything is made of it, as a client sends it or from an address."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import msgspec
from litestar import Request, Router, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.openapi.spec import (
    OpenAPIFormat,
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    Reference,
    RequestBody,
    Schema,
)

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.rules.file_kinds import HEAD, kind_of
from desk.store.brought_files import BroughtFile, brought_id, brought_url, keep_for_a_while
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.errors import Invalid
from desk.words.web_address import web_address
from inbox_service.api.given import given
from inbox_service.api.uploads import MAX_UPLOAD, checked_type, file_name
from inbox_service.forms import form_of
from ingest.channel_contract import Rejected
from ingest.inbox_contract import Site
from ingest.outgoing import read_whole

_PATIENCE = httpx.Timeout(10.0, connect=2.0)
_FETCHED = ("image", "video")
"""Only these are fetched from an address: nobody's pages and documents are read through us."""


class Uploaded(msgspec.Struct):
    """Where the file is, and the id by which it can be named for a day."""

    file_url: str
    blob_key: str
    blob_id: str


class Content(msgspec.Struct, frozen=True):
    """A file as it came."""

    name: str
    mime_type: str
    content: bytes


@dataclass
class TakesUpload(Operation):
    """The operation in the OpenAPI document: a form with a file, or where one lies."""

    def __post_init__(self) -> None:
        url: dict[str, Reference | Schema] = {
            "external_url": Schema(
                type=OpenAPIType.STRING, description="Where a public picture or film lies"
            )
        }
        file = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        form = Schema(type=OpenAPIType.OBJECT, properties={**url, "attachment": file})
        fields = Schema(type=OpenAPIType.OBJECT, properties=url, required=["external_url"])
        self.request_body = RequestBody(
            required=True,
            content={
                "multipart/form-data": OpenAPIMediaType(form),
                "application/json": OpenAPIMediaType(fields),
            },
        )


@post(
    "/upload",
    operation_id="upload-a-file",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
    operation_class=TakesUpload,
    request_max_body_size=MAX_UPLOAD,
)
async def upload_file(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    viewer: NamedDependency[Viewer],
    site: NamedDependency[Site],
) -> Uploaded:
    """Keep a file for a day, for messages, pictures and articles to be made with it."""
    found = await _sent(request) or await fetched(await _address(request), site.http)
    file_key = await files.put(viewer.account_id, found.content)
    try:
        async with desk.transaction(viewer.account_id) as tx:
            await keep_for_a_while(tx, file_key)
    except BaseException:
        await files.remove(viewer.account_id, file_key)
        raise
    brought = BroughtFile(file_key, found.mime_type, len(found.content), found.name)
    blob_id = brought_id(desk.secrets, viewer.account_id, brought)
    return Uploaded(
        brought_url(site.public_url, blob_id, found.name), file_key.rpartition("/")[2], blob_id
    )


async def _sent(request: Request[Any, Any, Any]) -> Content | None:
    if request.content_type[0] != "multipart/form-data":
        return None
    upload = (await form_of(request)).get("attachment")
    if not isinstance(upload, UploadFile):
        return None
    content = await upload.read()
    if not content:
        raise Invalid("file_empty", "The file has no bytes.", field="attachment")
    name = file_name(upload.filename)
    mime_type = checked_type(name, upload.content_type, content[:HEAD], field="attachment")
    return Content(name, mime_type, content)


async def _address(request: Request[Any, Any, Any]) -> object:
    fields = (await given(request)).fields
    if not fields.get("external_url"):
        raise Invalid(
            "file_missing",
            "Send a form with the file in attachment, or give its external_url.",
            field="attachment",
        )
    return fields["external_url"]


async def fetched(given_url: object, http: httpx.AsyncClient) -> Content:
    """What lies at an address; the way out reaches public ones alone, at every hop. Raises Invalid."""
    url = web_address(given_url, field="external_url")
    try:
        answer = await read_whole(
            http, "GET", url, most=MAX_UPLOAD + 1, timeout=_PATIENCE, follow_redirects=True
        )
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL, Rejected) as error:
        raise Invalid(
            "external_url_unreachable", "The file cannot be fetched.", field="external_url"
        ) from error
    content = answer.content
    if len(content) > MAX_UPLOAD:
        raise Invalid(
            "file_too_large", f"A file has at most {MAX_UPLOAD:,} bytes.", field="external_url"
        )
    kind = kind_of(content[:HEAD]) or ""
    if kind.partition("/")[0] not in _FETCHED or kind == "image/svg+xml":
        raise Invalid(
            "file_is_no_picture",
            "Only pictures and films are fetched from an address.",
            field="external_url",
        )
    return Content(file_name(unquote(urlsplit(url).path)), kind, content)


router = Router("", route_handlers=[upload_file], tags=["Messages"])
