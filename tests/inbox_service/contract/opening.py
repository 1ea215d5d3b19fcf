"""Two accounts opened for a module, and the driver that asks in them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from desk.clock import Clock
from desk.settings import Settings
from desk.store.desk import Desk
from tests.builders.synced import sync
from tests.inbox_service.contract.driver import Driver
from tests.inbox_service.contract.reference import Reference, bare, operations
from tests.inbox_service.contract.sides import open_side


@asynccontextmanager
async def two_sides(
    settings: Settings, url: str, clock: Clock, reference: Reference
) -> AsyncIterator[Driver]:
    """Ours and a neighbour's, in which something has happened and reports know of it."""
    desk = Desk.open(settings, clock=clock, connections=2)
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        ours = await open_side(desk, http, "Halden Air")
        theirs = await open_side(desk, http, "Northgate")
        await asyncio.to_thread(sync, settings)
        document = (await http.get("/openapi.json")).json()
        offered = frozenset((m.upper(), bare(path)) for m, path, _ in operations(document))
        yield Driver(http, reference, offered, ours, theirs)
    await desk.close()
