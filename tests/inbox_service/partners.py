"""The simulated providers, served for a test, and inboxes made over the API beside them."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from desk.clock import SystemClock
from ingest.simulators.app import build_app
from tests.ingest.servers import serving


@asynccontextmanager
async def simulators() -> AsyncIterator[httpx.AsyncClient]:
    """A client of the running simulators."""
    with tempfile.TemporaryDirectory() as folder:
        app = build_app(Path(folder), SystemClock())
        async with serving(app) as url, httpx.AsyncClient(base_url=url, timeout=10) as http:
            yield http


async def sent(simulators: httpx.AsyncClient, kind: str) -> list[dict[str, Any]]:
    """Everything the desk sent to this provider."""
    page = (await simulators.get(f"/{kind}/sent")).json()
    items: list[dict[str, Any]] = page["items"]
    return items


async def make_inbox(client: httpx.AsyncClient, **channel: Any) -> dict[str, Any]:
    """An inbox made over the API."""
    answer = await client.post("/inboxes", json={"name": "Workshop", "channel": channel})
    assert answer.status_code == 200, answer.text
    inbox: dict[str, Any] = answer.json()
    return inbox


def path_of(url: str) -> str:
    """The path of one of our own addresses, whatever host it names."""
    return httpx.URL(url).path
