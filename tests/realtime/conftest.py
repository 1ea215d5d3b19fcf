"""Fixtures: the live line in its own process, beside the service that answers the API."""

from collections.abc import Iterator, Mapping

import pytest

from tests.inbox_service.conftest import (
    anybody,
    as_user,
    jonas,
    maya,
    northgate,
    priya,
    service_clock,
    service_url,
)
from tests.inbox_service.ui.conftest import chromium, feeding, open_page
from tests.inbox_service.widget.conftest import arrive, website
from tests.realtime.own_process import SocketsProcess, sockets_process

__all__ = [
    "anybody",
    "arrive",
    "as_user",
    "chromium",
    "feeding",
    "jonas",
    "maya",
    "northgate",
    "open_page",
    "priya",
    "service_clock",
    "service_url",
    "website",
]


@pytest.fixture(scope="session")
def line(services: Mapping[str, str]) -> Iterator[SocketsProcess]:
    with sockets_process(services) as process:
        yield process
