"""The way out: requests to providers, none of them into our own network."""

import asyncio
import ipaddress
import socket

import httpx
from typing_extensions import override

from ingest.channel_contract import Rejected

TIMEOUT = httpx.Timeout(20.0, connect=5.0)
LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=20)


class PublicOnly(httpx.AsyncBaseTransport):
    """Connects to public addresses alone; checks what it connects to, not what a name said before."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        address = await _public_address(host, request.url.port or _port(request.url.scheme))
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


def outgoing_client(*, allow_private_targets: bool) -> httpx.AsyncClient:
    """A client that follows no redirects and, unless allowed, reaches no private address."""
    transport: httpx.AsyncBaseTransport = httpx.AsyncHTTPTransport(limits=LIMITS, retries=0)
    if not allow_private_targets:
        transport = PublicOnly(transport)
    return httpx.AsyncClient(
        transport=transport, timeout=TIMEOUT, follow_redirects=False, trust_env=False
    )


async def _public_address(host: str, port: int) -> str:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx.ConnectError(f"{host} has no address") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not _is_public(address):
            raise Rejected(f"{host} is a private address; the desk sends to public ones only")
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip.sixtofour is not None:
            ip = ip.sixtofour
    return ip.is_global and not ip.is_multicast


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80
