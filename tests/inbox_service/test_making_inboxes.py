"""Inboxes of any kind are made, changed, shown and closed over the API."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.builders.accounts import SmallDesk
from tests.inbox_service.conftest import ClientOf
from tests.inbox_service.contract.reference import Reference
from tests.inbox_service.partners import make_inbox, simulators

CLOUD = {"api_key": "EAAG", "phone_number_id": "777", "business_account_id": "1", "app_secret": "s"}


@pytest.fixture
async def partner() -> AsyncIterator[httpx.AsyncClient]:
    async with simulators() as http:
        yield http


def base(partner: httpx.AsyncClient) -> str:
    return f"{partner.base_url}".rstrip("/") + "/custom"


@pytest.mark.parametrize(
    ("channel", "channel_type"),
    [
        ({"type": "api", "webhook_url": "https://app.example/hook"}, "Channel::Api"),
        ({"type": "web_widget", "website_url": "https://shop.example"}, "Channel::WebWidget"),
        (
            {"type": "whatsapp", "phone_number": "+4711223344", "provider_config": CLOUD},
            "Channel::Whatsapp",
        ),
    ],
    ids=["api", "web_widget", "whatsapp"],
)
async def test_an_inbox_of_a_documented_kind_answers_as_documented(
    maya: httpx.AsyncClient, halden: SmallDesk, channel: dict[str, Any], channel_type: str
) -> None:
    if "phone_number" in channel:
        channel = channel | {"phone_number": f"+47{halden.account_id:010d}"}
    made = await make_inbox(maya, **channel)
    assert made["channel_type"] == channel_type
    assert Reference().faults("inboxCreation", made) == []
    assert (await maya.get(f"/inboxes/{made['id']}")).json() == made
    listed = (await maya.get("/inboxes")).json()
    assert Reference().faults("listAllInboxes", listed) == []
    assert made in listed["payload"]


async def test_what_all_inboxes_have_can_be_said_when_it_is_made(maya: httpx.AsyncClient) -> None:
    answer = await maya.post(
        "/inboxes",
        json={
            "name": " API Inbox ",
            "greeting_enabled": True,
            "greeting_message": "Hello, how can I help you?",
            "enable_auto_assignment": False,
            "csat_survey_enabled": True,
            "lock_to_single_conversation": True,
            "allow_messages_after_resolved": False,
            "working_hours_enabled": True,
            "timezone": "America/New_York",
            "channel": {"type": "api", "additional_attributes": {"source": "mobile_app"}},
        },
    )
    made = answer.json()
    assert made["name"] == "API Inbox"
    assert (made["greeting_enabled"], made["greeting_message"]) == (
        True,
        "Hello, how can I help you?",
    )
    assert made["enable_auto_assignment"] is False
    assert made["csat_survey_enabled"] is True
    assert made["lock_to_single_conversation"] is True
    assert made["allow_messages_after_resolved"] is False
    assert (made["working_hours_enabled"], made["timezone"]) == (True, "America/New_York")
    assert made["additional_attributes"] == {"source": "mobile_app"}


async def test_a_custom_inbox_is_made_once_its_server_answers_to_the_key(
    maya: httpx.AsyncClient, partner: httpx.AsyncClient, halden: SmallDesk
) -> None:
    made = await make_inbox(
        maya, type="custom", api_key=f"key-{halden.account_id}", webhook_url=base(partner) + "/"
    )
    assert made["channel_type"] == "Channel::Custom"
    assert made["webhook_url"] == base(partner)
    assert "/webhooks/custom/" in made["inbound_webhook_url"]
    assert made["api_key"] == f"key-{halden.account_id}"


@pytest.mark.parametrize(
    ("channel", "field"),
    [
        ({}, "api_key"),
        ({"api_key": ""}, "api_key"),
        ({"api_key": None}, "api_key"),
        ({"api_key": "two words"}, "api_key"),
        ({"api_key": "good"}, "webhook_url"),
        ({"api_key": "good", "webhook_url": "partner"}, "webhook_url"),
        ({"api_key": "good", "webhook_url": "ftp://partner.example"}, "webhook_url"),
        ({"api_key": "good", "webhook_url": 7}, "webhook_url"),
        ({"api_key": "good", "webhook_url": "http://127.0.0.1:9"}, "webhook_url"),
        ({"api_key": "bad-key", "webhook_url": "PARTNER"}, "api_key"),
        ({"api_key": "good", "webhook_url": "PARTNER/nowhere"}, "webhook_url"),
    ],
)
async def test_a_custom_inbox_is_refused_naming_the_field(
    maya: httpx.AsyncClient, partner: httpx.AsyncClient, channel: dict[str, Any], field: str
) -> None:
    if isinstance(url := channel.get("webhook_url"), str):
        channel = channel | {"webhook_url": url.replace("PARTNER", base(partner))}
    answer = await maya.post(
        "/inboxes", json={"name": "X", "channel": {"type": "custom"} | channel}
    )
    assert answer.status_code == 422, answer.text
    assert answer.json()["field"] == field
    assert len((await maya.get("/inboxes")).json()["payload"]) == 1


async def test_a_key_belongs_to_one_inbox_of_the_whole_installation(
    maya: httpx.AsyncClient,
    partner: httpx.AsyncClient,
    as_user: ClientOf,
    halden: SmallDesk,
    northgate: SmallDesk,
) -> None:
    key = f"shared-{halden.account_id}"
    made = await make_inbox(maya, type="custom", api_key=key, webhook_url=base(partner))
    elsewhere = as_user(northgate, northgate.administrator)
    wanted = {"type": "custom", "api_key": key, "webhook_url": base(partner)}
    for client in (maya, elsewhere):
        answer = await client.post("/inboxes", json={"name": "Second", "channel": wanted})
        assert (answer.status_code, answer.json()["field"]) == (422, "api_key")
    other = await make_inbox(
        elsewhere, type="custom", api_key=f"{key}-2", webhook_url=base(partner)
    )
    taken = await elsewhere.patch(f"/inboxes/{other['id']}", json={"channel": {"api_key": key}})
    assert (taken.status_code, taken.json()["field"]) == (422, "api_key")
    changed = await maya.patch(f"/inboxes/{made['id']}", json={"channel": {"api_key": f"{key}-3"}})
    assert changed.json()["api_key"] == f"{key}-3"
    assert changed.json()["inbound_webhook_url"] == made["inbound_webhook_url"]
    freed = await elsewhere.patch(f"/inboxes/{other['id']}", json={"channel": {"api_key": key}})
    assert freed.status_code == 200


async def test_credentials_are_shown_to_administrators_only(
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    partner: httpx.AsyncClient,
    halden: SmallDesk,
) -> None:
    made = [
        await make_inbox(maya, type="api"),
        await make_inbox(
            maya, type="custom", api_key=f"k-{halden.account_id}", webhook_url=base(partner)
        ),
    ]
    for inbox in made:
        members = {"inbox_id": inbox["id"], "user_ids": [halden.agent]}
        (await maya.post("/inbox_members", json=members)).raise_for_status()
    assert made[0]["hmac_token"]
    for inbox in made:
        seen = (await jonas.get(f"/inboxes/{inbox['id']}")).json()
        assert {"hmac_token", "secret", "api_key", "provider_config"}.isdisjoint(seen)
    whole = (await jonas.get("/inboxes")).text
    assert f"k-{halden.account_id}" not in whole
    assert "app-secret" not in whole


async def test_settings_are_changed_one_by_one(maya: httpx.AsyncClient) -> None:
    made = await make_inbox(maya, type="api", webhook_url="https://app.example/hook")
    address = f"/inboxes/{made['id']}"
    changed = await maya.patch(
        address,
        json={
            "name": "App",
            "csat_survey_enabled": True,
            "channel": {"hmac_mandatory": True, "webhook_url": None},
            "working_hours": [
                {
                    "day_of_week": 1,
                    "open_hour": 8,
                    "open_minutes": 30,
                    "close_hour": 16,
                    "close_minutes": 0,
                },
                {"day_of_week": 6, "open_all_day": True},
                {"day_of_week": 3, "closed_all_day": True},
            ],
        },
    )
    after = changed.json()
    assert Reference().faults("updateInbox", after) == []
    assert (after["name"], after["csat_survey_enabled"]) == ("App", True)
    assert (after["hmac_mandatory"], after["webhook_url"]) == (True, None)
    assert after["inbox_identifier"] == made["inbox_identifier"]
    week = {day["day_of_week"]: day for day in after["working_hours"]}
    assert (week[1]["open_hour"], week[1]["open_minutes"], week[1]["close_hour"]) == (8, 30, 16)
    assert week[6]["open_all_day"] is True
    assert week[3]["closed_all_day"] is True
    assert week[2] == next(day for day in made["working_hours"] if day["day_of_week"] == 2)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "X"}, "type"),
        ({"name": "X", "channel": {"type": "pigeon"}}, "type"),
        ({"channel": {"type": "api"}}, "name"),
        ({"name": "  ", "channel": {"type": "api"}}, "name"),
        ({"name": "X", "channel": {"type": "api", "webhook_url": "nope"}}, "webhook_url"),
        ({"name": "X", "channel": {"type": "api", "hmac_mandatory": "maybe"}}, "hmac_mandatory"),
        ({"name": "X", "channel": {"type": "whatsapp"}}, "phone_number"),
        (
            {
                "name": "X",
                "channel": {"type": "whatsapp", "phone_number": "+47", "provider_config": {}},
            },
            "provider_config.api_key",
        ),
    ],
)
async def test_what_cannot_be_made_is_refused_by_name(
    maya: httpx.AsyncClient, body: dict[str, Any], field: str
) -> None:
    answer = await maya.post("/inboxes", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["field"] == field


async def test_only_administrators_make_and_change_inboxes(
    jonas: httpx.AsyncClient, halden: SmallDesk
) -> None:
    body = {"name": "X", "channel": {"type": "api"}}
    assert (await jonas.post("/inboxes", json=body)).status_code == 403
    assert (await jonas.patch(f"/inboxes/{halden.inbox}", json={"name": "Y"})).status_code == 403
    assert (await jonas.delete(f"/inboxes/{halden.inbox}")).status_code == 403


async def test_a_foreign_inbox_is_not_there(
    as_user: ClientOf, halden: SmallDesk, northgate: SmallDesk
) -> None:
    elsewhere = as_user(northgate, northgate.administrator)
    address = f"/inboxes/{halden.inbox}"
    assert (await elsewhere.patch(address, json={"name": "Y"})).status_code == 404
    assert (await elsewhere.delete(address)).status_code == 404


async def test_an_inbox_nobody_wrote_to_can_be_closed(maya: httpx.AsyncClient) -> None:
    made = await make_inbox(maya, type="api")
    assert (await maya.delete(f"/inboxes/{made['id']}")).status_code == 200
    assert (await maya.get(f"/inboxes/{made['id']}")).status_code == 404


async def test_an_inbox_keeps_its_kind(maya: httpx.AsyncClient) -> None:
    made = await make_inbox(maya, type="api")
    changed = await maya.patch(f"/inboxes/{made['id']}", json={"channel": {"type": "custom"}})
    assert (changed.status_code, changed.json()["field"]) == (422, "type")
