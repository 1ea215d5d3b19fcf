"""The service as its own process."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.inbox_service.cable_client import agent_on_the_line

ROOT = Path(__file__).parents[2]


@contextmanager
def process(services: Mapping[str, str]) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, **services, "STREAMDESK_PORT": str(port)}
    running = subprocess.Popen(
        [sys.executable, "-m", "inbox_service.main"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield f"http://127.0.0.1:{port}", running
    finally:
        if running.poll() is None:
            running.kill()
        running.wait()


async def ready(url: str) -> None:
    until = time.monotonic() + 30
    async with httpx.AsyncClient() as client:
        while time.monotonic() < until:
            try:
                if (await client.get(f"{url}/api")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    raise AssertionError("the process does not answer")


async def test_a_stop_sends_sockets_away_to_come_back_and_ends_in_seconds(
    services: Mapping[str, str], desk: Desk, halden: SmallDesk
) -> None:
    with process(services) as (url, running):
        await ready(url)
        async with agent_on_the_line(url, desk, halden, halden.agent) as jonas:
            began = time.monotonic()
            running.send_signal(signal.SIGTERM)
            while (heard := await jonas.hear()).get("type") != "disconnect":
                pass
            assert heard == {"type": "disconnect", "reason": "server_restart", "reconnect": True}
        output = (await asyncio.to_thread(running.communicate, timeout=15))[0]
        assert time.monotonic() - began < 10
        assert running.returncode in (0, -signal.SIGTERM), output
        assert '"event":"request"' in output
        assert "Traceback" not in output


def test_a_missing_setting_ends_it_with_a_sentence() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    ended = subprocess.run(
        [sys.executable, "-m", "inbox_service.main"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "DATABASE_URL is not set" in ended.stderr
