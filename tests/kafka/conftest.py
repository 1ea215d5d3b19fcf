"""Houses on Apache Kafka; where Kafka cannot be had, their tests skip and say so loudly."""

import contextlib
import os
from collections.abc import Iterator

import pytest

from desk.settings import Settings
from tests.kafka.apache import Apache
from tests.kafka.distribution import Distribution, NotHere, find_kafka
from tests.kafka.fault_table import UNTESTED
from tests.streams.live_broker import Embedded
from tests.streams.live_house import LiveHouse

REQUIRED = os.environ.get("STREAMDESK_REAL_KAFKA") == "require"

SHORT_SESSION = {"KAFKA_SESSION_SECONDS": "6"}
"""So that nobody waits longer for a dead worker than a test should."""


@pytest.fixture(scope="session")
def distribution() -> Distribution:
    """Kafka and Java, or a skip that says what is missing."""
    try:
        return find_kafka()
    except NotHere as missing:
        if REQUIRED:
            raise
        pytest.skip(f"{UNTESTED}: {missing}")


@pytest.fixture(scope="module", params=["embedded", "apache"])
def either(
    request: pytest.FixtureRequest, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveHouse]:
    """A house on the embedded broker, then one on Apache Kafka."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "embedded":
        broker: Embedded | Apache = Embedded(folder)
    else:
        broker = Apache(request.getfixturevalue("distribution"), folder)
    with contextlib.closing(LiveHouse(settings, folder, broker, **SHORT_SESSION)) as house:
        yield house


@pytest.fixture(scope="module")
def live(
    settings: Settings, distribution: Distribution, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveHouse]:
    """A house on one node of Apache Kafka."""
    yield from _on(
        Apache(distribution, tmp_path_factory.mktemp("node")), settings, tmp_path_factory
    )


@pytest.fixture(scope="module")
def cluster(
    settings: Settings, distribution: Distribution, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveHouse]:
    """A house on three nodes of Apache Kafka."""
    three = Apache(distribution, tmp_path_factory.mktemp("nodes"), nodes=3)
    yield from _on(three, settings, tmp_path_factory)


def _on(broker: Apache, settings: Settings, folders: pytest.TempPathFactory) -> Iterator[LiveHouse]:
    folder = folders.mktemp("house")
    with contextlib.closing(LiveHouse(settings, folder, broker, **SHORT_SESSION)) as house:
        yield house
