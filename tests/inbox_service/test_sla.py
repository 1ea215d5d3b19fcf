"""SLA policies, what was missed, and what is about to be, as clients ask for them."""

from datetime import timedelta
from typing import Any

import httpx

from desk.actions.assign_conversation import assign_conversation
from desk.clock import FixedClock
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.ids import ConversationId, UserId
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf
from tests.settle import settle

GOLD = {
    "name": "=Gold",
    "description": "For those who pay",
    "first_response_time_threshold": 600,
    "next_response_time_threshold": "1200",
    "resolution_time_threshold": 7200.5,
    "only_during_business_hours": True,
}


async def test_administrators_say_what_is_promised(
    maya: httpx.AsyncClient, jonas: httpx.AsyncClient, as_user: ClientOf, northgate: SmallDesk
) -> None:
    assert (await jonas.post("/sla_policies", json=GOLD)).status_code == 403
    answer = await maya.post("/sla_policies", json=GOLD | {"colour": "yellow"})
    assert answer.status_code == 200, answer.text
    gold = answer.json()["payload"]
    expected = GOLD | {"next_response_time_threshold": 1200, "id": gold["id"]}
    assert gold == expected
    assert (await jonas.get("/sla_policies")).json() == {"payload": [gold]}
    here = f"/sla_policies/{gold['id']}"
    stranger = as_user(northgate, northgate.administrator)
    for ask in (stranger.get(here), stranger.delete(here), stranger.patch(here, json={})):
        assert (await ask).status_code == 404
    for field, wrong in (
        ("name", " "),
        ("name", "x" * 256),
        ("description", "x" * 2001),
        ("first_response_time_threshold", 0),
        ("next_response_time_threshold", -5),
        ("resolution_time_threshold", 10**9),
        ("first_response_time_threshold", "soon"),
    ):
        refused = await maya.patch(here, json={field: wrong})
        assert (refused.status_code, refused.json()["field"]) == (422, field)
    changed = await maya.put(here, json={"name": "Silver", "resolution_time_threshold": None})
    assert changed.json()["payload"]["resolution_time_threshold"] is None
    assert (await maya.get(here)).json()["payload"]["name"] == "Silver"
    assert (await maya.delete(here)).status_code == 200
    assert (await maya.get(here)).status_code == 404
    assert (await maya.get("/sla_policies")).json() == {"payload": []}


