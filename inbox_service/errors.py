"""How a no reaches the client: one body for all, and the status its category has."""

import traceback
from collections.abc import Mapping
from typing import Any

import msgspec
import psycopg
import sqlalchemy.exc
import structlog
from litestar import Request, Response
from litestar.enums import MediaType
from litestar.exceptions import (
    HTTPException,
    SerializationException,
    ValidationException,
)
from litestar.types import ExceptionHandlersMap

from desk.words.errors import Category, DeskError, Transient
from inbox_service.unreachable import NEVER_THERE, UNREACHABLE

STATUS_OF: Mapping[Category, int] = {
    Category.INVALID: 422,
    Category.UNAUTHENTICATED: 401,
    Category.FORBIDDEN: 403,
    Category.NOT_FOUND: 404,
    Category.CONFLICT: 409,
    Category.UPSTREAM: 502,
    Category.TRANSIENT: 503,
}
RETRY_AFTER_SECONDS = 2
LONGEST_NUMBER = 16
"""Digits that every column takes, also when they count pages."""

_SENTENCES = {
    404: ("not_found", "There is no such thing."),
    405: ("method_not_allowed", "This address does not take this method."),
    413: ("body_too_large", "The request is larger than we read."),
}

_UNIQUE = (psycopg.errors.UniqueViolation, psycopg.errors.ForeignKeyViolation)

_log = structlog.get_logger("inbox_service")

AnyRequest = Request[Any, Any, Any]


class ApiError(msgspec.Struct, omit_defaults=True):
    """What a client is told when the answer is no."""

    error: str
    """A word for programs."""
    message: str
    """A sentence for people."""
    request_id: str
    field: str | None = None
    """The part of the request that was wrong."""
    attributes: list[str] | None = None
    """The same, where Chatwoot's clients look for it."""


def exception_handlers() -> ExceptionHandlersMap:
    """Every exception that may leave a route, with what becomes of it."""
    return {
        DeskError: _desk_error,
        ValidationException: _malformed,
        SerializationException: _not_json,
        HTTPException: _http_error,
        Exception: _other,
    }


def _desk_error(request: AnyRequest, error: DeskError) -> Response[ApiError]:
    field = error.details.get("field")
    status = STATUS_OF[error.category]
    if error.category is Category.CONFLICT and field is not None:
        # A value somebody else has is, to clients, a malformed value.
        status = 422
    headers = {}
    if status == 503 or "retry_after" in error.details:
        headers["Retry-After"] = str(error.details.get("retry_after", RETRY_AFTER_SECONDS))
        status = 503 if error.category is Category.TRANSIENT else 429
    return _answer(
        request, status, error.code, error.sentence, None if field is None else str(field), headers
    )


def _malformed(request: AnyRequest, error: ValidationException) -> Response[ApiError]:
    extra = error.extra if isinstance(error.extra, list) else []
    first: dict[str, Any] = extra[0] if extra else {}
    field = first.get("key")
    message = str(first.get("message") or error.detail)
    if field == "data":
        field, message = None, "Expected a JSON object with the operation's fields."
    return _answer(request, 422, "malformed", _sentence(message), field)


def _not_json(request: AnyRequest, _: Exception) -> Response[ApiError]:
    return _answer(request, 400, "not_json", "The body is not JSON.")


def _http_error(request: AnyRequest, error: HTTPException) -> Response[ApiError]:
    unread = (SerializationException, msgspec.DecodeError, ValueError)
    if error.status_code == 400 and isinstance(error.__cause__, unread):
        return _not_json(request, error)
    code, sentence = _SENTENCES.get(error.status_code, ("refused", _sentence(error.detail)))
    return _answer(request, error.status_code, code, sentence, headers=error.headers)


def _other(request: AnyRequest, error: Exception) -> Response[ApiError]:
    cause = error.orig if isinstance(error, sqlalchemy.exc.DBAPIError) else error
    away = isinstance(error, UNREACHABLE) or isinstance(cause, UNREACHABLE)
    if away and not isinstance(error, NEVER_THERE):
        _log.warning("a service does not answer", kind=type(error).__name__)
        return _desk_error(
            request, Transient("temporarily_unavailable", "A part of the desk does not answer.")
        )
    if isinstance(cause, psycopg.DataError):
        return _answer(request, 422, "unstorable", "A value cannot be stored.", _culprit(request))
    if isinstance(cause, _UNIQUE):
        return _answer(request, 409, "somebody_was_faster", "Somebody else was faster. Try again.")
    _log.error(
        "a request failed",
        request_id=_request_id(request),
        route=_route(request),
        kind=type(error).__name__,
        account=request.scope.get("path_params", {}).get("account_id"),
        sqlstate=getattr(cause, "sqlstate", None),
        at=_places(error),
        watched=error,
    )
    return _answer(request, 500, "internal", "Something went wrong on our side.")


def _culprit(request: AnyRequest) -> str | None:
    """The part of the address that is likeliest to be meant."""
    for name, value in request.query_params.multi_items():
        if "\x00" in value or (value.lstrip("-").isdecimal() and len(value) > LONGEST_NUMBER):
            return name
    return None


def _answer(
    request: AnyRequest,
    status: int,
    code: str,
    sentence: str,
    field: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[ApiError]:
    return Response(
        ApiError(code, sentence, _request_id(request), field, None if field is None else [field]),
        status_code=status,
        media_type=MediaType.JSON,
        headers=dict(headers or {}),
    )


def _places(error: Exception) -> list[str]:
    """Where it happened; not what it says, which may hold what customers wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _request_id(request: AnyRequest) -> str:
    return str(request.scope["state"].get("request_id", ""))


def _route(request: AnyRequest) -> str:
    return str(request.scope.get("path_template", "unmatched"))


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
