"""WhatsApp, as its provider would speak."""

import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from desk.clock import SystemClock
from ingest.simulators.app import build_app
from tests.ingest.conformance import Trouble
from tests.ingest.inboxes import WhatsAppInbox
from tests.ingest.servers import serving
from tests.ingest.webhook_listener import WebhookListener

PHONE_NUMBER_ID = "106540352242922"
"""The number that all example payloads are for."""

FAULTS = {
    Trouble.REJECT: {"kind": "error", "code": 131047},
    Trouble.RATE_LIMIT: {"kind": "error", "code": 130429},
    Trouble.FAIL: {"kind": "error", "code": 131000},
    Trouble.LOSE_ANSWER: {"kind": "lose_answer"},
}


class SimulatedWhatsApp:
    """The simulator with one number registered."""

    def __init__(self, http: httpx.AsyncClient, inbox: WhatsAppInbox) -> None:
        self._http = http
        self.secrets: Mapping[str, Any] = inbox.secrets
        self.config: Mapping[str, Any] = inbox.config
        self.config_of_nowhere: Mapping[str, Any] = {
            **inbox.config,
            "api_base_url": "http://127.0.0.1:9",
        }

    async def plan(self, trouble: Trouble) -> None:
        path = f"/whatsapp/numbers/{PHONE_NUMBER_ID}/faults"
        (await self._http.post(path, json=FAULTS[trouble])).raise_for_status()

    async def taken(self) -> list[dict[str, Any]]:
        page = (await self._http.get("/whatsapp/sent")).json()
        return [item["request"] for item in page["items"]]

    async def file_of_a_customer(self, content: bytes) -> str:
        answer = await self._http.post(
            f"/graph/v23.0/{PHONE_NUMBER_ID}/media",
            data={"messaging_product": "whatsapp", "type": "image/png"},
            files={"file": ("photo.png", content, "image/png")},
            headers={"Authorization": f"Bearer {self.secrets['access_token']}"},
        )
        return str(answer.raise_for_status().json()["id"])


class WhatsAppProbe:
    """Signs and builds hooks, and starts the Graph API's simulator."""

    customer = "16505551234"

    def __init__(self) -> None:
        self.inbox = WhatsAppInbox("+15550783881", PHONE_NUMBER_ID)
        self.secrets: Mapping[str, Any] = self.inbox.secrets
        self.config: Mapping[str, Any] = self.inbox.config

    def headers(self, body: bytes) -> dict[str, str]:
        return {name.lower(): value for name, value in self.inbox.signed(body).items()}

    def text_hook(self, text: str, *, source_id: str) -> bytes:
        return self.inbox.hook(
            {
                "from": self.customer,
                "id": source_id,
                "timestamp": "1749416383",
                "type": "text",
                "text": {"body": text},
            }
        )

    @asynccontextmanager
    async def provider(self) -> AsyncIterator[SimulatedWhatsApp]:
        listener = WebhookListener()
        with tempfile.TemporaryDirectory() as folder:
            app = build_app(Path(folder), SystemClock())
            async with (
                serving(listener) as desk_url,
                serving(app) as url,
                httpx.AsyncClient(base_url=url) as http,
            ):
                inbox = WhatsAppInbox(
                    "+15550783881", PHONE_NUMBER_ID, api_base_url=f"{url}/graph/v23.0"
                )
                await register(http, inbox, f"{desk_url}/hook")
                yield SimulatedWhatsApp(http, inbox)


async def register(http: httpx.AsyncClient, inbox: WhatsAppInbox, webhook_url: str) -> None:
    """Announce a number to the simulator."""
    answer = await http.put(
        f"/whatsapp/numbers/{inbox.phone_number_id}",
        json={
            "phone_number": inbox.phone_number,
            "webhook_url": webhook_url,
            "app_secret": inbox.app_secret,
            "access_token": inbox.access_token,
            "verify_token": inbox.verify_token,
        },
    )
    answer.raise_for_status()


PROBE = WhatsAppProbe()
