"""Fixtures: the reference, and two accounts whose API is driven."""

from collections.abc import AsyncIterator

import pytest

from desk.clock import FixedClock
from desk.settings import Settings
from tests.inbox_service.contract.driver import Driver
from tests.inbox_service.contract.opening import two_sides
from tests.inbox_service.contract.reference import IS_HERE, NOT_HERE, Reference


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
    async with two_sides(settings, service_url, service_clock, reference) as opened:
        yield opened
