"""A form with one file in it."""

from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.openapi.spec import (
    OpenAPIFormat,
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    RequestBody,
    Schema,
)

from desk.words.errors import Invalid
from inbox_service.forms import form_of


async def read_one_file(request: Request[Any, Any, Any], name: str, most: int) -> tuple[str, bytes]:
    """The file's name and its bytes; raises Invalid when it is missing, empty or too large."""
    upload = None
    if request.content_type[0] == "multipart/form-data":
        upload = (await form_of(request)).get(name)
    if not isinstance(upload, UploadFile):
        raise Invalid("file_missing", f"Send a form with the file in {name}.", field=name)
    content = await upload.read()
    if not 0 < len(content) <= most:
        raise Invalid("file_too_large", f"The file has 1 to {most:,} bytes.", field=name)
    return upload.filename, content


def _body(name: str) -> RequestBody:
    file = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
    form = Schema(type=OpenAPIType.OBJECT, properties={name: file}, required=[name])
    return RequestBody(required=True, content={"multipart/form-data": OpenAPIMediaType(form)})


@dataclass
class TakesImportFile(Operation):
    """The operation in the OpenAPI document: a form with `import_file`."""

    def __post_init__(self) -> None:
        self.request_body = _body("import_file")
