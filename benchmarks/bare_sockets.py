"""The least that any server of sockets does: finished frames out of Redis to every transport."""

import asyncio
import os
import socket
from typing import Any, ClassVar, cast
from urllib.parse import urlsplit

import hiredis
import uvloop
from typing_extensions import override

CHANNEL = b"bare"


class _Client(asyncio.Protocol):
    """Somebody who only listens."""

    everybody: ClassVar[set[asyncio.Transport]] = set()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        self.everybody.add(self._transport)

    @override
    def connection_lost(self, _: Exception | None) -> None:
        self.everybody.discard(self._transport)


class _Feed(asyncio.Protocol):
    """Hands on whatever one read brought, in one write a socket."""

    def __init__(self, greeting: bytes) -> None:
        self._greeting = greeting
        self._reader = hiredis.Reader()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        ask = b"*2\r\n$9\r\nSUBSCRIBE\r\n$4\r\n%b\r\n" % CHANNEL
        cast(asyncio.Transport, transport).write(self._greeting + ask)

    @override
    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        frames = []
        while (reply := self._reader.gets()) is not False:
            if isinstance(reply, list) and reply[0] == b"message":
                frames.append(cast(Any, reply[2]))
        if frames:
            together = b"".join(frames)
            for transport in _Client.everybody:
                transport.write(together)


async def serve() -> None:
    """Listen and feed until killed."""
    redis = urlsplit(os.environ["REDIS_URL"])
    greeting = b""
    if redis.password:
        secret = redis.password.encode()
        greeting = b"*2\r\n$4\r\nAUTH\r\n$%d\r\n%b\r\n" % (len(secret), secret)
    loop = asyncio.get_running_loop()
    await loop.create_connection(
        lambda: _Feed(greeting), redis.hostname or "127.0.0.1", redis.port or 6379
    )
    port = int(os.environ["BARE_SOCKETS_PORT"])
    server = await loop.create_server(_Client, "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve())
