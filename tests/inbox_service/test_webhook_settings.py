"""Outgoing webhooks through the API: who may, what is refused, what the log shows."""

from typing import Any

import httpx
import pytest

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf
from tests.inbox_service.reacting import react

URL = "https://hooks.example/streamdesk"


async def made(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/webhooks", json={"url": URL, **fields})
    assert answer.status_code == 200, answer.text
    webhook: dict[str, Any] = answer.json()["payload"]["webhook"]
    return webhook


async def test_a_webhook_hears_everything_but_typing_until_told_otherwise(
    maya: httpx.AsyncClient,
) -> None:
    webhook = await made(maya, name="Warehouse")
    assert webhook["secret"].startswith("whsec_")
    assert "conversation_typing_on" not in webhook["subscriptions"]
    assert len(webhook["subscriptions"]) == 8
    listed = (await maya.get("/webhooks")).json()["payload"]["webhooks"]
    assert listed == [webhook]


async def test_fields_may_come_wrapped_as_chatwoots_page_sends_them(
    maya: httpx.AsyncClient,
) -> None:
    body = {"webhook": {"url": URL, "subscriptions": ["message_created"]}}
    webhook = (await maya.post("/webhooks", json=body)).json()["payload"]["webhook"]
    assert (webhook["url"], webhook["subscriptions"]) == (URL, ["message_created"])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"url": "ftp://hooks.example"}, "url"),
        ({"url": ""}, "url"),
        ({"subscriptions": ["it_rained"]}, "subscriptions"),
        ({"subscriptions": []}, "subscriptions"),
        ({"inbox_id": 10**9}, "inbox_id"),
    ],
)
async def test_what_makes_no_sense_is_refused_by_its_name(
    maya: httpx.AsyncClient, fields: dict[str, Any], field: str
) -> None:
    answer = await maya.post("/webhooks", json={"url": URL, **fields})
    assert (answer.status_code, answer.json()["field"]) == (422, field)


async def test_an_url_is_told_once(maya: httpx.AsyncClient) -> None:
    await made(maya)
    answer = await maya.post("/webhooks", json={"url": URL})
    assert (answer.status_code, answer.json()["field"]) == (422, "url")


async def test_only_administrators_see_webhooks_and_their_secrets(
    maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    webhook = await made(maya)
    for path in ("/webhooks", f"/webhooks/{webhook['id']}/deliveries"):
        assert (await jonas.get(path)).status_code == 403
    assert (await jonas.post("/webhooks", json={"url": URL})).status_code == 403


async def test_another_accounts_webhook_is_not_there(
    maya: httpx.AsyncClient, as_user: ClientOf, northgate: SmallDesk
) -> None:
    webhook = await made(maya)
    stranger = as_user(northgate, northgate.administrator)
    path = f"/webhooks/{webhook['id']}"
    for answer in (
        await stranger.get(path),
        await stranger.patch(path, json={"name": "x"}),
        await stranger.delete(path),
        await stranger.get(f"{path}/deliveries"),
        await stranger.post(f"{path}/reset_secret"),
        await stranger.post(f"{path}/resume"),
    ):
        assert answer.status_code == 404


async def test_a_webhook_is_changed_gets_a_new_secret_and_ends(maya: httpx.AsyncClient) -> None:
    webhook = await made(maya)
    path = f"/webhooks/{webhook['id']}"
    changed = await maya.patch(path, json={"name": "Shop", "subscriptions": ["contact_updated"]})
    assert changed.json()["payload"]["webhook"] == {
        **webhook,
        "name": "Shop",
        "subscriptions": ["contact_updated"],
    }
    renewed = (await maya.post(f"{path}/reset_secret")).json()["payload"]["webhook"]
    assert renewed["secret"] != webhook["secret"]
    assert (await maya.delete(path)).status_code == 200
    assert (await maya.get(path)).status_code == 404


async def test_the_log_shows_what_waits_and_what_would_be_sent(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    webhook = await made(maya, subscriptions=["message_created"])
    await receive(desk, halden, said("Where is my bag?"))
    await react(desk, halden, "queue_webhooks")
    path = f"/webhooks/{webhook['id']}/deliveries"
    (one,) = (await maya.get(path, params={"state": "waiting"})).json()["payload"]
    assert (one["event"], one["state"], one["tries"]) == ("message_created", "waiting", 0)
    whole = (await maya.get(f"{path}/{one['id']}")).json()
    assert whole["body"]["content"] == "Where is my bag?"
    again = await maya.post(f"{path}/{one['id']}/send_again")
    assert again.json()["delivery_id"] == one["delivery_id"]
    assert (await maya.get(path, params={"state": "lost"})).status_code == 422
    assert (await maya.get(f"/webhooks/{webhook['id']}")).json()["payload"]["webhook"][
        "waiting"
    ] == 1


async def test_typing_is_told_to_those_who_asked_and_tried_once(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    typing = {"typing_status": "on"}
    await jonas.post("/conversations/1/toggle_typing_status", json=typing)
    webhook = await made(maya, subscriptions=["conversation_typing_on"])
    await jonas.post("/conversations/1/toggle_typing_status", json={**typing, "is_private": True})
    await jonas.post("/conversations/1/toggle_typing_status", json={"typing_status": "off"})
    path = f"/webhooks/{webhook['id']}/deliveries"
    (one,) = (await maya.get(path)).json()["payload"]
    assert (one["event"], one["most_tries"]) == ("conversation_typing_on", 1)
    body = (await maya.get(f"{path}/{one['id']}")).json()["body"]
    assert (body["user"]["type"], body["is_private"]) == ("user", True)
    assert body["conversation"]["id"] == 1
