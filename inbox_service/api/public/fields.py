"""What a public request says: JSON, or a form whose objects are JSON."""

from typing import Any

from litestar.datastructures import UploadFile
from litestar.exceptions import SerializationException

from desk.words.errors import Invalid
from inbox_service.api.public.door import AnyRequest
from inbox_service.checked_body import check_fields, read_json
from inbox_service.forms import form_of

_OBJECTS = ("custom_attributes", "additional_attributes")


async def fields_of(request: AnyRequest) -> dict[str, Any]:
    """The request's fields; raises Invalid naming the one that is wrong."""
    kind = request.content_type[0]
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        form = await form_of(request)
        fields = {
            name: _object(name, value) if name in _OBJECTS else value
            for name, value in form.multi_items()
            if not isinstance(value, UploadFile)
        }
        check_fields(fields)
        return fields
    if not await request.body():
        return {}
    said = await request.json()
    if not isinstance(said, dict):
        raise Invalid("malformed", "Expected a JSON object with the operation's fields.")
    return said


def _object(name: str, value: str) -> Any:
    try:
        return read_json(value.encode() or b"{}")
    except SerializationException:
        raise Invalid("malformed", f"{name} is not JSON.", field=name) from None
