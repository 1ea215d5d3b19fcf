"""What a request gives: JSON, or a form whose names nest as Rails nests them."""

import re
from dataclasses import make_dataclass
from typing import Any, TypeVar

import httpx
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

from desk.store.avatars import LARGEST
from desk.words.errors import Invalid
from inbox_service.checked_body import check_fields, read_json
from inbox_service.forms import form_of
from ingest.channel_contract import Rejected

T = TypeVar("T")

_PARTS = re.compile(r"[^\[\]]+")
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_PATIENCE = httpx.Timeout(5.0)


class Given(msgspec.Struct, frozen=True):
    """The fields of a request and the picture beside them."""

    fields: dict[str, Any]
    avatar: UploadFile | None = None
    avatar_id: str | None = None
    """The blob_id of a picture that was uploaded before."""


async def given(request: Request[Any, Any, Any], *, within: str | None = None) -> Given:
    """The fields, bare or inside the object `within`; raises Invalid."""
    if request.content_type[0] in _FORMS:
        fields = _nested(list((await form_of(request)).multi_items()))
        check_fields(fields)
    else:
        fields = await request.json() if await request.body() else {}
    if not isinstance(fields, dict):
        raise Invalid("malformed", "Expected a JSON object with the operation's fields.")
    if within is not None and within in fields:
        fields = fields[within]
        if not isinstance(fields, dict):
            raise Invalid("malformed", f"{within} is an object.", field=within)
    avatar = fields.get("avatar")
    plain = {name: value for name, value in fields.items() if name != "avatar"}
    return Given(
        plain,
        avatar if isinstance(avatar, UploadFile) else None,
        avatar if isinstance(avatar, str) and avatar else None,
    )


def opened(fields: dict[str, Any], name: str) -> dict[str, Any]:
    """The fields with this one as an object, where it came as JSON in a text; raises Invalid."""
    text = fields.get(name)
    if not isinstance(text, str):
        return fields
    try:
        return fields | {name: read_json(text.encode() or b"{}")}
    except SerializationException:
        raise Invalid("malformed", f"{name} is not JSON.", field=name) from None


def understood(fields: dict[str, Any], shape: type[T]) -> T:
    """The fields as the shape has them; raises Invalid naming the one that is wrong."""
    try:
        return msgspec.convert(fields, shape, strict=False)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$.")
        raise Invalid("malformed", f"{message}.", field=path.rstrip("`") or None) from None


def sent(shape: msgspec.Struct) -> dict[str, Any]:
    """Those of the fields that were sent, by name."""
    found = {name: getattr(shape, name) for name in shape.__struct_fields__}
    return {name: value for name, value in found.items() if value is not msgspec.UNSET}


async def picture(upload: UploadFile | None, url: str | None, http: httpx.AsyncClient) -> bytes:
    """The bytes of a picture that was sent, or that lies at an address; raises Invalid."""
    if upload is not None:
        return await upload.read()
    content = bytearray()
    try:
        async with http.stream("GET", str(url), timeout=_PATIENCE) as answer:
            answer.raise_for_status()
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > LARGEST:
                    break
    except (httpx.HTTPError, httpx.InvalidURL, Rejected) as error:
        raise Invalid(
            "avatar_unreachable", "The picture cannot be fetched.", field="avatar_url"
        ) from error
    return bytes(content)


def takes(
    *names: str, within: str | None = None, objects: tuple[str, ...] = (), avatar: bool = False
) -> type[Operation]:
    """The operation in the OpenAPI document: these fields, as JSON or as a form."""

    def describe(self: Operation) -> None:
        fields: dict[str, Reference | Schema] = {
            name: Schema(type=OpenAPIType.OBJECT if name in objects else OpenAPIType.STRING)
            for name in names
        }
        if avatar:
            fields["avatar"] = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        body = Schema(type=OpenAPIType.OBJECT, properties=fields)
        if within is not None:
            body = Schema(type=OpenAPIType.OBJECT, properties={within: body})
        kinds = ("application/json", *(_FORMS[:1] if avatar else ()))
        self.request_body = RequestBody(
            required=True, content={kind: OpenAPIMediaType(body) for kind in kinds}
        )

    return make_dataclass("Takes", [], bases=(Operation,), namespace={"__post_init__": describe})


def _nested(items: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in items[:200]:
        *path, last = _PARTS.findall(name) or [name]
        inside = fields
        for part in path:
            step = inside.setdefault(part, {})
            if not isinstance(step, dict):
                raise Invalid("malformed", f"{name} is given twice.", field=part)
            inside = step
        inside[last] = value
    return fields
