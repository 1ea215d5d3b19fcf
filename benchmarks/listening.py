"""Many sockets that only count what they hear, with as little CPU as Python can."""

import asyncio
import socket
from typing import cast
from urllib.parse import urlsplit

from typing_extensions import override

BUFFER = 64 * 1024
PING, PONG = 0x89, 0x8A

UPGRADE = (
    b"GET /cable HTTP/1.1\r\nHost: desk\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: actioncable-v1-json\r\n"
    b"Sec-WebSocket-Key: c3RyZWFtZGVzay1iZW5jaA==\r\n\r\n"
)


class Listener(asyncio.Protocol):
    """Counts frames of the expected length, and remembers the last other one."""

    def __init__(self, subscription: bytes, heard: asyncio.Event) -> None:
        self.count = 0
        self.wanted = 0
        self.length = 0
        self.others: list[bytes] = []
        self.lost = False
        self._subscription = subscription
        self._heard = heard
        self._rest = b""
        self._upgraded = not subscription
        self.transport: asyncio.Transport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        if self._subscription:
            self.transport.write(UPGRADE)

    @override
    def data_received(self, data: bytes) -> None:
        length = self.length
        if length and not self._rest and len(data) % length == 0:
            self.count += len(data) // length
        else:
            self._take(data)
        if self.count >= self.wanted:
            self._heard.set()

    @override
    def connection_lost(self, _: Exception | None) -> None:
        self.lost = True

    def _take(self, data: bytes) -> None:
        data = self._rest + data
        at = 0
        if not self._upgraded:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._rest = data
                return
            at, self._upgraded = end + 4, True
            if self.transport is not None:
                self.transport.write(self._subscription)
        while (size := _frame(data, at)) is not None and at + size <= len(data):
            if size == self.length:
                self.count += 1
            elif data[at] == PING and self.transport is not None:
                said = data[at + 2 : at + size]
                self.transport.write(bytes([PONG, 0x80 | len(said)]) + bytes(4) + said)
            else:
                self.others = [*self.others[-2:], data[at : at + size]]
            at += size
        self._rest = data[at:]


def _frame(data: bytes, at: int) -> int | None:
    """The length of the frame that begins there, if enough of it is there to know."""
    if len(data) < at + 2:
        return None
    short = data[at + 1]
    if short < 126:
        return 2 + short
    wide = 2 if short == 126 else 8
    if len(data) < at + 2 + wide:
        return None
    return 2 + wide + int.from_bytes(data[at + 2 : at + 2 + wide], "big")


def subscription(identifier: str) -> bytes:
    """The command as a client's frame; its mask is zero."""
    command = b'{"command":"subscribe","identifier":%b}' % _quoted(identifier)
    head = b"\x81" + (
        bytes([0x80 | len(command)])
        if len(command) < 126
        else b"\xfe" + len(command).to_bytes(2, "big")
    )
    return head + bytes(4) + command


def _quoted(text: str) -> bytes:
    return b'"' + text.replace("\\", "\\\\").replace('"', '\\"').encode() + b'"'


async def connect(url: str, subscription: bytes, heard: asyncio.Event) -> Listener:
    """One more; its own buffer is small, so that one who does not read is seen early."""
    where = urlsplit(url)
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    sock.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(sock, (where.hostname, where.port))
    _, listener = await loop.create_connection(lambda: Listener(subscription, heard), sock=sock)
    return listener
