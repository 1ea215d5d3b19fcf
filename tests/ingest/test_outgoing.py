"""The way out of the house: public addresses only, unless the operator allows more."""

import httpx
import pytest

from desk.words.errors import Invalid
from desk.words.web_address import web_address
from ingest.channel_contract import Rejected
from ingest.outgoing import PublicOnly, outgoing_client


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
