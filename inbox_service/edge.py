"""What happens around every request: its id, its safety headers, one log line, its figures."""

import secrets
import time
from collections.abc import Callable
from typing import Any

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from desk.watching.watch import current_watch
from desk.watching.work import request
from inbox_service.aliases import real_path
from inbox_service.api.public.any_site import (
    answer_beforehand,
    headers_for_any_site,
    is_asked_beforehand,
)
from inbox_service.metrics import ServiceMetrics

DEFAULTS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]
"""What an answer says where it does not say otherwise itself."""

_log = structlog.get_logger("inbox_service")


class Edge:
    """The outermost ASGI application."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: ServiceMetrics,
        seconds: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.inner = app
        self._metrics = metrics
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.inner(scope, receive, send)
            return
        if is_asked_beforehand(scope):
            await answer_beforehand(send)
            return
        began = self._seconds()
        request_id = secrets.token_hex(16)
        scope.setdefault("state", {})["request_id"] = request_id
        scope["path"] = real_path(scope["path"])
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = {name.lower() for name, _ in message["headers"]}
                ours = [
                    *DEFAULTS,
                    *headers_for_any_site(scope["path"]),
                    (b"x-request-id", request_id.encode()),
                ]
                message["headers"] = [
                    *message["headers"],
                    *(header for header in ours if header[0] not in given),
                ]
            await send(message)

        told: dict[str, Any] = {}
        with request(told):
            try:
                await self.inner(scope, receive, answer)
            finally:
                told.update(self._tell(scope, status, self._seconds() - began))

    def _tell(self, scope: Scope, status: int, took: float) -> dict[str, Any]:
        route = str(scope.get("path_template") or "unmatched")
        method = str(scope.get("method", ""))
        self._metrics.answered(method, route, status, took)
        given = scope.get("path_params", {}).get("account_id")
        account = None if given is None else int(given)
        _log.info(
            "request",
            method=method,
            route=route,
            status=status,
            ms=round(took * 1000, 1),
            account=account,
            request_id=scope["state"]["request_id"],
        )
        watch = current_watch()
        watch.count(f"requests.{status // 100}xx", account=account)
        watch.timing("request", took, account=account)
        return {
            "name": f"{method} {route}",
            "method": method,
            "route": route,
            "status": status,
            "account": account,
            "request_id": scope["state"]["request_id"],
        }
