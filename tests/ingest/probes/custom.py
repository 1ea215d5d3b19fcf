"""A partner of the custom channel, as it would speak."""

import json
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from desk.clock import SystemClock
from ingest.simulators.app import build_app
from tests.ingest.conformance import Trouble
from tests.ingest.servers import serving

KEY = "partner-key-1"

FAULTS = {
    Trouble.REJECT: {"kind": "error", "status": 422, "error": "recipient does not exist"},
    Trouble.RATE_LIMIT: {"kind": "error", "status": 429, "error": "too many messages"},
    Trouble.FAIL: {"kind": "error", "status": 503, "error": "down for a moment"},
    Trouble.LOSE_ANSWER: {"kind": "lose_answer"},
}


class SimulatedPartner:
    """The simulator with one key made known by the connection check."""

    def __init__(self, http: httpx.AsyncClient, url: str) -> None:
        self._http = http
        self._url = url
        self.secrets: Mapping[str, Any] = {"api_key": KEY}
        self.config: Mapping[str, Any] = {"webhook_url": f"{url}/custom"}
        self.config_of_nowhere: Mapping[str, Any] = {"webhook_url": "http://127.0.0.1:9"}

    async def plan(self, trouble: Trouble) -> None:
        (await self._http.post("/custom/faults", json=FAULTS[trouble])).raise_for_status()

    async def taken(self) -> list[dict[str, Any]]:
        page = (await self._http.get("/custom/sent")).json()
        return [item["request"] for item in page["items"]]

    async def file_of_a_customer(self, content: bytes) -> str:
        answer = await self._http.put(
            "/custom/files/photo.png", content=content, headers={"Content-Type": "image/png"}
        )
        answer.raise_for_status()
        return f"{self._url}/custom/files/photo.png"


class CustomProbe:
    """Builds requests with the key, and starts the partner's simulator."""

    customer = "cust-42"
    secrets: Mapping[str, Any] = {"api_key": KEY}
    config: Mapping[str, Any] = {"webhook_url": "https://partner.example/desk"}

    def headers(self, body: bytes) -> dict[str, str]:
        return {"authorization": f"Bearer {KEY}", "content-type": "application/json"}

    def text_hook(self, text: str, *, source_id: str) -> bytes:
        return json.dumps(
            {
                "message_id": source_id,
                "sender": {"id": self.customer, "name": "Ines Calado"},
                "message": {"type": "text", "content": text},
            }
        ).encode()

    @asynccontextmanager
    async def provider(self) -> AsyncIterator[SimulatedPartner]:
        with tempfile.TemporaryDirectory() as folder:
            app = build_app(Path(folder), SystemClock())
            async with serving(app) as url, httpx.AsyncClient(base_url=url) as http:
                key = {"Authorization": f"Bearer {KEY}"}
                (await http.get("/custom/validate", headers=key)).raise_for_status()
                yield SimulatedPartner(http, url)


PROBE = CustomProbe()
