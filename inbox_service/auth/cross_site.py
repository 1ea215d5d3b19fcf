"""Whether a browser sent a changing request from another site's page."""

from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def is_from_elsewhere(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Browsers say where a request comes from; other clients say nothing and carry no cookies."""
    if connection.scope.get("method", "GET") in SAFE_METHODS:
        return False
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = connection.headers.get("origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc != connection.headers.get("host")
