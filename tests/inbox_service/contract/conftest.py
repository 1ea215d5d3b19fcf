"""Fixtures: the reference, and two accounts whose API is driven."""

from collections.abc import AsyncIterator

import httpx
import pytest

from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.desk import Desk
from tests.inbox_service.contract.driver import Driver
from tests.inbox_service.contract.reference import (
    IS_HERE,
    NOT_HERE,
    Reference,
    bare,
    operations,
)
from tests.inbox_service.contract.sides import open_side


@pytest.fixture(scope="session")
def reference() -> Reference:
    if not IS_HERE:
        pytest.skip(NOT_HERE)
    return Reference()


@pytest.fixture(scope="module")
async def driver(
    settings: Settings, service_url: str, service_clock: FixedClock, reference: Reference
) -> AsyncIterator[Driver]:
    """Two accounts of a module's own, and what has been made in them so far."""
    desk = Desk.open(settings, clock=service_clock, connections=2)
    async with httpx.AsyncClient(base_url=service_url, timeout=30) as http:
        ours = await open_side(desk, http, "Halden Air")
        theirs = await open_side(desk, http, "Northgate")
        document = (await http.get("/openapi.json")).json()
        offered = frozenset((m.upper(), bare(path)) for m, path, _ in operations(document))
        yield Driver(http, reference, offered, ours, theirs)
    await desk.close()
