"""A website inbox over the API: made, shown, changed, and refused by field."""

from typing import Any

import httpx
import pytest

from tests.inbox_service.widget.visiting import API

CHANNEL = {"type": "web_widget", "website_url": "https://shop.example"}


async def made(maya: httpx.AsyncClient, **channel: object) -> dict[str, Any]:
    body = {"name": "Shop", "channel": {**CHANNEL, **channel}}
    answer = await maya.post("/inboxes", json=body)
    inbox: dict[str, Any] = answer.raise_for_status().json()
    return inbox


async def test_the_answer_holds_the_script_for_the_sites_pages(maya: httpx.AsyncClient) -> None:
    inbox = await made(maya, welcome_title="Hello", widget_color="#FF5733")
    assert inbox["channel_type"] == "Channel::WebWidget"
    assert (inbox["welcome_title"], inbox["widget_color"]) == ("Hello", "#ff5733")
    assert inbox["website_token"] in inbox["web_widget_script"]
    assert "/packs/js/sdk.js" in inbox["web_widget_script"]
    assert inbox["hmac_token"]


async def test_agents_do_not_see_the_key_of_identities(
    maya: httpx.AsyncClient, jonas: httpx.AsyncClient, halden: Any
) -> None:
    inbox = await made(maya)
    members = {"inbox_id": inbox["id"], "user_ids": [halden.agent]}
    await maya.post("/inbox_members", json=members)
    assert "hmac_token" not in (await jonas.get(f"/inboxes/{inbox['id']}")).json()


async def test_a_change_reaches_the_widget(
    maya: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    inbox = await made(maya)
    change = {
        "channel": {"welcome_title": "Good day", "reply_time": "in_a_day"},
        "allow_messages_after_resolved": False,
    }
    assert (await maya.patch(f"/inboxes/{inbox['id']}", json=change)).status_code == 200
    answer = await anybody.post(f"{API}/config", params={"website_token": inbox["website_token"]})
    config = answer.json()["website_channel_config"]
    assert (config["welcome_title"], config["reply_time"]) == ("Good day", "in_a_day")
    assert config["allow_messages_after_resolved"] is False
    assert config["availability"] == {"open": True, "opens_at": None, "time_zone": "UTC"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"website_url": None}, "website_url"),
        ({"website_url": "not a url"}, "website_url"),
        ({"widget_color": "red"}, "widget_color"),
        ({"reply_time": "soon"}, "reply_time"),
        ({"allowed_domains": "shop.example; script-src *"}, "allowed_domains"),
        ({"selected_feature_flags": ["telepathy"]}, "selected_feature_flags"),
        ({"pre_chat_form_options": {"pre_chat_fields": [{}]}}, None),
    ],
)
async def test_settings_that_make_no_sense_are_refused(
    maya: httpx.AsyncClient, wrong: dict[str, object], field: str | None
) -> None:
    answer = await maya.post("/inboxes", json={"name": "Shop", "channel": {**CHANNEL, **wrong}})
    assert answer.status_code == 422
    if field is not None:
        assert answer.json()["field"] == field
