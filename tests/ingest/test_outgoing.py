"""The way out of the house: public addresses only, unless the operator allows more."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from desk.words.errors import Invalid
from desk.words.web_address import web_address
from ingest.channel_contract import Rejected
from ingest.outgoing import PublicOnly, outgoing_client, read_whole


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/x",
        "http://localhost:9/x",
        "http://[::1]:9/x",
        "http://[::ffff:127.0.0.1]:9/x",
        "http://10.0.0.1/x",
        "http://192.168.1.1/x",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/x",
        "http://100.64.0.1/x",
        "http://[64:ff9b::127.0.0.1]:9/x",
        "http://[2002:7f00:1::]:9/x",
        "http://[::127.0.0.1]:9/x",
        "http://[fd00::1]:9/x",
        "http://[fe80::1]:9/x",
    ],
)
async def test_private_addresses_are_refused(url: str) -> None:
    async with outgoing_client(allow_private_targets=False) as http:
        with pytest.raises(Rejected, match="private address"):
            await http.post(url)


async def test_a_name_without_an_address_counts_as_unreachable() -> None:
    async with outgoing_client(allow_private_targets=False) as http:
        with pytest.raises(httpx.ConnectError):
            await http.post("http://nowhere.invalid/x")


async def test_an_operator_may_allow_them() -> None:
    async with outgoing_client(allow_private_targets=True) as http:
        with pytest.raises(httpx.ConnectError):
            await http.post("http://127.0.0.1:9/x")


async def test_a_redirect_into_our_own_network_is_refused() -> None:
    elsewhere = httpx.Response(302, headers={"Location": "http://127.0.0.1:9/x"})
    transport = PublicOnly(httpx.MockTransport(lambda _: elsewhere))
    async with httpx.AsyncClient(transport=transport, follow_redirects=True) as http:
        with pytest.raises(Rejected, match="private address"):
            await http.get("http://93.184.215.14/x")


@pytest.mark.parametrize("url", ["https://example.com/x", "http://localhost:3000", "http://[::1]/"])
def test_a_web_address_is_kept_as_it_is(url: str) -> None:
    assert web_address(f" {url} ", field="webhook_url") == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        7,
        "",
        "example.com",
        "ftp://example.com",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://me:secret@example.com",
        "https://example.com/a b",
        "https://example.com:99999",
        "https://[::1",
        "https://example.com/" + "x" * 3000,
    ],
)
def test_what_is_no_web_address_is_refused_by_name(url: object) -> None:
    with pytest.raises(Invalid) as refusal:
        web_address(url, field="webhook_url")
    assert refusal.value.details["field"] == "webhook_url"


Answering = Callable[[asyncio.StreamWriter], Awaitable[None]]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@asynccontextmanager
async def answering(answer: Answering) -> AsyncIterator[str]:
    """A server that answers as it likes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await answer(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/x"
    finally:
        server.close()


@pytest.mark.parametrize("begin", [b"", HEAD + b"\r\n"], ids=["the head", "the body"])
async def test_an_answer_that_drips_is_not_waited_for(begin: bytes) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        for piece in (begin, *[b"H"] * 200):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.05)

    async with (
        answering(drip) as url,
        outgoing_client(allow_private_targets=True, exchange_seconds=0.3) as http,
        asyncio.timeout(5),
    ):
        with pytest.raises(httpx.ReadTimeout):
            await http.get(url)


async def test_of_an_answer_without_end_only_the_beginning_is_read() -> None:
    async def never_end(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"\r\n")
        while True:
            writer.write(b"a" * 65_536)
            await writer.drain()

    async def squeezed(writer: asyncio.StreamWriter) -> None:
        body = gzip.compress(b"b" * 300_000)
        head = f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(HEAD + head.encode() + body)
        await writer.drain()

    async with outgoing_client(allow_private_targets=True) as http, asyncio.timeout(5):
        async with answering(never_end) as url:
            answer = await read_whole(http, "GET", url, most=100_000)
        assert (answer.status_code, answer.content) == (200, b"a" * 100_000)
        async with answering(squeezed) as url:
            answer = await read_whole(http, "POST", url, most=500_000, content=b"x")
        assert (answer.headers["content-type"], answer.text) == ("text/plain", "b" * 300_000)
