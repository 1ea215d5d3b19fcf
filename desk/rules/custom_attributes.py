"""Whether values fit what an account says of its own attributes; and what keys attributes have."""

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import msgspec

from desk.words.custom_attributes import (
    LARGEST_NUMBER,
    LARGEST_OBJECT,
    LONGEST_VALUE,
    MOST_ATTRIBUTES,
    NUMBERS,
    AttributeType,
)
from desk.words.errors import Invalid

LONGEST_KEY = 100
KEY = re.compile(rf"[A-Za-z0-9_\-. ]{{1,{LONGEST_KEY}}}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")


class Definition(msgspec.Struct, frozen=True):
    """What an account says of one of its attributes."""

    key: str
    type: AttributeType
    choices: tuple[str, ...] = ()
    regex: str | None = None
    cue: str | None = None


def bounded(attributes: Mapping[str, Any], *, field: str) -> None:
    """Raises Invalid when keys are not plain, or keys and values are more than anybody needs."""
    for key, value in attributes.items():
        if not KEY.fullmatch(key):
            raise Invalid(
                "attribute_key_malformed",
                f"A key has 1 to {LONGEST_KEY} letters, digits, spaces and _ - . characters.",
                field=f"{field}.{key[:LONGEST_KEY]}",
            )
        if isinstance(value, str) and len(value) > LONGEST_VALUE:
            raise Invalid(
                "attribute_too_long",
                f"At most {LONGEST_VALUE} characters fit.",
                field=f"{field}.{key}",
            )
        if _is_number(value) and not abs(value) <= LARGEST_NUMBER:
            raise Invalid(
                "attribute_too_large",
                f"A number is at most {LARGEST_NUMBER}.",
                field=f"{field}.{key}",
            )
    small_enough(attributes, field=field)


def small_enough(attributes: Mapping[str, Any], *, field: str) -> None:
    """Raises Invalid when all of them together are too many or too large."""
    if len(attributes) > MOST_ATTRIBUTES:
        raise Invalid("too_many_attributes", f"At most {MOST_ATTRIBUTES} keys fit.", field=field)
    encoded = msgspec.json.encode(attributes)
    if len(encoded) > LARGEST_OBJECT:
        raise Invalid("attributes_too_large", f"{field} holds too much.", field=field)
    if b"\\u0000" in encoded:
        raise Invalid("attribute_has_nul", f"{field} holds a NUL character.", field=field)


def fitted(value: Any, definition: Definition, *, field: str) -> Any:
    """The value as it is kept; raises Invalid when it is none of the attribute's. Null empties it."""
    if value is None or value == "":
        return value
    found, expected = _understood(value, definition)
    if found is None:
        raise Invalid("attribute_unfit", f"{definition.key} must be {expected}.", field=field)
    return found


def _understood(value: Any, definition: Definition) -> tuple[Any, str]:
    if definition.type in NUMBERS:
        return _number(value), "a number"
    match definition.type:
        case AttributeType.LINK:
            return _link(value), "an http or https address"
        case AttributeType.DATE:
            return _date(value), "a day such as 2026-11-30"
        case AttributeType.LIST:
            choices = definition.choices
            member = value if isinstance(value, str) and (not choices or value in choices) else None
            return member, f"one of {', '.join(choices)}" if choices else "a text"
        case AttributeType.CHECKBOX:
            words = {"true": True, "false": False}
            known = words.get(value.lower()) if isinstance(value, str) else value
            return (known if isinstance(known, bool) else None), "true or false"
        case _:
            return (value if isinstance(value, str) or _is_number(value) else None), "a text"


def _number(value: Any) -> int | float | None:
    if isinstance(value, str):
        text = value.strip()
        if not _NUMBER.fullmatch(text):
            return None
        return float(text) if "." in text else int(text)
    return value if _is_number(value) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _link(value: Any) -> str | None:
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return value if parts and parts.scheme in ("http", "https") and parts.hostname else None


def _date(value: Any) -> str | None:
    try:
        day = date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
    fits = day is not None and value[:10] == day.isoformat() and value[10:11] in ("", "T", " ")
    return value if fits and len(value) <= 40 else None


_SLASHED = re.compile(r"/(?P<pattern>.*)/(?P<flags>[a-z]*)", re.DOTALL)
_REMEMBERING = re.compile(r"\\[1-9]|\\k<|\(\?<?[=!]|\(\?P?[<>]")


def regex_of(given: str, *, field: str) -> str:
    """The pattern as Postgres reads it, also from JavaScript's `/…/i`.

    Raises Invalid for what only a search that goes back and tries again can match: such a
    search may never end.
    """
    slashed = _SLASHED.fullmatch(given.strip())
    pattern, flags = (slashed["pattern"], slashed["flags"]) if slashed else (given, "")
    if _REMEMBERING.search(pattern):
        raise Invalid(
            "regex_looks_around",
            "Leave out look-arounds, named groups and references to groups.",
            field=field,
        )
    return f"(?i){pattern}" if "i" in flags else pattern
