"""The other ways in which Chatwoot's clients spell the same requests."""

import json

import httpx
import pytest

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said


@pytest.fixture
def root(halden: SmallDesk) -> str:
    return f"/api/v1/accounts/{halden.account_id}"


async def test_both_names_of_the_token_open_and_a_bearer_beside_them_does_no_harm(
    anybody: httpx.AsyncClient, halden: SmallDesk
) -> None:
    token = halden.tokens[halden.agent]
    assert (await anybody.get("/api")).status_code == 200
    for headers in (
        {"api_access_token": token},
        {"Api-Access-Token": token},
        {"api_access_token": token, "Authorization": f"Bearer {token}"},
        {"api_access_token": token, "Authorization": "Bearer somebody-else"},
    ):
        answer = await anybody.get("/api/v1/profile", headers=headers)
        assert (answer.status_code, answer.json()["id"]) == (200, halden.agent)
    alone = await anybody.get("/api/v1/profile", headers={"Authorization": f"Bearer {token}"})
    assert alone.status_code == 401


async def test_a_slash_at_the_end_changes_nothing_and_sends_nobody_elsewhere(
    maya: httpx.AsyncClient, root: str
) -> None:
    made = await maya.post("/inboxes/", json={"name": "Shop", "channel": {"type": "api"}})
    assert made.status_code == 200
    inbox = made.json()["id"]
    renamed = await maya.patch(f"/inboxes/{inbox}/", json={"name": "Shop floor"})
    assert renamed.json()["name"] == "Shop floor"
    assert (await maya.get(f"/inboxes/{inbox}/")).json()["name"] == "Shop floor"
    label = (await maya.post("/labels/", json={"title": "slash"})).json()["id"]
    assert (await maya.delete(f"/labels/{label}/")).status_code == 200


async def test_the_version_may_be_left_away(maya: httpx.AsyncClient, halden: SmallDesk) -> None:
    short = str(maya.base_url.copy_with(path=f"/accounts/{halden.account_id}")).rstrip("/")
    members = f"{short}/teams/{halden.team}/team_members"
    asked = {"user_ids": [halden.outsider]}
    assert (await maya.post(members, json=asked)).status_code == 200
    ids = [agent["id"] for agent in (await maya.get(members)).json()]
    assert halden.outsider in ids
    assert (await maya.request("DELETE", members, json=asked)).status_code == 200
    assert (await maya.get(f"{short}/conversations/999/messages")).status_code == 404
    nobody = await maya.get(members, headers={"api_access_token": ""})
    assert nobody.status_code == 401


async def test_ids_may_be_numeric_strings(
    desk: Desk, maya: httpx.AsyncClient, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Hello"))
    conversation = (await maya.get("/conversations/1")).json()
    sender = conversation["meta"]["sender"]["id"]
    for path, body in (
        ("/conversations", {"inbox_id": str(halden.inbox), "contact_id": str(sender)}),
        ("/conversations/1/assignments", {"assignee_id": str(halden.agent)}),
        ("/conversations/1/assignments", {"team_id": str(halden.team)}),
        ("/inbox_members", {"inbox_id": str(halden.inbox), "user_ids": [str(halden.agent)]}),
        (f"/teams/{halden.team}/team_members", {"user_ids": [str(halden.agent)]}),
        ("/contacts", {"inbox_id": str(halden.inbox), "phone_number": "+4790000002"}),
        ("/conversations/1/toggle_status", {"status": "snoozed", "snoozed_until": "1900000000"}),
    ):
        answer = await maya.post(path, json=body)
        assert answer.status_code == 200, (path, answer.text)


async def test_a_message_may_be_a_form_whose_objects_are_json(
    desk: Desk, maya: httpx.AsyncClient, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Hello"))
    answer = await maya.post(
        "/conversations/1/messages",
        files={
            "content": (None, "The receipt."),
            "private": (None, "true"),
            "content_attributes": (None, json.dumps({"order": 7})),
            "attachments[]": ("receipt.txt", b"7 kroner", "text/plain"),
        },
    )
    message = answer.json()
    assert answer.status_code == 200, answer.text
    assert (message["content"], message["private"]) == ("The receipt.", True)
    assert message["content_attributes"]["order"] == 7
    assert message["attachments"][0]["file_type"] == "file"
    assert message.get("attachment") is None


@pytest.mark.parametrize("kind", ["text/plain", "text/plain; charset=no-such-thing"])
async def test_a_field_of_a_form_that_is_no_text_is_refused(
    desk: Desk, maya: httpx.AsyncClient, halden: SmallDesk, kind: str
) -> None:
    await receive(desk, halden, said("Hello"))
    answer = await maya.post(
        "/conversations/1/messages", files={"content": (None, b"u\x13C\xbb", kind)}
    )
    assert answer.status_code == 422, answer.text


async def test_contacts_are_patched_and_put(maya: httpx.AsyncClient) -> None:
    made = (await maya.post("/contacts", json={"name": "Ada"})).json()["payload"]["contact"]
    for method in ("PUT", "PATCH"):
        answer = await maya.request(method, f"/contacts/{made['id']}", json={"name": method})
        assert answer.json()["payload"]["name"] == method
