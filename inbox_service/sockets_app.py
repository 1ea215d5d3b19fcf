"""The live line alone, as an ASGI application: `/cable`, `/health` and `/metrics`."""

from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from desk.store.desk import Desk
from inbox_service.auth.people import People
from inbox_service.metrics import ServiceMetrics
from inbox_service.realtime.cable import serve
from inbox_service.realtime.line import LiveLine

CABLE = "/cable"
_TEXT = "text/plain; charset=utf-8"


class SocketsApp:
    """Nothing but sockets in its loop: whatever else took time there would delay every event."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._metrics = ServiceMetrics()
        self._line = LiveLine(desk, People(desk), self._metrics)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await _answer(send, *self._page(scope["path"]))
        elif scope["path"].rstrip("/") == CABLE:
            await serve(self._line.service, scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 4404})

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        self._line.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._line.close()
        await self._desk.close()
        await send({"type": "lifespan.shutdown.complete"})

    def _page(self, path: str) -> tuple[int, str, bytes]:
        if path == "/health":
            if self._line.hub.is_fed:
                return 200, _TEXT, b"feed ok\n"
            return 503, _TEXT, b"feed down\n"
        if path == "/metrics":
            self._metrics.sockets.set(len(self._line.heartbeat))
            return 200, CONTENT_TYPE_LATEST, generate_latest(self._metrics.registry)
        if path.rstrip("/") == CABLE:
            return 426, _TEXT, b"This is for websockets.\n"
        return 404, _TEXT, b"There is nothing here but /cable.\n"


async def _answer(send: Any, status: int, media_type: str, body: bytes) -> None:
    headers = [
        (b"content-type", media_type.encode()),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *([(b"upgrade", b"websocket")] if status == 426 else []),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
