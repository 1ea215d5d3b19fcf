"""Structured logs, one JSON object a line; never a message's body, a token or an address."""

import json
import logging
import sys
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import msgspec
import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import ExcInfo
from typing_extensions import override

_UNSPOKEN = frozenset(
    {
        "access_token",
        "authorization",
        "body",
        "content",
        "cookie",
        "email",
        "name",
        "password",
        "phone_number",
        "secret",
        "secrets",
        "sender",
        "token",
    }
)
"""Names whose values no line may carry, whoever puts them there."""


Forward = Callable[[str, str, Mapping[str, Any], BaseException | None], None]
"""Takes a line's event, level, values and exception; returns at once and never raises."""

WATCHED = "watched"
"""The name under which a line carries an exception to be forwarded and not to be written."""


def configure_logs(
    process: str,
    level: str,
    *,
    forward: Forward | None = None,
    libraries: logging.Handler | None = None,
) -> None:
    """Send this process's own lines, and its libraries' warnings, to standard output.

    Own lines also go to `forward`, and the libraries' errors to a handler of whoever watches.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_private_values,
        structlog.processors.ExceptionRenderer(_told),
    ]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _Forwarding(forward),
            *shared[1:],
            structlog.processors.JSONRenderer(_written),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_number(level)),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(_written),
            ],
        )
    )
    handler.addFilter(Sparingly())
    root = logging.getLogger()
    root.handlers[:] = [handler] if libraries is None else [handler, libraries]
    root.setLevel(max(_number(level), logging.WARNING))


class _Forwarding:
    """Lets whoever watches see a line before it is rendered."""

    def __init__(self, forward: Forward | None) -> None:
        self._forward = forward

    def __call__(
        self, _logger: Any, method: str, line: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        watched = line.pop(WATCHED, None)
        if self._forward is not None:
            self._forward(str(line.get("event")), method, line, watched or _exception_of(line))
        return line


def _exception_of(line: Mapping[str, Any]) -> BaseException | None:
    given = line.get("exc_info")
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if len(given) > 1 and isinstance(given[1], BaseException) else None
    return sys.exc_info()[1] if given else None


class Sparingly(logging.Filter):
    """Lets a library say the same thing once in ten seconds, not a thousand times."""

    EVERY_SECONDS = 10.0

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, object], float] = {}

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        key = (record.name, record.getMessage())
        if record.created - self._said.get(key, 0.0) < self.EVERY_SECONDS:
            return False
        if len(self._said) > 1000:
            self._said.clear()
        self._said[key] = record.created
        return True


def _written(line: Mapping[str, Any], default: Callable[[Any], Any]) -> str:
    """The line as JSON; what the fast encoder refuses (half a character) the slow one escapes."""
    try:
        return msgspec.json.encode(line, enc_hook=default).decode()
    except (msgspec.MsgspecError, TypeError, ValueError):
        return json.dumps(line, default=default)


_transform = ExceptionDictTransformer(show_locals=False)


def _told(exc_info: ExcInfo) -> list[dict[str, Any]]:
    """The exception without values: Postgres quotes whole rows below an error's first line."""
    told = _transform(exc_info)
    for part in told:
        part["exc_value"] = part["exc_value"].partition("\n")[0]
    return told


def _number(level: str) -> int:
    return logging.getLevelNamesMapping().get(level.upper(), logging.INFO)


def _without_private_values(
    _logger: Any, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for name in _UNSPOKEN & line.keys():
        line[name] = "(left out)"
    return line
