"""A client of the public API, and the program that an API inbox's answers are told to."""

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

SECRET = "whsec_c3VwcG9ydCBkZXNrIGNhbGxiYWNrcw=="
CONTACT = "8b5a2c1e-77b0-4f0e-9d4e-3f0f6f0a5b11"

FAULTS = {
    Trouble.REJECT: {"kind": "error", "status": 410},
    Trouble.RATE_LIMIT: {"kind": "error", "status": 429},
    Trouble.FAIL: {"kind": "error", "status": 503},
    Trouble.LOSE_ANSWER: {"kind": "lose_answer"},
}


class SimulatedProgram:
    """The simulator as an API inbox's `webhook_url`."""

    def __init__(self, http: httpx.AsyncClient, url: str) -> None:
        self._http = http
        self.secrets: Mapping[str, Any] = {"secret": SECRET}
        self.config: Mapping[str, Any] = {"webhook_url": f"{url}/api/callback"}
        self.config_of_nowhere: Mapping[str, Any] = {"webhook_url": "http://127.0.0.1:9/x"}

    async def plan(self, trouble: Trouble) -> None:
        (await self._http.post("/api/faults", json=FAULTS[trouble])).raise_for_status()

    async def taken(self) -> list[dict[str, Any]]:
        page = (await self._http.get("/api/sent")).json()
        return [item["request"] for item in page["items"]]

    async def file_of_a_customer(self, content: bytes) -> str:
        raise NotImplementedError("clients' files come with their requests")


class ApiProbe:
    """Builds a client's requests; what their address says stands in headers."""

    customer = CONTACT
    secrets: Mapping[str, Any] = {"secret": SECRET, "hmac_token": "hmac-token"}
    config: Mapping[str, Any] = {}

    def headers(self, body: bytes) -> dict[str, str]:
        return {"x-contact-identifier": CONTACT, "x-message-id": "given-by-the-desk"}

    def text_hook(self, text: str, *, source_id: str) -> bytes:
        return json.dumps({"content": text, "source_id": source_id}).encode()

    @asynccontextmanager
    async def provider(self) -> AsyncIterator[SimulatedProgram]:
        with tempfile.TemporaryDirectory() as folder:
            app = build_app(Path(folder), SystemClock())
            async with serving(app) as url, httpx.AsyncClient(base_url=url) as http:
                yield SimulatedProgram(http, url)


PROBE = ApiProbe()
