"""A WhatsApp simulator as its users drive it: sends, customers, pace and faults."""

from typing import Any

import httpx

from tests.ingest.inboxes import WhatsAppInbox

CUSTOMER = "16505551234"


class Simulator:
    """A simulator with a listening desk behind it."""

    def __init__(self, http: httpx.AsyncClient, inbox: WhatsAppInbox, hook_url: str) -> None:
        self.http = http
        self.inbox = inbox
        self.hook_url = hook_url

    async def send(self, request: dict[str, Any], token: str | None = None) -> httpx.Response:
        return await self.http.post(
            f"/graph/v23.0/{self.inbox.phone_number_id}/messages",
            json=request,
            headers={"Authorization": f"Bearer {token or self.inbox.access_token}"},
        )

    async def text(self, body: str = "Hello", to: str = CUSTOMER, **more: Any) -> httpx.Response:
        return await self.send(text(body, to, **more))

    async def write(self, customer: str = CUSTOMER, **said: Any) -> str:
        answer = await self.http.post(
            f"/whatsapp/customers/{customer}/messages",
            json={"to_phone_number_id": self.inbox.phone_number_id, **said},
        )
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    async def pace(self, **seconds: float | None) -> None:
        (await self.http.put("/whatsapp/pace", json=seconds)).raise_for_status()

    async def fault(self, **fault: Any) -> None:
        path = f"/whatsapp/numbers/{self.inbox.phone_number_id}/faults"
        (await self.http.post(path, json=fault)).raise_for_status()


def text(body: str, to: str = CUSTOMER, **more: Any) -> dict[str, Any]:
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to,
        "type": "text",
        "text": {"body": body},
        **more,
    }
