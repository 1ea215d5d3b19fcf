"""What tests of the streams need: records, a provider that answers as told, a house of its own."""

import contextlib
from collections.abc import AsyncIterator, Iterator

import pytest

from desk.settings import Settings
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.files import FileStore
from ingest.outgoing import outgoing_client
from streams.handlers.receive_inbound import ReceiveInbound
from streams.jobs.workshop import Workshop
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive as hear
from tests.builders.messages import said
from tests.streams.live_house import LiveHouse
from tests.streams.provider import Provider
from tests.streams.webhook_receiver import Receiver, receiving


@pytest.fixture
def dsn(settings: Settings) -> str:
    return settings.storage.database_url


@pytest.fixture
def receive(desk: Desk) -> ReceiveInbound:
    return ReceiveInbound(desk, Counters())


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
async def work(
    desk: Desk, provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Workshop]:
    """A workshop whose way out ends at the provider."""
    folder = tmp_path_factory.mktemp("files")
    async with provider.client() as http:
        yield Workshop(desk, FileStore(folder.as_uri()), http, Counters())


@pytest.fixture
async def asked(desk: Desk, halden: SmallDesk) -> SmallDesk:
    """An account to whom a customer wrote."""
    await hear(desk, halden, said("Where is my bag?"))
    return halden


@pytest.fixture(scope="module")
def live(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveHouse]:
    """A database and a broker that only this module's processes know."""
    with contextlib.closing(LiveHouse(settings, tmp_path_factory.mktemp("live"))) as house:
        yield house


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Somebody else's endpoint for webhooks."""
    with receiving() as opened:
        yield opened


@pytest.fixture
async def way_out(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Workshop]:
    """The workshop as a worker has it: real requests."""
    async with outgoing_client(allow_private_targets=True) as http:
        files = FileStore(tmp_path_factory.mktemp("files").as_uri())
        yield Workshop(desk, files, http, Counters())
