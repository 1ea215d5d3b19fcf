"""The same change to many conversations: done for those one may see, recorded one by one."""

import asyncio
from collections import Counter

import httpx

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf
from tests.settle import settle


async def facts(desk: Desk, at: SmallDesk) -> Counter[str]:
    async with desk.transaction(at.account_id) as tx:
        return Counter(row["name"] for row in await tx.all("select name from events"))


async def test_status_assignee_team_and_labels_of_many_change_and_the_unseen_are_passed_over(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
) -> None:
    await receive(desk, halden, *[said("Hello", sender=f"47{n}") for n in range(3)])
    before = await facts(desk, halden)
    answer = await jonas.post(
        "/bulk_actions",
        json={
            "type": "Conversation",
            "ids": ["1", 2, 2, 999],
            "fields": {"status": "resolved", "assignee_id": str(halden.agent), "team_id": None},
            "labels": {"add": ["VIP", "refund"], "remove": []},
        },
    )
    assert (answer.status_code, answer.json()) == (200, {"queued": False, "refused": []})
    for number, status in ((1, "resolved"), (2, "resolved"), (3, "open")):
        shown = (await jonas.get(f"/conversations/{number}")).json()
        assert shown["status"] == status
        assert (shown["meta"]["assignee"] is not None) == (status == "resolved")
        assert shown["labels"] == (["refund", "vip"] if status == "resolved" else [])
    recorded = await facts(desk, halden) - before
    assert {name: n for name, n in recorded.items() if name != "message_created"} == {
        "conversation_assigned": 2,
        "conversation_labels_changed": 2,
        "conversation_status_changed": 2,
    }
    undone = {
        "type": "conversation",
        "ids": [1],
        "fields": {"status": "snoozed", "assignee_id": None},
        "labels": {"remove": ["vip"]},
        "snoozed_until": 1_800_000_000,
    }
    assert (await maya.post("/bulk_actions", json=undone)).status_code == 200
    shown = (await jonas.get("/conversations/1")).json()
    assert (shown["status"], shown["snoozed_until"]) == ("snoozed", 1_800_000_000)
    assert (shown["meta"]["assignee"], shown["labels"]) == (None, ["refund"])
    seen_by_nobody = {"type": "Conversation", "ids": [1, 2, 3], "fields": {"status": "open"}}
    assert (await priya.post("/bulk_actions", json=seen_by_nobody)).status_code == 200
    assert (await jonas.get("/conversations/2")).json()["status"] == "resolved"


