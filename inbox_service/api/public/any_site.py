"""Lets the pages of any site speak to the public API: it knows no cookies."""

from litestar.types import Scope, Send

PREFIX = "/public/api/"

_ORIGIN = (b"access-control-allow-origin", b"*")
_ALLOWED = [
    _ORIGIN,
    (b"access-control-allow-methods", b"GET, POST, PATCH, PUT, OPTIONS"),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"7200"),
]


def headers_for_any_site(path: str) -> list[tuple[bytes, bytes]]:
    """What marks an answer of the public API, whatever it is; other answers get nothing."""
    return [_ORIGIN] if path.startswith(PREFIX) else []


def is_asked_beforehand(scope: Scope) -> bool:
    """Whether a browser asks if another site's page may speak to the public API."""
    return scope.get("method") == "OPTIONS" and scope["path"].startswith(PREFIX)


async def answer_beforehand(send: Send) -> None:
    """It may."""
    await send({"type": "http.response.start", "status": 204, "headers": [*_ALLOWED]})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
