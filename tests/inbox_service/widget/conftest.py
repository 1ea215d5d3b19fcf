"""Fixtures: a website inbox of Halden Air, and browsers that visit it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.websites import Website, open_website
from tests.inbox_service.widget.visiting import Arrive, VisitorClient


@pytest.fixture
async def website(desk: Desk, halden: SmallDesk) -> Website:
    return await open_website(desk, halden)


@pytest.fixture
async def arrive(service_url: str) -> AsyncIterator[Arrive]:
    """A new visitor each time, as the widget makes them."""
    async with AsyncExitStack() as stack:

        async def come(at: Website, token: str | None = None) -> VisitorClient:
            visitor = await VisitorClient.arrive(service_url, at, token)
            stack.push_async_callback(visitor.http.aclose)
            return visitor

        yield come
