"""The way out of the house: public addresses only, unless the operator allows more."""

import httpx
import pytest

from ingest.channel_contract import Rejected
from streams.jobs.outgoing import outgoing_client


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
