"""An intake on a real database, and WhatsApp inboxes to knock at."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import psycopg
import pytest
from prometheus_client import CollectorRegistry

from desk.settings import Settings
from desk.store.desk import Desk
from ingest.receiver.intake import Intake
from tests.builders.accounts import SmallDesk, small_desk
from tests.ingest.inboxes import WhatsAppInbox


@pytest.fixture
async def intake(desk: Desk) -> AsyncIterator[Intake]:
    intake = Intake(desk, CollectorRegistry())
    yield intake
    await intake.close()


@pytest.fixture
def owner(settings: Settings) -> Iterator[psycopg.Connection[Any]]:
    """The database's owner, who sees everything."""
    with psycopg.connect(settings.storage.database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def inbox(halden: SmallDesk) -> WhatsAppInbox:
    return WhatsAppInbox.of(halden)


@pytest.fixture
async def foreign_inbox(desk: Desk) -> WhatsAppInbox:
    """Another account's inbox."""
    return WhatsAppInbox.of(await small_desk(desk, name="Skarvik Bank"))
