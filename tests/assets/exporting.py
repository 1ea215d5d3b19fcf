"""Exports in tests: an account whose numbers the lake knows, and a client that asks for files."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from desk.actions.assign_conversation import assign_conversation
from desk.actions.change_status import change_status
from desk.actions.send_reply import send_reply
from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import UserId
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.catching_up import caught_up, synced
from tests.builders.messages import receive, said
from tests.inbox_service.serving import serving
from warehouse.lake import Lake

NOVEMBER = {"start": "2026-11-01", "end": "2026-11-30"}


@pytest.fixture(scope="module")
def service_clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="module")
def url(settings: Settings, service_clock: FixedClock) -> Iterator[str]:
    with serving(settings, service_clock) as address:
        yield address


@pytest.fixture
def files(settings: Settings) -> FileStore:
    return FileStore(settings.storage.files_url)


@pytest.fixture
def reader(settings: Settings) -> Iterator[Lake]:
    lake = Lake.reader(settings.storage)
    yield lake
    lake.close()


class Client:
    """Asks the service as one person of one account, at addresses below custom_reports."""

    def __init__(self, url: str, at: SmallDesk, user_id: UserId) -> None:
        self.http = httpx.AsyncClient(
            base_url=f"{url}/api/v1/accounts/{at.account_id}/custom_reports",
            headers={"api_access_token": at.tokens[user_id]},
            timeout=20,
        )

    async def ask(self, report: str, to: str, days: dict[str, str] | None = None) -> int:
        body = {"report_type": report, "date_range": days or NOVEMBER, "format": to}
        answer = await self.http.post("/export", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == "queued"
        assert answer.json()["message"]
        return int(answer.json()["export_id"])

    async def export(self, export_id: int) -> dict[str, Any]:
        found: dict[str, Any] = (await self.http.get(f"/exports/{export_id}")).json()
        return found

    async def file(self, export_id: int) -> bytes:
        answer = await self.http.get(f"/exports/{export_id}/file")
        assert answer.status_code == 200, answer.text
        return answer.content


@pytest.fixture
async def maya(url: str, told: SmallDesk, settings: Settings) -> AsyncIterator[Client]:
    client = Client(url, told, told.administrator)
    await caught_up(client.http, "/conversation_trends", settings.storage)
    yield client
    await client.http.aclose()


@pytest.fixture
async def told(desk: Desk, clock: FixedClock, settings: Settings) -> SmallDesk:
    """Three conversations answered after uneven times, two resolved; the lake knows."""
    at = await small_desk(desk, name="Halden Air")
    await receive(desk, at, *(said("Help", sender=f"47{n}") for n in range(3)))
    for number, seconds in ((1, 301), (2, 1007), (3, 2003)):
        clock.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC) + timedelta(seconds=seconds)
        async with desk.transaction(at.account_id) as tx:
            row = await tx.one("select id from conversations where display_id = %s", [number])
            conversation = await lock_conversation(tx, row["id"])
            await assign_conversation(tx, conversation, at.agent, by=Actor.user(at.agent))
            await send_reply(tx, conversation, "Hello", by=at.agent)
            if number < 3:
                await change_status(
                    tx, conversation, ConversationStatus.RESOLVED, by=Actor.user(at.agent)
                )
    await synced(settings.storage)
    return at
