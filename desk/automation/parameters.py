"""Parameters of actions, understood or refused by name."""

from typing import Any

from desk.words.conversation import MAX_CONTENT
from desk.words.errors import Invalid
from desk.words.web_address import web_address

NOBODY = "nil"
"""Chatwoot's word for taking away."""


def one_of(params: list[Any], field: str, *, what: str) -> Any:
    """The only parameter."""
    if len(params) != 1:
        raise Invalid("parameters_malformed", f"Give {what}, and nothing else.", field=field)
    return params[0]


def text_of(params: list[Any], field: str) -> str:
    """The only parameter, words for people."""
    text = one_of(params, field, what="the text of the message")
    if not isinstance(text, str) or not text.strip():
        raise Invalid("text_is_empty", "Write the text of the message.", field=field)
    if len(text) > MAX_CONTENT or "\x00" in text:
        raise Invalid(
            "text_malformed", f"A text has at most {MAX_CONTENT:,} characters.", field=field
        )
    return text


def address_of(params: list[Any], field: str) -> str:
    """The only parameter, a place on the web."""
    return web_address(one_of(params, field, what="one URL"), field=field)


def id_of(value: Any) -> int | None:
    """A number, or a string that is one; nothing otherwise."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 19:
        return int(value)
    return None
