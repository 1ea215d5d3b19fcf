"""When a process may be called ready, and later healthy."""

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from desk.heartbeat import beats
from desk.local.home import Home

Environment = Mapping[str, str]
Check = Callable[[Environment], Awaitable[bool]]

PATIENCE = 3.0
"""Seconds that one look may take."""
DAEMON_PATIENCE = 25.0
"""Dagster's own command takes several to begin with."""


async def runs(_: Environment) -> bool:
    """For a process that can only be seen to live."""
    return True


def listens(port: str) -> Check:
    """Somebody accepts connections on the port in that variable."""

    async def check(environment: Environment) -> bool:
        return await _converse(int(environment[port]), b"", 0) is not None

    return check


def answers(port: str, path: str) -> Check:
    """The web server on that port answers the path without an error of its own."""

    async def check(environment: Environment) -> bool:
        request = f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode()
        answer = await _converse(int(environment[port]), request, 12)
        return answer is not None and answer.startswith(b"HTTP/") and answer[9:10] < b"5"

    return check


def beats_lately(name: str) -> Check:
    """A process without a port has touched its file within the last half minute."""

    async def check(environment: Environment) -> bool:
        return beats(Path(environment["STREAMDESK_HOME"]), name)

    return check


async def daemon_beats(environment: Environment) -> bool:
    """Dagster's daemon has lately said in its database that it lives."""
    asked = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "dagster._daemon", "liveness-check"),
        env=dict(environment),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        return await asyncio.wait_for(asked.wait(), DAEMON_PATIENCE) == 0
    except TimeoutError:
        asked.kill()
        await asked.wait()
        return False


async def accounts_are_told(environment: Environment) -> bool:
    """The demo has said in this run whom it made, so that somebody can sign in."""
    home = Home(Path(environment["STREAMDESK_HOME"]))
    if not home.demo_file.exists():
        return False
    return home.demo_file.stat().st_mtime_ns >= home.environment_file.stat().st_mtime_ns


async def accepts_sql(environment: Environment) -> bool:
    """The database lets its owner in and answers."""
    try:
        async with await psycopg.AsyncConnection.connect(
            environment["DATABASE_URL"], connect_timeout=3, autocommit=True
        ) as connection:
            await connection.execute("select 1")
    except psycopg.Error:
        return False
    return True


async def answers_ping(environment: Environment) -> bool:
    """Redis or Valkey has loaded its data and answers."""
    url = urlsplit(environment["REDIS_URL"])
    greeting = f"AUTH {url.password}\r\n" if url.password else ""
    answer = await _converse(
        url.port or 6379, f"{greeting}PING\r\n".encode(), 5 + len(greeting[:5])
    )
    return answer is not None and answer.endswith(b"+PONG")


async def _converse(port: int, request: bytes, length: int) -> bytes | None:
    """What is answered on a port of this machine, or None if nobody is there."""
    with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(request)
                return await reader.readexactly(length)
            finally:
                writer.close()
    return None
