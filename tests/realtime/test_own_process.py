"""`desk worker sockets`: one port for several, only the accounts it holds, and rough clients."""

import asyncio
import json
import os
import socket
import struct
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from desk.local.environment import alone, table_for
from desk.local.processes import PROCESSES
from desk.store.desk import Desk
from desk.store.feed import channel
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.cable_client import (
    PROTOCOLS,
    agent_on_the_line,
    identifier_of,
    pubsub_token,
)
from tests.inbox_service.reacting import react
from tests.realtime.own_process import SocketsProcess, sockets_process


async def listeners(desk: Desk, at: SmallDesk) -> int:
    """How many processes hear the account."""
    name = channel(at.account_id)
    ((_, count),) = await desk.redis.pubsub_numsub(name)
    return int(count)


async def test_several_share_a_port_and_each_hears_only_accounts_it_has_sockets_of(
    services: Mapping[str, str], line: SocketsProcess, desk: Desk, halden: SmallDesk
) -> None:
    port = urlsplit(line.url).port
    with sockets_process(services, port) as second:
        assert await listeners(desk, halden) == 0
        until = 40
        sockets: list[Any] = []
        # The kernel chooses; until both have somebody.
        while await listeners(desk, halden) < 2 and len(sockets) < until:
            opened = agent_on_the_line(line.url, desk, halden, halden.agent)
            sockets.append((opened, await opened.__aenter__()))
        assert await listeners(desk, halden) == 2
        await receive(desk, halden, said("To both"))
        await react(desk, halden, "notify_agents")
        for opened, client in sockets:
            assert (await client.event("message.created"))["data"]["content"] == "To both"
            await opened.__aexit__(None, None, None)
        second.stop()
        for _ in range(50):
            if await listeners(desk, halden) == 0:
                break
            await asyncio.sleep(0.1)
        assert await listeners(desk, halden) == 0


async def test_pages_beside_the_line(line: SocketsProcess) -> None:
    async with httpx.AsyncClient(base_url=line.url) as client:
        assert (await client.get("/health")).text == "feed ok\n"
        assert "streamdesk_live_deliveries" in (await client.get("/metrics")).text
        assert (await client.get("/cable")).status_code == 426
        assert (await client.get("/app")).status_code == 404
    with pytest.raises(InvalidStatus):
        async with connect(line.url.replace("http:", "ws:") + "/other"):
            pass


async def closed_with(client: ClientConnection) -> int | None:
    """Reads to the end."""
    try:
        while True:
            await client.recv()
    except ConnectionClosed as closed:
        return None if closed.rcvd is None else int(closed.rcvd.code)


async def test_rough_clients_are_closed_with_the_code_that_says_why(line: SocketsProcess) -> None:
    address = line.url.replace("http:", "ws:") + "/cable"
    async with connect(address, subprotocols=PROTOCOLS, compression=None) as client:
        await client.send(["{", "}"])  # fragments are one message
        await client.send("x" * 70_000)
        assert await closed_with(client) == 1009
    for payload, code in ((b"\x81\x81" + bytes(4) + b"\xff", 1007), (b"\x81\x01x", 1002)):
        async with connect(address, subprotocols=PROTOCOLS, compression=None) as client:
            client.transport.write(payload)
            assert await closed_with(client) == code


CLOSED_AS_SLOW = struct.pack(">BBH", 0x88, 2, 4008)


class Stubborn:
    """A client that subscribes and then reads only when it is told to."""

    def __init__(self, url: str) -> None:
        where = urlsplit(url)
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        self._socket.connect((where.hostname, where.port))
        self._socket.settimeout(10)
        self._socket.sendall(
            b"GET /cable HTTP/1.1\r\nHost: desk\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c3RyZWFtZGVzay10ZXN0cw==\r\n"
            b"Sec-WebSocket-Protocol: actioncable-v1-json\r\n\r\n"
        )
        self._wait_for(b"welcome")

    def _wait_for(self, mark: bytes) -> None:
        read = b""
        while mark not in read:
            read += self._socket.recv(4096)

    def subscribe(self, identifier: str) -> None:
        command = json.dumps({"command": "subscribe", "identifier": identifier}).encode()
        self._socket.sendall(b"\x81\xfe" + struct.pack(">H", len(command)) + bytes(4) + command)
        self._wait_for(b"confirm_subscription")

    def read_to_the_goodbye(self) -> bytes:
        """Its last bytes."""
        read = b""
        while not read.endswith(CLOSED_AS_SLOW):
            data = self._socket.recv(65536)
            assert data, "it was cut without a word"
            read = (read + data)[-200:]
        self._socket.close()
        return read


async def test_who_does_not_read_learns_to_come_back_and_costs_the_others_nothing(
    line: SocketsProcess, desk: Desk, halden: SmallDesk
) -> None:
    token = await pubsub_token(desk, halden.agent)
    still = Stubborn(line.url)
    await asyncio.to_thread(
        still.subscribe,
        identifier_of(pubsub_token=token, account_id=halden.account_id, user_id=halden.agent),
    )
    async with agent_on_the_line(line.url, desk, halden, halden.agent) as reading:
        for round_ in range(2):
            texts = [said(f"{round_} {n} " + "y" * 20_000) for n in range(25)]
            await receive(desk, halden, *texts)
            await react(desk, halden, "notify_agents")
            for _ in texts:
                await reading.event("message.created")
        await asyncio.sleep(1.3)
        ending = await asyncio.to_thread(still.read_to_the_goodbye)
    assert b'{"type":"disconnect","reason":"slow_consumer","reconnect":true}' in ending


def test_the_command_runs_it(services: Mapping[str, str]) -> None:
    (process,) = [each for each in PROCESSES if each.name == "sockets"]
    environment = alone({**os.environ, **services})
    assert process.command(environment)[-1] == "inbox_service.sockets"
    assert environment["STREAMDESK_SOCKETS_PORT"] == "3001"
    # Under `desk up` the inbox service does it.
    names = {each.name for each in table_for(PROCESSES, {}, demo=True)}
    assert "sockets" not in names
    assert process.within in names
