"""`/cable`: ActionCable's protocol, as Chatwoot's clients speak it."""

from http.cookies import CookieError, SimpleCookie
from typing import Any

from desk.store.sessions import COOKIE
from inbox_service.realtime import framing
from inbox_service.realtime.connection import Connection
from inbox_service.realtime.service import Service
from inbox_service.realtime.wire import EXTENSION


async def serve(service: Service, scope: Any, receive: Any, send: Any) -> None:
    """Run one websocket over its wire."""
    await receive()
    offered = scope["subprotocols"]
    wire = scope["extensions"].get(EXTENSION)
    if wire is None or (offered and framing.PROTOCOL not in offered):
        await send({"type": "websocket.close", "code": 4400})
        return
    await send({"type": "websocket.accept", "subprotocol": framing.PROTOCOL if offered else None})
    if wire.transport.is_closing():
        return
    cookie = _session_cookie(scope["headers"])
    wire.slim()
    connection = Connection(service, wire, cookie)
    wire.write(framing.text_frame(framing.WELCOME))
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            return
        if text := event.get("text"):
            await connection.take(text)


def _session_cookie(headers: list[tuple[bytes, bytes]]) -> str | None:
    """The sign-in that the page came with."""
    for name, value in headers:
        if name == b"cookie":
            try:
                morsel = SimpleCookie(value.decode("latin-1")).get(COOKIE)
            except CookieError:
                continue
            if morsel is not None and morsel.value:
                return morsel.value
    return None
