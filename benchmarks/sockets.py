"""CPU of a delivery to 500 sockets, beside a server that does nothing but write."""

import asyncio
import json
import os
import socket
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import psutil
import redis.asyncio
import uvloop

from benchmarks.an_account import make_account
from benchmarks.bare_sockets import CHANNEL
from benchmarks.listening import Listener, connect, subscription
from benchmarks.result import Result, compare
from benchmarks.stage import Stage, cpu_of, stage, until
from desk.actions.employ_agent import employ_agent
from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.feed import channel
from desk.words.actor import Actor
from desk.words.ids import AccountId
from desk.words.people import Role
from inbox_service.realtime.framing import head, prefix_of

SOCKETS = 500
WARM = 20
ROUNDS = 3
ALONE = 600
"""Events one at a time, in each round."""
TOGETHER = 150
"""Batches of eight, in each round."""
STALLED = 10
BURST = 4_000


class Share(NamedTuple):
    """Microseconds of the server's CPU for each delivery."""

    alone: float
    together: float


class Audience:
    """Five hundred who listen to one server."""

    def __init__(self, server: psutil.Process, heard: asyncio.Event) -> None:
        self.server = server
        self.listeners: list[Listener] = []
        self.kib = 0.0
        self._heard = heard

    async def gather(self, url: str, subscribe: Callable[[int], bytes]) -> None:
        """Connect them all; the memory of the later ones is weighed."""
        before = 0
        for number in range(WARM + SOCKETS):
            if number == WARM:
                await asyncio.sleep(1)
                before = self.server.memory_info().rss
            self.listeners.append(await connect(url, subscribe(number), self._heard))
            if number % 25 == 24:
                await asyncio.sleep(0.1)
        await asyncio.sleep(2)
        self.kib = (self.server.memory_info().rss - before) / 1024 / SOCKETS
        for listener in self.listeners[:WARM]:
            if listener.transport is not None:
                listener.transport.close()
        del self.listeners[:WARM]
        await asyncio.sleep(0.5)

    def listen_for(self, length: int) -> None:
        for listener in self.listeners:
            listener.length = length

    async def all_heard(self, listeners: list[Listener], more: int) -> None:
        """Until each has heard so many more."""
        for listener in listeners:
            listener.wanted += more
        async with asyncio.timeout(60):
            for listener in listeners:
                while listener.count < listener.wanted:
                    self._heard.clear()
                    await self._heard.wait()

    async def cost(
        self, batches: int, size: int, publish: Callable[[int], Awaitable[None]]
    ) -> float:
        """Microseconds a delivery, when so many events come at once."""
        began = cpu_of(self.server)
        for _ in range(batches):
            await publish(size)
            await self.all_heard(self.listeners, size)
        return (cpu_of(self.server) - began) / (batches * size * len(self.listeners)) * 1e6


def run() -> Result:
    """Rounds of both, in turn, on one house."""
    load = os.getloadavg()[0]
    ours_port, bare_port = _free_port(), _free_port()
    with (
        stage() as house,
        house.process("inbox_service.sockets", STREAMDESK_SOCKETS_PORT=str(ours_port)) as ours,
        house.process("benchmarks.bare_sockets", BARE_SOCKETS_PORT=str(bare_port)) as bare,
    ):
        for port in (ours_port, bare_port):
            until(lambda port=port: _listens(port), seconds=60, what="listening")  # type: ignore[misc]
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_measure(house, ours, bare, ours_port, bare_port, load))


