"""Fixtures: the running service, and clients signed in to it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import httpx
import pytest

from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.desk import Desk
from desk.words.ids import UserId
from tests.builders.accounts import SmallDesk, small_desk
from tests.inbox_service.serving import serving

ClientOf = Callable[[SmallDesk, UserId], httpx.AsyncClient]


@pytest.fixture(scope="session")
def service_clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def service_url(settings: Settings, service_clock: FixedClock) -> Iterator[str]:
    with serving(settings, service_clock) as url:
        yield url


@pytest.fixture
async def as_user(service_url: str) -> AsyncIterator[ClientOf]:
    """A client with the user's API token, whose addresses begin at their account."""
    async with AsyncExitStack() as stack:
        clients: list[httpx.AsyncClient] = []

        def open_client(at: SmallDesk, user_id: UserId) -> httpx.AsyncClient:
            client = httpx.AsyncClient(
                base_url=f"{service_url}/api/v1/accounts/{at.account_id}",
                headers={"api_access_token": at.tokens[user_id]},
                timeout=20,
            )
            clients.append(client)
            stack.push_async_callback(client.aclose)
            return client

        yield open_client


@pytest.fixture
async def anybody(service_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client that is nobody."""
    async with httpx.AsyncClient(base_url=service_url, timeout=20) as client:
        yield client


@pytest.fixture
def maya(as_user: ClientOf, halden: SmallDesk) -> httpx.AsyncClient:
    """The administrator of Halden Air."""
    return as_user(halden, halden.administrator)


@pytest.fixture
def jonas(as_user: ClientOf, halden: SmallDesk) -> httpx.AsyncClient:
    """The agent in Halden Air's inbox."""
    return as_user(halden, halden.agent)


@pytest.fixture
def priya(as_user: ClientOf, halden: SmallDesk) -> httpx.AsyncClient:
    """An agent of Halden Air who works in no inbox."""
    return as_user(halden, halden.outsider)


@pytest.fixture
async def northgate(desk: Desk) -> SmallDesk:
    """Another tenant."""
    return await small_desk(desk, name="Northgate")
