"""uvicorn's websocket connection, opened up: finished frames go straight to its transport.

It leans on private names of uvicorn, whose version is pinned; tests hold what is relied upon.
"""

import asyncio
import socket
from asyncio.transports import BaseTransport, Transport
from collections.abc import Callable
from typing import Any, cast

from typing_extensions import override
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

from inbox_service.realtime.framing import disconnect, text_frame

EXTENSION = "streamdesk.wire"

BUFFER = 1024 * 1024
"""The bounded queue is the transport's own buffer: beyond this a reader counts as slow."""

KERNEL_BUFFER = 64 * 1024
"""Small, so that we notice a stalled reader before the kernel has taken megabytes."""

PATIENCE_SECONDS = 1.0
"""A burst may fill the buffer of a reader who is not slow at all: who empties it in time stays."""

GRACE_SECONDS = 10
"""How long a slow reader has to read what waits for it."""

SLOW_CONSUMER = 4008

LARGEST_MESSAGE = 64 * 1024
"""Bytes of what a client may say at once."""


class Wire(WebSocketsSansIOProtocol):
    """One socket."""

    gone: Callable[[], None] | None = None
    """Called once when nothing may be written any more."""
    slow: Callable[[], None] | None = None
    """Called once when the reader does not keep up."""
    grace: asyncio.TimerHandle | None = None
    patience: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        cast(Transport, transport).set_write_buffer_limits(high=BUFFER)
        raw = transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)

    @override
    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            extensions = cast("dict[str, Any]", self.scope["extensions"])
            extensions[EXTENSION] = self

    def slim(self) -> None:
        """Forget the handshake: it is most of what an idle socket would keep."""
        self.request = self.response = None  # type: ignore[assignment]
        self.scope["headers"] = []

    def write(self, frames: bytes) -> None:
        """Hand finished frames to the transport."""
        self.transport.write(frames)

    def goodbye(self, reason: str, code: int, *, reconnect: bool = True) -> None:
        """Say why, then close; after this nothing is written."""
        self._leave()
        if self.close_sent or self.transport.is_closing():
            return
        self.transport.write(text_frame(disconnect(reason, reconnect=reconnect)))
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.close)
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})

    @override
    def pause_writing(self) -> None:
        super().pause_writing()
        if self.slow is not None and self.patience is None:
            self.patience = self.loop.call_later(PATIENCE_SECONDS, self._is_slow)

    def _is_slow(self) -> None:
        self.patience = None
        if self.slow is not None:
            slow, self.slow = self.slow, None
            slow()
            self.grace = self.loop.call_later(GRACE_SECONDS, self.transport.abort)

    @override
    def resume_writing(self) -> None:
        super().resume_writing()
        if self.patience is not None:
            self.patience.cancel()
            self.patience = None
        if self.grace is not None:
            self.grace.cancel()
            self.grace = None
            self.goodbye("slow_consumer", SLOW_CONSUMER)

    @override
    def handle_close(self, event: Frame) -> None:
        self._leave()
        super().handle_close(event)

    @override
    def shutdown(self) -> None:
        self._leave()
        if self.handshake_complete and not self.close_sent and not self.transport.is_closing():
            self.transport.write(text_frame(disconnect("server_restart", reconnect=True)))
        super().shutdown()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._leave()
        for timer in (self.patience, self.grace):
            if timer is not None:
                timer.cancel()
        self.patience = self.grace = None
        super().connection_lost(exc)

    def _leave(self) -> None:
        gone, self.gone, self.slow = self.gone, None, None
        if gone is not None:
            gone()
