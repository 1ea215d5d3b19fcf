"""The demo's own process: opens its accounts, says so, then fills the past and keeps traffic going."""

import asyncio
import os
from typing import Any

import httpx
import structlog
import uvloop

from desk.local.demo.companies import COMPANIES
from desk.local.demo.founding import Founded, credentials_of, description, found_companies
from desk.local.demo.history import fill_history, history_is_complete
from desk.local.demo.programs import announcement
from desk.local.demo.traffic import keep_traffic
from desk.local.home import Home, write_json
from desk.local.platform_app import let_in_once
from desk.logs import configure_logs
from desk.settings import Settings
from desk.store.desk import Desk

log = structlog.get_logger()

_PATIENCE = 60

PLATFORM = "Demo platform"
"""The one platform app of a demo; it has made nothing yet."""


async def run(settings: Settings) -> None:
    """Everything the demo does, until it is stopped."""
    home = Home(settings.home)
    desk = Desk.open(settings, connections=2)
    try:
        founded = await found_companies(settings, COMPANIES)
        await announce_numbers(desk, founded)
        complete = await history_is_complete(desk, founded, settings.demo.days)
        platform = {"name": PLATFORM, "api_access_token": await let_in_once(desk, PLATFORM)}
        _tell(home, desk, founded, platform, complete=complete)
        async with asyncio.TaskGroup() as tasks:
            if settings.demo.rate > 0:
                tasks.create_task(keep_traffic(desk, founded, rate=settings.demo.rate))
            if not complete:
                await fill_history(settings, founded)
                _tell(home, desk, founded, platform, complete=True)
            await asyncio.Event().wait()
    finally:
        await desk.close()


async def announce_numbers(desk: Desk, founded: list[Founded]) -> None:
    """Tell the provider's simulator whose numbers it serves, until it has verified the webhooks."""
    async with httpx.AsyncClient(base_url=desk.settings.addresses.simulators_url) as http:
        for one in founded:
            inbox = one.company.inbox
            announced = {
                "phone_number": inbox.phone_number,
                "webhook_url": f"{desk.settings.addresses.public_url}/webhooks/whatsapp/{inbox.phone_number}",
                **credentials_of(desk.secrets, one.company),
            }
            await _until_taken(http, f"/whatsapp/numbers/{inbox.phone_number_id}", announced)
            partner = announcement(desk.settings, desk.secrets, one.company)
            await _until_taken(http, "/custom/inboxes", partner)


async def _until_taken(http: httpx.AsyncClient, path: str, body: dict[str, Any]) -> None:
    trouble = "no answer"
    for _ in range(_PATIENCE * 4):
        try:
            answer = await http.put(path, json=body, timeout=10)
            if answer.is_success:
                return
            trouble = answer.text[:200]
        except httpx.TransportError as error:
            trouble = type(error).__name__
        await asyncio.sleep(0.25)
    raise SystemExit(f"A simulator does not take {path}: {trouble}")


def _tell(
    home: Home, desk: Desk, founded: list[Founded], platform: dict[str, str], *, complete: bool
) -> None:
    write_json(
        home.demo_file,
        {
            "platform_app": platform,
            "demo": {"history": "complete" if complete else "filling"},
            "accounts": [description(desk.settings, desk.secrets, one) for one in founded],
        },
    )


def main() -> None:
    settings = Settings.from_environment(os.environ)
    configure_logs("demo", settings.log_level)
    settings.home.mkdir(parents=True, exist_ok=True)
    uvloop.run(run(settings))


if __name__ == "__main__":
    main()
