"""The lake brought up to the desk, and the inbox service up to the lake."""

import asyncio

import httpx

from assets.extract.sync import sync_lake
from desk.settings import Storage
from warehouse.freshness import read_freshness
from warehouse.lake import Lake

DAYS = {"start_date": "2026-11-23", "end_date": "2026-11-23"}


async def synced(storage: Storage) -> None:
    """Let the lake know what the desk knows."""
    lake = Lake.writer(storage)
    try:
        await asyncio.to_thread(sync_lake, storage, lake)
    finally:
        lake.close()


async def caught_up(client: httpx.AsyncClient, trends: str, storage: Storage) -> None:
    """Ask for a report until it is of the newest snapshot: that is shown once it is ready."""
    freshness = await asyncio.to_thread(read_freshness, storage)
    assert freshness is not None
    async with asyncio.timeout(30):
        while True:
            answer = await client.get(trends, params=DAYS)
            if answer.json()["meta"]["snapshot"] >= freshness.id:
                return
            await asyncio.sleep(0.05)