async def _measure(
    house: Stage,
    ours: psutil.Process,
    bare: psutil.Process,
    ours_port: int,
    bare_port: int,
    load: float,
) -> Result:
    account_id, user_id, token = await _somebody(house)
    store = redis.asyncio.Redis.from_url(house.environment["REDIS_URL"])
    heard = asyncio.Event()

    def identifier(number: int) -> str:
        return json.dumps(
            {
                "channel": "RoomChannel",
                "pubsub_token": token,
                "account_id": account_id,
                "user_id": user_id,
                "page": f"{number:06}",
            }
        )

    frame, payload = _event(account_id, identifier(0))

    async def publish_ours(count: int) -> None:
        await _publish(store, channel(AccountId(account_id)).encode(), frame, count)

    async def publish_bare(count: int) -> None:
        await _publish(store, CHANNEL, payload, count)

    of_ours, of_bare = Audience(ours, heard), Audience(bare, heard)
    await of_ours.gather(
        f"http://127.0.0.1:{ours_port}", lambda number: subscription(identifier(number))
    )
    await of_bare.gather(f"http://127.0.0.1:{bare_port}", lambda _: b"")
    for audience, publish in ((of_ours, publish_ours), (of_bare, publish_bare)):
        audience.listen_for(len(payload))
        await audience.cost(20, 1, publish)
    shares: dict[str, list[Share]] = {"ours": [], "bare": []}
    for _ in range(ROUNDS):
        for name, audience, publish in (
            ("bare", of_bare, publish_bare),
            ("ours", of_ours, publish_ours),
        ):
            alone = await audience.cost(ALONE, 1, publish)
            shares[name].append(Share(alone, await audience.cost(TOGETHER, 8, publish)))
    told = await _stall(of_ours, publish_ours)
    await store.aclose()
    best = {name: Share(*map(min, zip(*found, strict=True))) for name, found in shares.items()}
    return compare(
        "sockets",
        f"one event of {len(payload)} bytes at a time to {SOCKETS} sockets of one account, from "
        "Redis; reference: a bare asyncio.Protocol writing the same finished frames. Held to <= 8 "
        "us, <= 2.5 us with 8 waiting, <= 25 KiB a socket",
        "us CPU a delivery",
        ours=best["ours"].alone,
        reference=best["bare"].alone,
        goal="<= 2",
        details={
            "eight_waiting_us": best["ours"].together,
            "reference_eight_waiting_us": best["bare"].together,
            "kib_a_socket": of_ours.kib,
            "reference_kib_a_socket": of_bare.kib,
            "stalled_of_500": STALLED,
            "stalled_told_to_come_back": told,
            "load_before": load,
        },
    )


async def _stall(audience: Audience, publish: Callable[[int], Awaitable[None]]) -> int:
    """Some stop reading during a burst; the others hear all of it, or this raises TimeoutError."""
    still, reading = audience.listeners[:STALLED], audience.listeners[STALLED:]
    for listener in still:
        assert listener.transport is not None
        listener.transport.pause_reading()
    for _ in range(BURST // 50):
        await publish(50)
        await audience.all_heard(reading, 50)
    await asyncio.sleep(1.5)
    for listener in still:
        if listener.transport is not None:
            listener.transport.resume_reading()
    end = time.monotonic() + 15
    while time.monotonic() < end and not all(listener.lost for listener in still):
        await asyncio.sleep(0.2)
    return sum(any(b"slow_consumer" in said for said in one.others) for one in still)


async def _publish(store: "redis.asyncio.Redis", name: bytes, payload: bytes, count: int) -> None:
    async with store.pipeline(transaction=False) as pipeline:
        for _ in range(count):
            pipeline.publish(name, payload)
        await pipeline.execute()


def _event(account_id: int, identifier: str) -> tuple[bytes, bytes]:
    """What the relay would publish, and the finished frame that comes of it."""
    data = json.dumps({"id": 4711, "account_id": account_id, "content": "x" * 540}).encode()
    published = b'{"event":"message.created","data":%b,"position":100}' % data
    message = (
        prefix_of(identifier) + b'{"event":"message.created","data":%b,"position":100}}' % data
    )
    return published, head(len(message)) + message


async def _somebody(house: Stage) -> tuple[int, int, str]:
    at = await make_account(house)
    desk = Desk.open(Settings.from_environment(house.environment), connections=1)
    async with desk.transaction_across_accounts(reason="a benchmark employs somebody") as wide:
        await employ_agent(
            wide,
            at.account_id,
            name="Maya",
            email="maya@desk.example",
            role=Role.ADMINISTRATOR,
            by=Actor.system(),
            secrets=desk.secrets,
        )
    await desk.close()
    row = house.database.execute(
        """select au.account_id, u.id, u.pubsub_token from users u
           join account_users au on au.user_id = u.id where au.account_id = %s limit 1""",
        [at.account_id],
    ).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
