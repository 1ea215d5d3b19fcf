"""What may leave: the only names, and under each only values of its shape."""

import re
from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, int | float | str]

NUMBERS = {
    "account": "account",
    "account_id": "account",
    "attempt": "attempt",
    "code": "exit_code",
    "conversation": "conversation",
    "conversation_id": "conversation",
    "count": "count",
    "event_id": "event",
    "inbound": "inbound",
    "inbox": "inbox",
    "job": "job",
    "message": "message",
    "ms": "ms",
    "oldest": "oldest",
    "react_seconds": "react_seconds",
    "receive_seconds": "receive_seconds",
    "rows": "rows",
    "seconds": "seconds",
    "slowest_seconds": "slowest_seconds",
    "status": "status",
}
"""Names whose values are numbers, and what they are called outside."""

WORDS = frozenset(
    {
        "agent", "check", "consumer", "kind", "logger", "method", "name_of_process", "part",
        "process", "reaction", "report", "run_of", "table", "topic",
    }
)  # fmt: skip
"""Names whose values are words of our own code."""

_WORD = re.compile(r"[A-Za-z_][A-Za-z_. -]{0,59}")
_ROUTE = re.compile(r"(?:/(?:v\d|[a-z_.]{1,40}|\{[a-z_]{1,40}(?::[a-z]{1,10})?\}))*/?")
_HOW = re.compile(r"[a-z ]{1,40}(?: \d{1,3})?")
_REQUEST = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[A-Za-z_<][A-Za-z0-9_.<>]{0,119}")
_STATE = re.compile(r"[0-9A-Z]{5}")


def facts_of(line: Mapping[str, Any]) -> dict[str, int | float | str]:
    """What of a line may leave; all else is passed over."""
    kept: dict[str, int | float | str] = {}
    for name, value in line.items():
        if name in NUMBERS and _is_number(value):
            kept[NUMBERS[name]] = value
        elif (
            (name in WORDS and isinstance(value, str) and _WORD.fullmatch(value))
            or (name == "how" and isinstance(value, str) and _HOW.fullmatch(value))
            or (name == "route" and isinstance(value, str) and _ROUTE.fullmatch(value))
            or (name == "request_id" and isinstance(value, str) and _REQUEST.fullmatch(value))
        ):
            kept[name] = value
    return kept


def word(text: object) -> str:
    """A word of our code, or a stand-in for what is none."""
    return text if isinstance(text, str) and _WORD.fullmatch(text) else "unnamed"


def title(text: str) -> str:
    """The name of a span: a word, and after it perhaps a route or another word."""
    first, _, rest = text.partition(" ")
    if not rest:
        return word(first)
    return f"{word(first)} {rest if _ROUTE.fullmatch(rest) else word(rest)}"


def name(text: object) -> str:
    """The name of a type, a module or a function, or a stand-in."""
    return text if isinstance(text, str) and _NAME.fullmatch(text) else "unnamed"


def sqlstate(error: BaseException) -> str | None:
    """Postgres's code for an error: five signs that quote nothing."""
    state = getattr(error, "sqlstate", None)
    return state if isinstance(state, str) and _STATE.fullmatch(state) else None


def desk_code(error: BaseException) -> str | None:
    """The machine's word of an error of ours."""
    code = getattr(error, "code", None)
    return code if isinstance(code, str) and _WORD.fullmatch(code) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
