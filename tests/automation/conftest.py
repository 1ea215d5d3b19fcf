"""Fixtures: the simulated programs on this machine, and an account that writes rules."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from desk.actions.name_sms_sender import SmsSenderWanted, name_sms_sender
from desk.clock import FixedClock
from desk.store.desk import Desk
from desk.words.actor import Actor
from ingest.simulators.app import build_app
from tests.automation.rules import Programs
from tests.builders.accounts import SmallDesk, small_desk
from tests.ingest.servers import serving

SID = "AC" + "0123456789abcdef" * 2


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture
async def programs(tmp_path: Path, clock: FixedClock) -> AsyncIterator[Programs]:
    """Twilio, a ticket system and Zapier, as far as they are simulated."""
    async with (
        serving(build_app(tmp_path / "simulators", clock)) as url,
        httpx.AsyncClient(base_url=url) as http,
    ):
        yield Programs(url, http)


@pytest.fixture
async def halden(desk: Desk, programs: Programs) -> SmallDesk:
    """An account with a sender of text messages; its WhatsApp goes nowhere."""
    at = await small_desk(desk, api_base_url=f"{programs.url}/nowhere")
    async with desk.transaction(at.account_id) as tx:
        await name_sms_sender(
            tx,
            SmsSenderWanted(SID, "+15550100", "a-token", f"{programs.url}/sms"),
            secrets=desk.secrets,
            by=Actor.system(),
        )
    return at
