"""`/webhooks/{channel}/{address}` as an ASGI application that reads no more than a channel takes."""

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

import msgspec
from litestar.enums import HttpMethod, ScopeType
from litestar.exceptions import NotFoundException
from litestar.handlers import ASGIRouteHandler, asgi
from litestar.types import HTTPScope, Receive, Scope, Send

from desk.words.errors import Category, DeskError, Invalid, NotFound
from ingest.channel_contract import FieldRefused
from ingest.receiver.intake import Intake

PREFIX = "/webhooks/"
RETRY_AFTER_SECONDS = 5

STATUS_OF: Mapping[Category, int] = {
    Category.INVALID: 400,
    Category.UNAUTHENTICATED: 401,
    Category.FORBIDDEN: 403,
    Category.NOT_FOUND: 404,
    Category.CONFLICT: 409,
    Category.UPSTREAM: 502,
    Category.TRANSIENT: 503,
}


class BodyTooLarge(Invalid):
    """The request holds more than we read at this door."""

    def __init__(self, most: int) -> None:
        super().__init__("body_too_large", f"The body may have at most {most:,} bytes.")


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


def webhooks(intake: Intake, opt: Mapping[str, Any] | None = None) -> ASGIRouteHandler:
    """The route handler to mount; `opt` is the application's own marking of public routes."""

    @asgi(PREFIX.rstrip("/"), is_mount=True, copy_scope=False, opt=opt)
    async def receive_webhook(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            raise NotFoundException
        await WebhookRequest(intake, scope, receive, send).answer()

    return receive_webhook


def _status_of(error: DeskError) -> int:
    if isinstance(error, BodyTooLarge):
        return 413
    return 422 if isinstance(error, FieldRefused) else STATUS_OF[error.category]


class WebhookRequest:
    """One request at the door."""

    def __init__(self, intake: Intake, scope: HTTPScope, receive: Receive, send: Send) -> None:
        self._intake = intake
        self._scope = scope
        self._receive = receive
        self._send = send
        self._began = time.perf_counter()
        path = unquote((scope.get("raw_path") or scope["path"].encode()).decode("latin-1"))
        kind, _, address = path.partition(PREFIX)[2].partition("/")
        self._kind, self._address = kind, address.rstrip("/")

    async def answer(self) -> None:
        """Journal or verify, and say how it went."""
        channel = "unknown"
        try:
            door = await self._intake.find(self._kind, self._address)
            channel = door.channel.kind.value
            method = self._scope["method"]
            if method == HttpMethod.GET:
                query = dict(parse_qsl(self._scope["query_string"].decode("latin-1")))
                status, body = 200, self._intake.verify(door, query).encode()
                await self._respond(status, body, b"text/plain; charset=utf-8")
            elif method == HttpMethod.POST:
                # By which address the door was found is the envelope's, whatever a sender says.
                headers = self._headers() | {"x-envelope-to": self._address}
                body = await self._body(headers, door.channel.can.largest_hook)
                await self._intake.accept(door, headers, body)
                status = 200
                await self._respond(status, b'{"status":"received"}')
            else:
                status = 405
                await self._refuse(status, "method_not_allowed", "Use POST, or GET to verify.")
        except ClientGone:
            return
        except DeskError as error:
            status = _status_of(error)
            if isinstance(error, NotFound):
                channel = "unknown"
            await self._refuse(status, error.code, error.sentence, error.details.get("field"))
        metrics = self._intake.metrics
        metrics.answers.labels(channel, str(status)).inc()
        metrics.seconds.labels(channel).observe(time.perf_counter() - self._began)

    def _headers(self) -> dict[str, str]:
        return {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in self._scope["headers"]
        }

    async def _body(self, headers: Mapping[str, str], most: int) -> bytes:
        claimed = headers.get("content-length", "")
        if claimed.isdecimal() and int(claimed) > most:
            raise BodyTooLarge(most)
        chunks: list[bytes] = []
        size = 0
        while True:
            event = await self._receive()
            if event["type"] == "http.disconnect":
                raise ClientGone
            if event["type"] == "http.request":
                chunk = event["body"]
                size += len(chunk)
                if size > most:
                    raise BodyTooLarge(most)
                chunks.append(chunk)
                if not event["more_body"]:
                    return b"".join(chunks)

    async def _refuse(self, status: int, code: str, sentence: str, field: object = None) -> None:
        said = {"error": code, "message": sentence} | ({} if field is None else {"field": field})
        await self._respond(status, msgspec.json.encode(said))

    async def _respond(
        self, status: int, body: bytes, content_type: bytes = b"application/json"
    ) -> None:
        headers = [
            (b"content-type", content_type),
            (b"content-length", str(len(body)).encode()),
        ]
        if status == 503:
            headers.append((b"retry-after", str(RETRY_AFTER_SECONDS).encode()))
        await self._send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": body, "more_body": False})