async def test_one_that_cannot_be_changed_is_named_and_the_others_are_changed(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    await receive(desk, halden, *[said("Hello", sender=f"47{n}") for n in range(2)])
    ours = {"type": "Conversation", "ids": [1], "fields": {"assignee_id": halden.agent}}
    assert (await maya.post("/bulk_actions", json=ours)).status_code == 200
    # Priya does not work in this inbox.
    given = {
        "type": "Conversation",
        "ids": [1, 2],
        "fields": {"assignee_id": halden.outsider, "status": "resolved"},
    }
    answer = (await maya.post("/bulk_actions", json=given)).json()
    assert [one["id"] for one in answer["refused"]] == [1, 2]
    assert "inbox" in answer["refused"][0]["message"]
    shown = (await maya.get("/conversations/1")).json()
    assert (shown["status"], shown["meta"]["assignee"]["id"]) == ("open", halden.agent)


async def test_more_than_a_page_of_them_is_a_jobs_work(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, *[said("Hello", sender=f"47{n:03}") for n in range(30)])
    given = {"type": "Conversation", "ids": list(range(1, 40)), "fields": {"status": "pending"}}
    assert (await jonas.post("/bulk_actions", json=given)).json() == {"queued": True, "refused": []}
    assert (await jonas.get("/conversations/meta")).json()["meta"]["all_count"] == 30
    await settle(desk, halden.account_id)
    pending = await jonas.get("/conversations/meta", params={"status": "pending"})
    assert pending.json()["meta"]["all_count"] == 30
    # Its worker died before it could report; meanwhile somebody took one up again.
    assert (await jonas.post("/conversations/3/toggle_status", json={"status": "open"})).is_success
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("update jobs set done_at = null where kind = 'change_in_bulk'")
    await settle(desk, halden.account_id)
    assert (await jonas.get("/conversations/3")).json()["status"] == "open"


async def test_what_makes_no_sense_is_refused_before_anything_changes(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, northgate: SmallDesk
) -> None:
    await receive(desk, halden, said("Hello"))
    of = {"type": "Conversation", "ids": [1]}
    for given, field in (
        ({"type": "Inbox", "ids": [1]}, "type"),
        ({"type": "Conversation", "ids": []}, "ids"),
        ({"type": "Conversation", "ids": ["one"]}, "ids[0]"),
        ({"type": "Conversation", "ids": [1] * 10_001}, "ids"),
        (of, "fields"),
        (of | {"fields": {"status": "closed"}}, "status"),
        (of | {"fields": {"status": "snoozed", "snoozed_until": 1}}, "snoozed_until"),
        (of | {"fields": {"assignee_id": northgate.agent}}, "assignee_id"),
        (of | {"fields": {"team_id": northgate.team}}, "team_id"),
        (of | {"labels": {"add": ["nowhere"]}}, "labels"),
        ({"type": "Contact", "ids": [1], "action_name": "explode"}, "action_name"),
        ({"type": "Contact", "ids": [1]}, "labels"),
    ):
        answer = await jonas.post("/bulk_actions", json=given)
        assert (answer.status_code, answer.json().get("field")) == (422, field), (
            given if len(str(given)) < 500 else field,
            answer.text,
        )
    assert (await jonas.get("/conversations/1")).json()["status"] == "open"


async def test_contacts_are_labelled_and_deleted_in_bulk(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    wrote = (await jonas.get("/conversations/1")).json()["meta"]["sender"]["id"]
    made = await jonas.post("/contacts", json={"name": "Never wrote"})
    entered = made.json()["payload"]["contact"]["id"]
    given = {"type": "Contact", "ids": [wrote, entered, 10**9], "labels": {"add": ["vip"]}}
    assert (await jonas.post("/bulk_actions", json=given)).json()["refused"] == []
    for contact_id in (wrote, entered):
        labels = await jonas.get(f"/contacts/{contact_id}/labels")
        assert labels.json() == {"payload": ["vip"]}
    both = {"type": "Contact", "ids": [wrote, entered]}
    await asyncio.gather(
        jonas.post("/bulk_actions", json=both | {"labels": {"add": ["refund"]}}),
        maya.post("/bulk_actions", json=both | {"labels": {"add": ["baggage"]}}),
    )
    labels = await jonas.get(f"/contacts/{entered}/labels")
    assert labels.json() == {"payload": ["baggage", "refund", "vip"]}, "neither undoes the other"
    gone = {"type": "Contact", "ids": [wrote, entered], "action_name": "delete"}
    assert (await jonas.post("/bulk_actions", json=gone)).status_code == 403
    assert (await maya.post("/bulk_actions", json=gone)).json()["refused"] == []
    for contact_id in (wrote, entered):
        assert (await maya.get(f"/contacts/{contact_id}")).status_code == 404
    assert (await maya.get("/conversations/1")).status_code == 404


async def test_another_tenants_conversations_are_not_there(
    desk: Desk, halden: SmallDesk, northgate: SmallDesk, as_user: ClientOf
) -> None:
    await receive(desk, halden, said("Hello"))
    stranger = as_user(northgate, northgate.administrator)
    given = {"type": "Conversation", "ids": [1], "fields": {"status": "resolved"}}
    assert (await stranger.post("/bulk_actions", json=given)).json()["refused"] == []
    assert (await as_user(halden, halden.agent).get("/conversations/1")).json()["status"] == "open"
