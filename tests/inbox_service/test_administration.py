"""Agents, inboxes, teams, labels and contacts over the API."""

import httpx

from desk.store.desk import Desk
from desk.store.presence import Presence
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said


async def test_agents_are_listed_added_changed_and_removed(
    halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    agents = (await maya.get("/agents")).json()
    assert [a["name"] for a in agents] == ["Jonas", "Maya", "Priya"]
    email = f"new.{halden.account_id}@desk.example"
    added = (await maya.post("/agents", json={"name": "Nils", "email": email})).json()
    assert (added["role"], added["availability_status"]) == ("agent", "offline")
    twice = await maya.post("/agents", json={"name": "Nils", "email": email})
    assert (twice.status_code, twice.json()["error"]) == (409, "already_an_agent")
    changed = await maya.patch(f"/agents/{added['id']}", json={"role": "administrator"})
    assert changed.json()["role"] == "administrator"
    assert (await maya.get(f"/agents/{added['id']}")).json()["email"] == email
    assert (await maya.delete(f"/agents/{added['id']}")).status_code == 200
    assert (await maya.get(f"/agents/{added['id']}")).status_code == 404
    oneself = await maya.delete(f"/agents/{halden.administrator}")
    assert oneself.status_code == 422


async def test_a_removed_agents_token_opens_nothing_and_their_work_goes_back(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    await jonas.post("/conversations/1/assignments", json={"assignee_id": halden.agent})
    await maya.delete(f"/agents/{halden.agent}")
    assert (await jonas.get("/conversations")).status_code == 404
    assert (await maya.get("/conversations/1")).json()["meta"]["assignee"] is None


async def test_inboxes_and_their_members(halden: SmallDesk, maya: httpx.AsyncClient) -> None:
    (inbox,) = (await maya.get("/inboxes")).json()["payload"]
    assert inbox["channel_type"] == "Channel::Whatsapp"
    assert inbox["phone_number"] == halden.phone_number
    assert len(inbox["working_hours"]) == 7
    monday = inbox["working_hours"][1]
    assert (monday["open_hour"], monday["close_hour"]) == (9, 17)
    assert "secret" not in str(inbox)
    path = f"/inbox_members/{halden.inbox}"
    assert [a["id"] for a in (await maya.get(path)).json()["payload"]] == [halden.agent]
    body = {"inbox_id": halden.inbox, "user_ids": [halden.outsider]}
    added = (await maya.post("/inbox_members", json=body)).json()["payload"]
    assert {a["id"] for a in added} == {halden.agent, halden.outsider}
    kept = (await maya.patch("/inbox_members", json=body)).json()["payload"]
    assert [a["id"] for a in kept] == [halden.outsider]
    await maya.request("DELETE", "/inbox_members", json=body)
    assert (await maya.get(path)).json()["payload"] == []


async def test_who_may_be_given_conversations_of_an_inbox(
    halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    answer = await jonas.get("/assignable_agents", params={"inbox_ids[]": halden.inbox})
    ids = {a["id"] for a in answer.json()["payload"]}
    assert ids == {halden.administrator, halden.agent}
    assert (await jonas.get("/assignable_agents")).status_code == 422


async def test_teams_are_formed_renamed_filled_and_disbanded(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    made = (await maya.post("/teams", json={"name": "Refunds", "description": "Money"})).json()
    assert (made["name"], made["is_member"]) == ("refunds", False)
    path = f"/teams/{made['id']}"
    renamed = (await maya.patch(path, json={"name": "Money back"})).json()
    assert (renamed["name"], renamed["description"]) == ("money back", "Money")
    members = await maya.post(f"{path}/team_members", json={"user_ids": [halden.agent]})
    assert [a["id"] for a in members.json()] == [halden.agent]
    bare = f"/accounts/{halden.account_id}{path}/team_members"
    headers = {"api_access_token": halden.tokens[halden.agent]}
    assert len((await anybody.get(bare, headers=headers)).json()) == 1
    await maya.request("DELETE", f"{path}/team_members", json={"user_ids": [halden.agent]})
    assert (await maya.get(f"{path}/team_members")).json() == []
    await maya.post("/conversations/1/assignments", json={"team_id": made["id"]})
    assert (await maya.delete(path)).status_code == 200
    assert (await maya.get(path)).status_code == 404
    assert (await maya.get("/conversations/1")).json()["meta"]["team"] is None
    taken = await maya.post("/teams", json={"name": "BAGGAGE"})
    assert (taken.status_code, taken.json()["field"]) == (422, "name")


async def test_labels_are_made_changed_and_taken_off_with_their_end(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    made = (await maya.post("/labels", json={"title": "Lost-Bag", "color": "#ff0000"})).json()
    assert (made["title"], made["show_on_sidebar"]) == ("lost-bag", True)
    await maya.post("/conversations/1/labels", json={"labels": ["lost-bag"]})
    path = f"/labels/{made['id']}"
    assert (await maya.patch(path, json={"title": "lost"})).json()["title"] == "lost"
    assert (await maya.get("/conversations/1")).json()["labels"] == ["lost"]
    assert (await maya.delete(path)).status_code == 200
    assert (await maya.get("/conversations/1")).json()["labels"] == []
    titles = [one["title"] for one in (await maya.get("/labels")).json()["payload"]]
    assert titles == ["baggage", "refund", "vip"]
    bad = await maya.post("/labels", json={"title": "two words"})
    assert (bad.status_code, bad.json()["field"]) == (422, "title")


async def test_contacts_are_entered_found_corrected(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    email = f"noor.{halden.account_id}@post.example"
    body = {
        "name": "Noor",
        "email": email.upper(),
        "phone_number": "+31612345678",
        "inbox_id": halden.inbox,
        "custom_attributes": {"plan": "gold"},
    }
    made = (await jonas.post("/contacts", json=body)).json()["payload"]
    assert made["contact_inbox"]["source_id"] == "31612345678"
    contact = made["contact"]
    assert (contact["email"], contact["availability_status"]) == (email, "offline")
    assert contact["contact_inboxes"][0]["inbox"]["id"] == halden.inbox
    path = f"/contacts/{contact['id']}"
    assert (await jonas.get(path)).json()["payload"] == contact
    for method in ("PUT", "PATCH"):
        answer = await jonas.request(method, path, json={"custom_attributes": {method: 1}})
        assert answer.status_code == 200
    kept = (await jonas.get(path)).json()["payload"]["custom_attributes"]
    assert kept == {"plan": "gold", "PUT": 1, "PATCH": 1}
    for words in ("noor", "3161234", email[:8]):
        found = (await jonas.get("/contacts/search", params={"q": words})).json()
        assert [one["id"] for one in found["payload"]] == [contact["id"]]
    listed = (await jonas.get("/contacts", params={"sort": "-name"})).json()
    assert listed["meta"] == {"count": 1, "current_page": 1, "has_more": False}
    inboxes = (await jonas.get(f"{path}/contactable_inboxes")).json()["payload"]
    assert inboxes[0]["inbox"]["channel_type"] == "Channel::Whatsapp"
    taken = await jonas.post("/contacts", json={"email": email})
    assert (taken.status_code, taken.json()["field"]) == (422, "email")
    bad = await jonas.post("/contacts", json={"phone_number": "call me"})
    assert (bad.status_code, bad.json()["field"]) == (422, "phone_number")


async def test_a_profile_shows_the_person_and_their_accounts(
    halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    headers = {"api_access_token": halden.tokens[halden.agent]}
    profile = (await anybody.get("/api/v1/profile", headers=headers)).json()
    assert profile["access_token"] == halden.tokens[halden.agent]
    assert (profile["id"], profile["role"]) == (halden.agent, "agent")
    assert [a["id"] for a in profile["accounts"]] == [halden.account_id]
    assert (await anybody.get("/api/v1/profile")).status_code == 401


async def test_a_contact_has_labels_of_its_own(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    made = (await maya.post("/contacts", json={"name": "Noor"})).json()["payload"]["contact"]
    path = f"/contacts/{made['id']}/labels"
    assert (await maya.get(path)).json() == {"payload": []}
    assert (await maya.post(path, json={"labels": ["VIP", "refund"]})).json() == {
        "payload": ["refund", "vip"]
    }
    unknown = await maya.post(path, json={"labels": ["unheard-of"]})
    assert (unknown.status_code, unknown.json()["field"]) == (422, "labels")
    labels = {one["title"]: one["id"] for one in (await maya.get("/labels")).json()["payload"]}
    await maya.delete(f"/labels/{labels['vip']}")
    assert (await maya.get(path)).json() == {"payload": ["refund"]}


async def test_administrators_delete_contacts_with_conversations_and_agents_only_without(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    (writer,) = (await maya.get("/contacts")).json()["payload"]
    made = (await maya.post("/contacts", json={"name": "Noor"})).json()["payload"]["contact"]
    assert (await jonas.delete(f"/contacts/{made['id']}")).status_code == 200
    assert (await maya.get(f"/contacts/{made['id']}")).status_code == 404
    kept = await jonas.delete(f"/contacts/{writer['id']}")
    assert (kept.status_code, kept.json()["error"]) == (409, "contact_has_conversations")
    presence = Presence(desk.redis, desk.clock)
    await presence.beat_contact(halden.account_id, writer["id"])
    there = await maya.delete(f"/contacts/{writer['id']}")
    assert (there.status_code, there.json()["error"]) == (422, "contact_is_online")
    await presence.leave_contact(halden.account_id, writer["id"])
    assert (await maya.delete(f"/contacts/{writer['id']}")).status_code == 200
    assert (await maya.get("/conversations/1")).status_code == 404
    await receive(desk, halden, said("Hello again"))
    assert (await maya.get("/conversations/2")).status_code == 200
