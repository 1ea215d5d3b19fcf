"""Many signed webhooks at once, sent with as little CPU as Python can."""

import asyncio
import hashlib
import hmac
import time
from urllib.parse import urlsplit

from benchmarks.an_account import AnAccount

CONNECTIONS = 16


def requests(at: AnAccount, path: str, bodies: list[bytes]) -> list[bytes]:
    """Each webhook as the bytes of an HTTP request."""
    key = at.app_secret.encode()
    return [
        b"POST %s HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\n"
        b"X-Hub-Signature-256: sha256=%s\r\nContent-Length: %d\r\n\r\n%s"
        % (
            path.encode(),
            hmac.digest(key, body, hashlib.sha256).hex().encode(),
            len(body),
            body,
        )
        for body in bodies
    ]


async def knock(url: str, waiting: list[bytes]) -> float:
    """Send them all over a few connections, in turn; the seconds until the last answer."""
    where = urlsplit(url)
    lots = [waiting[start::CONNECTIONS] for start in range(CONNECTIONS)]
    began = time.monotonic()
    await asyncio.gather(
        *(_connection(where.hostname or "", where.port or 80, lot) for lot in lots)
    )
    return time.monotonic() - began


async def _connection(host: str, port: int, lot: list[bytes]) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    for request in lot:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head[:16]:
            raise AssertionError(f"the door answered {head[:64]!r}")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if int(length or 0):
            await reader.readexactly(int(length))
    writer.close()
