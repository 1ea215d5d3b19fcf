"""Bodies that no route should have to think about: too deep, too many, or with what cannot be stored."""

import json
import math
import re
from typing import Any, NoReturn

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import SerializationException
from litestar.handlers import BaseRouteHandler
from typing_extensions import override

from desk.words.errors import Invalid

DEEPEST = 32
MOST_ITEMS = 10_000
LARGEST_NUMBER = 2**63 - 1
LONGEST_NUMBER = 100
"""Digits of a number that is looked at at all."""

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_LONG_NUMBER = re.compile(rb"\d{19}")


async def well_formed(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Raises Invalid where the address asks for what no text can hold."""
    if b"%00" not in connection.scope["query_string"]:
        return
    for name, value in connection.query_params.multi_items():
        _check_text(f"{name}{value}", name)


def check_fields(fields: dict[str, Any]) -> None:
    """The same for the fields of a form."""
    _check(fields, "", 0)


class CheckedRequest(Request[Any, Any, Any]):
    """A request whose JSON was looked at before any route sees it."""

    @override
    async def json(self) -> Any:
        known = self.scope["state"].get("checked_json", msgspec.UNSET)
        if known is msgspec.UNSET:
            known = self.scope["state"]["checked_json"] = read_json(await self.body() or b"null")
        return known


def read_json(body: bytes) -> Any:
    """What the body says; raises SerializationException if it is no JSON, Invalid naming a field."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _refuse(body, error)
    if _is_suspicious(body):
        _check(value, "", 0)
    return value


def _is_suspicious(body: bytes) -> bool:
    """Whether anything in it could be refused: most bodies are not looked at twice."""
    return (
        b"\\u0000" in body
        or body.count(b"[") + body.count(b"{") > DEEPEST
        or body.count(b",") >= MOST_ITEMS
        or _LONG_NUMBER.search(body) is not None
    )


def _refuse(body: bytes, error: Exception) -> NoReturn:
    """Say what is wrong with JSON that is well formed and yet cannot be taken."""
    if isinstance(error, RecursionError):
        raise _too_deep(_deep_field(body)) from None
    try:
        value = json.loads(body, parse_constant=_no_json, parse_int=_whole)
    except RecursionError:
        raise _too_deep(_deep_field(body)) from None
    except ValueError:
        raise SerializationException(str(error)) from error
    _check(value, "", 0)
    raise SerializationException(str(error)) from error


def _deep_field(body: bytes) -> str:
    """The field of the outermost object in which it goes too deep."""
    field, depth = b"", 0
    for token in _TOKEN.finditer(body):
        found = token[0]
        if found in b"[{":
            depth += 1
        elif found in b"]}":
            depth -= 1
        elif depth == 1:
            field = found[1:-1]
        if depth > DEEPEST:
            break
    return field.decode(errors="replace")


def _whole(digits: str) -> int:
    return int(digits) if len(digits) < LONGEST_NUMBER else 2 * LARGEST_NUMBER


def _no_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _check(value: Any, path: str, depth: int) -> None:
    if isinstance(value, str):
        _check_text(value, path)
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        if not -LARGEST_NUMBER - 1 <= value <= LARGEST_NUMBER:
            raise _out_of_range(path)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise _out_of_range(path)
    elif isinstance(value, list | dict):
        if depth >= DEEPEST:
            raise _too_deep(path)
        if len(value) > MOST_ITEMS:
            raise Invalid(
                "too_many_items", f"At most {MOST_ITEMS:,} items are taken.", field=path or None
            )
        if isinstance(value, list):
            for n, one in enumerate(value):
                _check(one, f"{path}[{n}]", depth + 1)
        else:
            for key, one in value.items():
                where = f"{path}.{key}" if path else key
                _check_text(key, where)
                _check(one, where, depth + 1)


def _check_text(text: str, path: str) -> None:
    if "\x00" in text:
        raise Invalid(
            "nul_character", "A text must not hold the NUL character.", field=_printable(path)
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Invalid(
            "lone_surrogate",
            "A text must be well-formed Unicode: half of a surrogate pair is none.",
            field=_printable(path),
        ) from None


def _out_of_range(path: str) -> Invalid:
    return Invalid(
        "number_out_of_range",
        f"A number lies between -{LARGEST_NUMBER + 1} and {LARGEST_NUMBER}.",
        field=_printable(path),
    )


def _too_deep(path: str) -> Invalid:
    return Invalid(
        "too_deep", f"JSON is taken to {DEEPEST} levels.", field=_printable(path)[:200] or None
    )


def _printable(path: str) -> str:
    """The path without what could not be answered either."""
    return path.replace("\x00", "").encode(errors="replace").decode()[:500]
