"""Structured logs, one JSON object a line; never a message's body, a token or an address."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

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


def configure_logs(process: str, level: str) -> None:
    """Send this process's own lines, and its libraries' warnings, to standard output."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_private_values,
        structlog.processors.ExceptionRenderer(_told),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
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
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    handler.addFilter(Sparingly())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(_number(level), logging.WARNING))


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