async def test_what_was_missed_is_shown_told_listed_counted_and_saved(
    desk: Desk,
    halden: SmallDesk,
    clock: FixedClock,
    service_clock: FixedClock,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
    service_url: str,
) -> None:
    start = service_clock.now()
    clock.set(start - timedelta(minutes=25))
    for sender in ("2348035550191", "2348035550192"):
        await receive(desk, halden, said("Where is my bag?", sender=sender))
    await settle(desk, halden.account_id)
    given = GOLD | {"only_during_business_hours": False, "next_response_time_threshold": None}
    gold: int = (await maya.post("/sla_policies", json=given)).json()["payload"]["id"]
    silver: int = (await maya.post("/sla_policies", json={"name": "Silver"})).json()["payload"][
        "id"
    ]

    nowhere = await jonas.patch("/conversations/1", json={"sla_policy_id": 10**9})
    assert (nowhere.status_code, nowhere.json()["field"]) == (422, "sla_policy_id")
    bare = (await jonas.get("/conversations/1")).json()
    assert (bare["sla_policy_id"], bare["applied_sla"], bare["sla_events"]) == (None, {}, [])
    shown = (await jonas.patch("/conversations/1", json={"sla_policy_id": gold})).json()
    assert shown["sla_policy_id"] == gold
    assert shown["applied_sla"]["sla_status"] == "active_with_misses"
    assert shown["applied_sla"]["sla_name"] == "=Gold"
    assert [one["event_type"] for one in shown["sla_events"]] == ["frt"]
    for other in (silver, None):
        refused = await jonas.patch("/conversations/1", json={"sla_policy_id": other})
        assert (refused.status_code, refused.json()["field"]) == (422, "sla_policy_id")
    await jonas.patch("/conversations/2", json={"sla_policy_id": silver})

    await _assign(desk, halden, halden.agent)
    await settle(desk, halden.account_id)
    assert await _told(maya) == ["sla_missed_first_response"]
    assert "sla_missed_first_response" not in await _told(priya)
    clock.set(start + timedelta(hours=3))
    await settle(desk, halden.account_id)
    assert (await _told(maya))[0] == "sla_missed_resolution"
    assert (await _told(jonas))[0] == "sla_missed_resolution"
    assert await _told(priya) == []

    page = (await maya.get("/applied_slas")).json()
    assert page["meta"] == {"count": 1, "current_page": 1}
    (one,) = page["payload"]
    assert one["conversation"]["id"] == 1
    assert one["conversation"]["assignee"]["id"] == halden.agent
    assert one["conversation"]["contact"]["name"] == "Amara Okonkwo"
    assert [event["event_type"] for event in one["sla_events"]] == ["frt", "rt"]
    assert one["applied_sla"]["sla_id"] == gold
    assert (await maya.get("/applied_slas/metrics")).json() == {
        "total_applied_slas": 2,
        "number_of_sla_misses": 1,
        "hit_rate": "50.00%",
    }
    for query, misses in (
        (f"sla_policy_id={gold}", 1),
        (f"sla_policy_id={silver}", 0),
        (f"inbox_id={halden.inbox}", 1),
        (f"team_id={halden.team}", 0),
        (f"assigned_agent_id={halden.agent}", 1),
        ("label_list=vip", 0),
        ("until=1000000", 0),
    ):
        counted = (await maya.get(f"/applied_slas/metrics?{query}")).json()
        assert counted["number_of_sla_misses"] == misses, query
        assert (counted["hit_rate"] == "100%") is (misses == 0)
        assert len((await maya.get(f"/applied_slas?{query}")).json()["payload"]) == misses
    for wrong in ("since=never", "label_list=%00", "inbox_id=abc", f"team_id={10**30}", "page=0"):
        assert (await maya.get(f"/applied_slas?{wrong}")).status_code == 422, wrong
    assert (await maya.get(f"/sla_policies/{10**30}")).status_code in (404, 422)
    file = await maya.get("/applied_slas/download")
    assert "breached_conversation.csv" in file.headers["content-disposition"]
    header, row = file.text.splitlines()
    assert header.startswith("Conversation ID,SLA Policy,Assignee,Team,Inbox,Labels,Link,Breached")
    assert row.startswith("1,'=Gold,Jonas,,WhatsApp,,")
    assert row.endswith('"frt, rt"')
    for path in ("", "/metrics", "/download"):
        assert (await jonas.get(f"/applied_slas{path}")).status_code == 403

    live = f"{service_url}/api/v2/accounts/{halden.account_id}/live_reports/sla"
    assert (await maya.get(live)).json() == {"breaching_soon": 0, "missed_open": 1}
    clock.set(start - timedelta(minutes=5))
    await receive(desk, halden, said("And mine?", sender="2348035550193"))
    await jonas.patch("/conversations/3", json={"sla_policy_id": gold})
    assert (await maya.get(live)).json() == {"breaching_soon": 1, "missed_open": 1}
    assert (await jonas.get(live)).status_code == 403


async def _told(client: httpx.AsyncClient) -> list[str]:
    rows: list[dict[str, Any]] = (await client.get("/notifications")).json()["data"]["payload"]
    return [row["notification_type"] for row in rows if row["notification_type"].startswith("sla")]


async def _assign(desk: Desk, at: SmallDesk, agent: UserId) -> None:
    async with desk.transaction(at.account_id) as tx:
        row = await tx.one(
            "select id from conversations where account_id = %s and display_id = 1",
            [at.account_id],
        )
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await assign_conversation(tx, conversation, agent, by=Actor.system())
