"""Forms as they are sent: their fields are text, or the client is told."""

from typing import Any

from litestar import Request
from litestar.datastructures import FormMultiDict

from desk.words.errors import Invalid


async def form_of(request: Request[Any, Any, Any]) -> FormMultiDict:
    """The request's form; raises Invalid where a field that is no file is no text either."""
    try:
        return await request.form()
    except (UnicodeDecodeError, LookupError):
        raise Invalid(
            "malformed", "A field of the form is no text in the encoding it names."
        ) from None
