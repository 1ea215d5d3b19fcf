"""One story through the whole service, from a provider's hook to a resolved conversation."""

import hashlib
import hmac
import json

import httpx

from desk.store.desk import Desk
from tests.builders.accounts import PASSWORD, SmallDesk
from tests.inbox_service.cable_client import agent_on_the_line
from tests.settle import settle


def hook(at: SmallDesk, text: str) -> bytes:
    """What WhatsApp Cloud posts for a text message."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": at.phone_number.removeprefix("+"),
            "phone_number_id": at.phone_number_id,
        },
        "contacts": [{"profile": {"name": "Amara"}, "wa_id": "2348035550199"}],
        "messages": [
            {
                "from": "2348035550199",
                "id": f"wamid.day.{at.account_id}",
                "timestamp": "1795424400",
                "type": "text",
                "text": {"body": text},
            }
        ],
    }
    change = {"field": "messages", "value": value}
    entry = {"id": "1", "changes": [change]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


async def test_from_a_customers_hook_to_a_resolved_conversation(
    service_url: str, desk: Desk, halden: SmallDesk
) -> None:
    door = f"/webhooks/whatsapp/{halden.phone_number}"
    body = hook(halden, "Where is my bag?")
    signature = hmac.new(halden.app_secret.encode(), body, hashlib.sha256).hexdigest()
    signed = {"x-hub-signature-256": f"sha256={signature}", "content-type": "application/json"}
    tampered = signed | {"x-hub-signature-256": "sha256=" + "0" * 64}
    async with httpx.AsyncClient(base_url=service_url, timeout=20) as provider:
        asked = {
            "hub.mode": "subscribe",
            "hub.verify_token": halden.verify_token,
            "hub.challenge": "4242",
        }
        assert (await provider.get(door, params=asked)).text == "4242"
        assert (await provider.post(door, content=body, headers=tampered)).status_code in (401, 403)
        unknown = await provider.post("/webhooks/whatsapp/+19995550000", content=body)
        assert unknown.status_code == 404

        async with agent_on_the_line(service_url, desk, halden, halden.agent) as screen:
            assert (await provider.post(door, content=body, headers=signed)).status_code == 200
            await settle(desk, halden.account_id)
            assert (await screen.event("message.created"))["data"]["content"] == "Where is my bag?"

            async with httpx.AsyncClient(base_url=service_url, timeout=20) as browser:
                form = {"email": halden.emails[halden.agent], "password": PASSWORD}
                assert (await browser.post("/sign_in", data=form)).status_code == 303
                api = f"/api/v1/accounts/{halden.account_id}/conversations"
                (row,) = (await browser.get(api)).json()["data"]["payload"]
                one = f"{api}/{row['id']}"
                await browser.post(f"{one}/update_last_seen")
                await browser.post(f"{one}/assignments", json={"assignee_id": halden.agent})
                await browser.post(f"{one}/labels", json={"labels": ["baggage"]})
                reply = await browser.post(f"{one}/messages", json={"content": "In Oslo."})
                assert reply.status_code == 200
                await browser.post(f"{one}/toggle_status", json={"status": "resolved"})
                after = (await browser.get(one)).json()
            assert (after["status"], after["labels"]) == ("resolved", ["baggage"])
            assert after["meta"]["assignee"]["id"] == halden.agent
            thread = [m["content"] for m in after["messages"]]
            assert thread == ["Jonas resolved the conversation"]
