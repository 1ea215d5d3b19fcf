"""The way out: requests to providers and other strangers, none of them into our own network."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
from typing_extensions import override

from ingest.channel_contract import Rejected

TIMEOUT = httpx.Timeout(20.0, connect=5.0)
EXCHANGE_SECONDS = 60.0
"""All in all for one request and its answer, however slowly the other side drips."""
LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=20)

_IPV4_BEHIND_IPV6 = (
    ipaddress.IPv6Network("::ffff:0:0/96"),
    ipaddress.IPv6Network("64:ff9b::/96"),
    ipaddress.IPv6Network("::/96"),
)
"""Prefixes whose addresses mean the IPv4 address in their last four bytes."""


class PrivateAddress(Rejected):
    """The target lies in a network that the desk's requests may not reach."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} is a private address; the desk sends to public ones only", "private_address"
        )


class PublicOnly(httpx.AsyncBaseTransport):
    """Connects to public addresses alone; checks what it connects to, not what a name said before."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        address = await public_address(host, request.url.port or _port(request.url.scheme))
        # The name stays in the Host header and in the certificate's check.
        extensions = {**request.extensions, "sni_hostname": host}
        request = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions=extensions,
        )
        return await self._inner.handle_async_request(request)

    @override
    async def aclose(self) -> None:
        await self._inner.aclose()


class InTime(httpx.AsyncBaseTransport):
    """Ends every exchange in time: whoever answers byte by byte holds up nobody else's work."""

    def __init__(self, inner: httpx.AsyncBaseTransport, seconds: float) -> None:
        self._inner = inner
        self._seconds = seconds

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        until = asyncio.get_running_loop().time() + self._seconds
        try:
            async with asyncio.timeout_at(until):
                answer = await self._inner.handle_async_request(request)
        except TimeoutError as error:
            raise httpx.ReadTimeout("no answer in time", request=request) from error
        return httpx.Response(
            answer.status_code,
            headers=answer.headers,
            stream=_InTime(answer, until),
            extensions=answer.extensions,
        )

    @override
    async def aclose(self) -> None:
        await self._inner.aclose()


class _InTime(httpx.AsyncByteStream):
    """What is answered, until its time is over."""

    def __init__(self, answer: httpx.Response, until: float) -> None:
        self._answer = answer
        self._until = until

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = self._answer.aiter_raw()
        while True:
            try:
                async with asyncio.timeout_at(self._until):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                return
            except TimeoutError as error:
                raise httpx.ReadTimeout("the answer does not end in time") from error
            yield piece

    @override
    async def aclose(self) -> None:
        await self._answer.aclose()


def outgoing_client(
    *, allow_private_targets: bool, exchange_seconds: float = EXCHANGE_SECONDS
) -> httpx.AsyncClient:
    """A client that follows no redirects and, unless allowed, reaches no private address.

    Whoever asks it to follow redirects has every hop checked: the check is in the transport.
    A private target raises PrivateAddress.
    """
    transport: httpx.AsyncBaseTransport = httpx.AsyncHTTPTransport(limits=LIMITS, retries=0)
    if not allow_private_targets:
        transport = PublicOnly(transport)
    return httpx.AsyncClient(
        transport=InTime(transport, exchange_seconds),
        timeout=TIMEOUT,
        follow_redirects=False,
        trust_env=False,
    )


async def read_whole(
    http: httpx.AsyncClient, method: str, url: str, *, most: int, **request: Any
) -> httpx.Response:
    """One request and its answer, of which no more than so many bytes are read."""
    content = bytearray()
    async with http.stream(method, url, **request) as answer:
        async for piece in answer.aiter_bytes():
            content += piece
            if len(content) > most:
                break
    # The content is plain and may be cut: what was said of it on its way no longer holds.
    headers = [
        (name, value)
        for name, value in answer.headers.multi_items()
        if name not in ("content-encoding", "content-length", "transfer-encoding")
    ]
    return httpx.Response(
        answer.status_code, headers=headers, content=bytes(content[:most]), request=answer.request
    )


async def public_address(host: str, port: int) -> str:
    """An address of that name, to be connected to as it is; raises PrivateAddress.

    The name is not to be asked again: it might answer otherwise.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"{host} has no address") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not _is_public(address):
            raise PrivateAddress(host)
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        ip = _meant(ip)
    return ip.is_global and not ip.is_multicast


def _meant(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address that a packet to this one reaches in the end."""
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if any(ip in network for network in _IPV4_BEHIND_IPV6):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80
