"""HTTP as uvicorn speaks it, but with an answer's head in the same write as its body."""

import asyncio
from typing import cast

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD = b"HTTP/1.1 "


class OneWrite(asyncio.Transport):
    """A transport that holds a head back until its body comes, or the loop's next turn.

    Each write is a call of the kernel and wakes whoever reads; a head alone tells them nothing.
    """

    def __init__(self, to: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.to = to
        self._loop = loop
        self._held = b""

    @override
    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._held:
            held, self._held = self._held, b""
            self.to.writelines((held, data))
        elif isinstance(data, bytes) and data.startswith(HEAD):
            self._held = data
            self._loop.call_soon(self._let_go)
        else:
            self.to.write(data)

    @override
    def close(self) -> None:
        self._let_go()
        self.to.close()

    @override
    def is_closing(self) -> bool:
        return self.to.is_closing()

    def _let_go(self) -> None:
        if self._held:
            held, self._held = self._held, b""
            self.to.write(held)


class HttpInOneWrite(HttpToolsProtocol):
    """uvicorn's protocol on such a transport."""

    @override
    def connection_made(  # type: ignore[override]
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        self.transport = OneWrite(transport, self.loop)

    @override
    def handle_websocket_upgrade(self) -> None:
        # The socket's own protocol takes over the bare transport.
        self.transport = cast(OneWrite, self.transport).to
        super().handle_websocket_upgrade()
