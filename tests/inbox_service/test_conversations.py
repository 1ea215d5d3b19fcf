"""Listing, reading and working conversations over the API."""

import httpx
import pytest

from desk.clock import FixedClock
from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf


async def test_an_agent_lists_what_customers_wrote(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Where is my bag?"))
    data = (await jonas.get("/conversations")).json()["data"]
    assert data["meta"] == {
        "mine_count": 0,
        "assigned_count": 0,
        "unassigned_count": 1,
        "all_count": 1,
        "next_cursor": None,
    }
    (conversation,) = data["payload"]
    assert conversation["id"] == 1
    assert conversation["messages"][0]["content"] == "Where is my bag?"
    assert conversation["meta"]["sender"]["name"] == "Amara Okonkwo"
    assert conversation["unread_count"] == 1
    assert conversation["version"] >= 1


async def test_a_list_pages_by_number_and_by_cursor_without_gaps_or_repeats(
    desk: Desk, clock: FixedClock, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, *[said("Hi", sender=f"4790000{n:03}") for n in range(60)])
    by_page = []
    for page in (1, 2, 3, 4):
        answer = await jonas.get("/conversations", params={"page": page})
        by_page += [c["id"] for c in answer.json()["data"]["payload"]]
    by_cursor: list[int] = []
    cursor: str | None = None
    while True:
        asked = {} if cursor is None else {"before": cursor}
        data = (await jonas.get("/conversations", params=asked)).json()["data"]
        by_cursor += [c["id"] for c in data["payload"]]
        cursor = data["meta"]["next_cursor"]
        if cursor is None:
            break
    assert by_page == by_cursor
    assert sorted(by_page) == list(range(1, 61))


async def test_lists_narrow_by_status_assignee_team_label_and_words(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Where is my suitcase?", sender="4711", name="Ada Berg"))
    await receive(desk, halden, said("A refund please", sender="4722", name="Bo Dahl"))
    await jonas.post("/conversations/1/assignments", json={"assignee_id": str(halden.agent)})
    await jonas.post("/conversations/1/assignments", json={"team_id": halden.team})
    await jonas.post("/conversations/2/labels", json={"labels": ["refund", "vip"]})

    async def listed(**asked: object) -> list[int]:
        answer = await jonas.get("/conversations", params=asked)  # type: ignore[arg-type]
        assert answer.status_code == 200, answer.text
        return sorted(c["id"] for c in answer.json()["data"]["payload"])

    assert await listed(assignee_type="me") == [1]
    assert await listed(assignee_type="unassigned") == [2]
    assert await listed(team_id=halden.team) == [1]
    assert await listed(inbox_id=halden.inbox) == [1, 2]
    assert await listed(**{"labels[]": ["refund", "nosuch"]}) == [2]
    assert await listed(**{"labels[]": "nosuch"}) == []
    assert await listed(q="suitcase") == [1]
    assert await listed(q="dahl") == [2]
    await jonas.post("/conversations/1/toggle_status", json={"status": "resolved"})
    assert await listed() == [2]
    assert await listed(status="resolved") == [1]
    assert await listed(status="all") == [1, 2]
    assert await listed(q="suitcase") == [1]
    meta = (await jonas.get("/conversations/meta", params={"status": "all"})).json()["meta"]
    assert (meta["mine_count"], meta["all_count"]) == (1, 2)


async def test_a_conversation_is_assigned_labelled_judged_and_resolved(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    agent = await jonas.post("/conversations/1/assignments", json={"assignee_id": halden.agent})
    assert agent.json()["id"] == halden.agent
    team = await jonas.post("/conversations/1/assignments", json={"team_id": halden.team})
    assert team.json()["name"] == "baggage"
    labels = await jonas.post("/conversations/1/labels", json={"labels": ["vip"]})
    assert labels.json() == {"payload": ["vip"]}
    await jonas.post("/conversations/1/toggle_priority", json={"priority": "high"})
    toggled = await jonas.post("/conversations/1/toggle_status", json={})
    assert toggled.json() == {
        "meta": {},
        "payload": {
            "success": True,
            "conversation_id": 1,
            "current_status": "resolved",
            "snoozed_until": None,
        },
    }
    conversation = (await jonas.get("/conversations/1")).json()
    assert conversation["status"] == "resolved"
    assert conversation["priority"] == "high"
    assert conversation["labels"] == ["vip"]
    assert conversation["meta"]["assignee"]["id"] == halden.agent
    assert conversation["meta"]["team"]["id"] == halden.team
    nobody = await jonas.post("/conversations/1/assignments", json={"assignee_id": None})
    assert nobody.json() is None
    assert (await jonas.get("/conversations/1")).json()["meta"]["assignee"] is None


async def test_a_snooze_holds_until_the_time_given(
    desk: Desk, clock: FixedClock, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    until = int(clock.now().timestamp()) + 3600
    answer = await jonas.post(
        "/conversations/1/toggle_status", json={"status": "snoozed", "snoozed_until": until}
    )
    assert answer.json()["payload"]["snoozed_until"] == until
    past = await jonas.post(
        "/conversations/1/toggle_status", json={"status": "snoozed", "snoozed_until": 1}
    )
    assert (past.status_code, past.json()["field"]) == (422, "snoozed_until")


async def test_seen_and_unseen_again(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"), said("Anybody there?"))
    assert (await jonas.get("/conversations/1")).json()["unread_count"] == 2
    assert (await jonas.post("/conversations/1/update_last_seen")).json()["unread_count"] == 0
    assert (await jonas.post("/conversations/1/unread")).json()["unread_count"] == 1


async def test_custom_attributes_are_replaced_and_never_null(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    assert (await jonas.get("/conversations/1")).json()["custom_attributes"] == {}
    body = {"custom_attributes": {"order": 7}}
    assert (await jonas.post("/conversations/1/custom_attributes", json=body)).json() == body
    assert (await jonas.get("/conversations/1")).json()["custom_attributes"] == {"order": 7}


async def test_a_conversation_begun_by_us_answers_with_the_whole_of_it(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    made = await jonas.post("/contacts", json={"name": "Noor", "phone_number": "+31612345678"})
    contact = made.json()["payload"]["contact"]
    answer = await jonas.post(
        "/conversations",
        json={
            "inbox_id": halden.inbox,
            "contact_id": contact["id"],
            "assignee_id": halden.agent,
            "message": {"content": "Your bag has been found"},
        },
    )
    assert answer.status_code == 200, answer.text
    conversation = answer.json()
    assert conversation["id"] == 1
    assert conversation["status"] == "open"
    assert conversation["meta"]["assignee"]["id"] == halden.agent
    assert conversation["last_non_activity_message"]["content"] == "Your bag has been found"
    assert conversation["can_reply"] is False
    again = await jonas.get(f"/contacts/{contact['id']}/conversations")
    assert [c["id"] for c in again.json()["payload"]] == [1]


async def test_another_tenants_conversation_is_not_there(
    desk: Desk, halden: SmallDesk, northgate: SmallDesk, as_user: ClientOf
) -> None:
    await receive(desk, halden, said("For Halden only"))
    stranger = as_user(northgate, northgate.administrator)
    assert (await stranger.get("/conversations/1")).status_code == 404
    inside = as_user(halden, halden.administrator)
    crossed = httpx.AsyncClient(
        base_url=inside.base_url,
        headers={"api_access_token": northgate.tokens[northgate.administrator]},
    )
    async with crossed:
        for path in ("/conversations", "/conversations/1", "/conversations/1/messages"):
            answer = await crossed.get(path)
            assert (answer.status_code, answer.json()["error"]) == (404, "account_not_found")


async def test_an_agent_outside_the_inbox_sees_nothing_of_it_until_it_is_theirs(
    desk: Desk,
    halden: SmallDesk,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
    maya: httpx.AsyncClient,
) -> None:
    await receive(desk, halden, said("Where is my suitcase?"))
    for params in ({}, {"q": "suitcase"}, {"status": "all"}, {"inbox_id": halden.inbox}):
        data = (await priya.get("/conversations", params=params)).json()["data"]
        assert (data["payload"], data["meta"]["all_count"]) == ([], 0)
    assert (await priya.get("/folder_counts")).json()["all"] == 0
    assert (await priya.get("/inboxes")).json()["payload"] == []
    assert (await priya.get(f"/inboxes/{halden.inbox}")).status_code == 404
    for method, path, body in (
        ("GET", "/conversations/1", None),
        ("GET", "/conversations/1/messages", None),
        ("POST", "/conversations/1/messages", {"content": "Hi"}),
        ("POST", "/conversations/1/toggle_status", {}),
        ("POST", "/conversations/1/labels", {"labels": []}),
        ("POST", "/conversations/1/toggle_typing_status", {"typing_status": "on"}),
    ):
        answer = await priya.request(method, path, json=body)
        assert answer.status_code == 404, path
    assert len((await maya.get("/conversations")).json()["data"]["payload"]) == 1
    refused = await jonas.post(
        "/conversations/1/assignments", json={"assignee_id": halden.outsider}
    )
    assert (refused.status_code, refused.json()["field"]) == (422, "assignee_id")
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("update conversations set assignee_id = %s", [halden.outsider])
    assert (await priya.get("/conversations/1")).status_code == 200
    assert len((await priya.get("/conversations")).json()["data"]["payload"]) == 1


async def test_folders_count_open_conversations_and_those_put_aside(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, *[said("Hi", sender=f"47{n}") for n in range(5)])
    await jonas.post("/conversations/1/assignments", json={"assignee_id": halden.agent})
    await jonas.post("/conversations/1/assignments", json={"team_id": halden.team})
    await jonas.post("/conversations/2/labels", json={"labels": ["vip"]})
    await jonas.post("/conversations/3/toggle_status", json={"status": "pending"})
    await jonas.post("/conversations/4/toggle_status", json={"status": "snoozed"})
    assert (await jonas.get("/folder_counts")).json() == {
        "mine": 1,
        "unassigned": 2,
        "all": 3,
        "snoozed": 1,
        "pending": 1,
        "resolved": None,
        "inboxes": {str(halden.inbox): 3},
        "teams": {str(halden.team): 1},
        "labels": {"vip": 1},
    }


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/conversations/1/toggle_status", {"status": "asleep"}, "status"),
        ("/conversations/1/toggle_priority", {"priority": "extreme"}, "priority"),
        ("/conversations/1/assignments", {"assignee_id": "abc"}, "assignee_id"),
        ("/conversations/1/assignments", {}, "assignee_id"),
        ("/conversations/1/labels", {"labels": ["unheard-of"]}, "labels"),
        ("/conversations/1/labels", {"labels": "vip"}, "labels"),
        ("/conversations/1/toggle_typing_status", {"typing_status": "maybe"}, "typing_status"),
        ("/conversations/1/custom_attributes", {"custom_attributes": []}, "custom_attributes"),
    ],
)
async def test_a_malformed_body_is_refused_naming_the_field(
    desk: Desk,
    halden: SmallDesk,
    jonas: httpx.AsyncClient,
    path: str,
    body: dict[str, object],
    field: str,
) -> None:
    await receive(desk, halden, said("Hello"))
    answer = await jonas.post(path, json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text
