"""E-mail, as mail servers and an inbox's own key speak."""

import hashlib
import hmac
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

INBOX = "support@haldenair.example"
"""The address that all examples are for."""

FAULTS = {
    Trouble.REJECT: "refuse",
    Trouble.RATE_LIMIT: "busy",
    Trouble.FAIL: "greylist",
    Trouble.LOSE_ANSWER: "drop_after_data",
}


class SimulatedMailServer:
    """The simulator, taking what is sent."""

    def __init__(self, http: httpx.AsyncClient, port: int) -> None:
        self._http = http
        self.secrets: Mapping[str, Any] = {
            "relay": f"smtp://127.0.0.1:{port}",
            "smtp_login": "support",
            "smtp_password": "a password",
        }
        self.config: Mapping[str, Any] = {"email": INBOX}
        self.config_of_nowhere: Mapping[str, Any] = {
            "email": INBOX,
            "smtp_address": "127.0.0.1",
            "smtp_port": 9,
        }

    async def plan(self, trouble: Trouble) -> None:
        answer = await self._http.post("/email/faults", json={"kind": FAULTS[trouble]})
        answer.raise_for_status()

    async def taken(self) -> list[dict[str, Any]]:
        page = (await self._http.get("/email/sent")).json()
        return [item["request"] for item in page["items"]]

    async def file_of_a_customer(self, content: bytes) -> str:
        raise NotImplementedError("customers' files come with their mails")


class EmailProbe:
    """Writes mails, signs them with the inbox's key, and starts a mail server."""

    customer = "amara@okonkwo.example"
    secrets: Mapping[str, Any] = {"hmac_token": "an inbox's key"}
    config: Mapping[str, Any] = {"email": INBOX}

    def headers(self, body: bytes) -> dict[str, str]:
        digest = hmac.digest(self.secrets["hmac_token"].encode(), body, hashlib.sha256).hex()
        return {"x-streamdesk-signature": f"sha256={digest}"}

    def text_hook(self, text: str, *, source_id: str) -> bytes:
        return mail(text, source_id=source_id, sender=f"Amara Okonkwo <{self.customer}>")

    @asynccontextmanager
    async def provider(self) -> AsyncIterator[SimulatedMailServer]:
        with tempfile.TemporaryDirectory() as folder:
            app = build_app(Path(folder), SystemClock())
            async with serving(app) as url, httpx.AsyncClient(base_url=url) as http:
                port = (await http.get("/email/server")).json()["port"]
                yield SimulatedMailServer(http, port)


def mail(
    text: str,
    *,
    source_id: str,
    sender: str = "amara@okonkwo.example",
    to: str = INBOX,
    subject: str = "My suitcase",
    **headers: str,
) -> bytes:
    """A mail in UTF-8."""
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    return (
        f"From: {sender}\nTo: {to}\nSubject: {subject}\nMessage-ID: <{source_id}>\n{more}"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{text}\n"
    ).encode()


PROBE = EmailProbe()
