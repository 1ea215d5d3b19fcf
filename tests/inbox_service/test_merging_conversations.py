"""Two conversations turn out to be one: an agent merges them, and the customer writes on."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.channels import InboundMessage
from desk.words.ids import MessageId, UserId
from ingest.channel_contract import OutgoingMessage
from streams.jobs.letters import as_letter
from streams.jobs.workshop import Workshop
from tests.builders.accounts import SmallDesk
from tests.builders.mail import mail_inbox
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf
from tests.inbox_service.partners import make_inbox
from tests.inbox_service.reacting import react

TALLIES = """
with told as (
    select status, inbox_id, assignee_id, team_id, label_id, sum(n) as n
    from conversation_tallies group by 1, 2, 3, 4, 5 having sum(n) <> 0),
truth as (
    select status, inbox_id, assignee_id, team_id, label_id, count(*) as n
    from (select c.*, unnest(array_prepend(null, label_ids)) as label_id from conversations c) c
    group by 1, 2, 3, 4, 5)
select count(*) as n from ((table told except table truth) union all
                           (table truth except table told)) differing"""


async def begun(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/conversations", json=fields)
    assert answer.status_code == 200, answer.text
    conversation: dict[str, Any] = answer.json()
    return conversation


async def shown(client: httpx.AsyncClient, number: int) -> dict[str, Any]:
    conversation: dict[str, Any] = (await client.get(f"/conversations/{number}")).json()
    return conversation


async def merge(client: httpx.AsyncClient, number: int, into: object) -> httpx.Response:
    return await client.post(f"/conversations/{number}/merge", json={"into": into})


async def refused(client: httpx.AsyncClient, number: int, into: int) -> str:
    answer = await merge(client, number, into)
    assert answer.status_code == 422, answer.text
    sentence: str = answer.json()["message"]
    return sentence


async def rows(desk: Desk, at: SmallDesk, sql: str) -> list[dict[str, Any]]:
    async with desk.transaction(at.account_id) as tx:
        return await tx.all(sql)


async def where_it_went(desk: Desk, at: SmallDesk, content: str) -> int:
    (row,) = await rows(
        desk,
        at,
        f"""select c.display_id from messages m join conversations c on c.id = m.conversation_id
            where m.content = '{content}'""",
    )
    return int(row["display_id"])


async def promised(maya: httpx.AsyncClient, number: int) -> None:
    policy = {"name": "Gold", "first_response_time_threshold": 3600}
    made = (await maya.post("/sla_policies", json=policy)).json()
    policy_id = (made.get("payload") or made)["id"]
    given = await maya.patch(f"/conversations/{number}", json={"sla_policy_id": policy_id})
    assert given.status_code == 200, given.text


async def test_the_survivor_takes_all_over_and_nothing_goes_to_the_absorbed_one_any_more(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    await maya.post("/webhooks", json={"url": "https://hooks.example/streamdesk"})
    rule = {
        "name": "Thanks",
        "event_name": "conversation_resolved",
        "conditions": [
            {"attribute_key": "status", "filter_operator": "equal_to", "values": ["resolved"]}
        ],
        "actions": [{"action_name": "add_label", "action_params": ["refund"]}],
    }
    assert (await maya.post("/automation_rules", json=rule)).status_code == 200
    await receive(desk, halden, said("Where is my bag?"))
    contact = (await shown(jonas, 1))["meta"]["sender"]["id"]
    first = {"labels": ["baggage"]}
    await jonas.post("/conversations/1/labels", json=first)
    await jonas.post("/conversations/1/toggle_priority", json={"priority": "high"})
    await jonas.post("/conversations/1/assignments", json={"assignee_id": halden.agent})
    await maya.post("/conversations/1/participants", json={"user_ids": [halden.agent]})
    await promised(maya, 1)
    waiting_since = (await shown(jonas, 1))["waiting_since"]
    second = await begun(jonas, inbox_id=halden.inbox, contact_id=contact, status="snoozed",
                         snoozed_until=1_900_000_000)  # fmt: skip
    await jonas.post(f"/conversations/{second['id']}/labels", json={"labels": ["vip"]})
    await react(desk, halden)

    answer = await merge(jonas, 1, "2")
    assert answer.status_code == 200, answer.text
    survivor = answer.json()
    assert (survivor["id"], survivor["merged_into"], survivor["status"]) == (2, None, "open")
    assert (survivor["labels"], survivor["priority"]) == (["baggage", "vip"], "high")
    assert (survivor["waiting_since"], survivor["unread_count"]) == (waiting_since, 1)
    assert survivor["created_at"] == second["created_at"]
    people = (await jonas.get("/conversations/2/participants")).json()
    assert [one["id"] for one in people] == [halden.agent]
    absorbed = await shown(jonas, 1)
    assert (absorbed["merged_into"], absorbed["status"]) == (2, "resolved")
    assert (absorbed["waiting_since"], absorbed["unread_count"]) == (0, 0)
    assert absorbed["meta"]["assignee"]["id"] == halden.agent
    lines = await rows(desk, halden, "select content from messages where message_type = 2")
    assert {row["content"] for row in lines} >= {
        "Conversation #1 was merged into this one by Jonas",
        "The conversation was merged into #2 by Jonas",
    }
    jobs = "select kind from jobs where kind in ('watch_sla', 'wake_conversation')"
    assert await rows(desk, halden, jobs) == []
    assert (await maya.get("/applied_slas/metrics")).json()["total_applied_slas"] == 0
    told = await rows(
        desk,
        halden,
        """select fact::json ->> 'status_was' as status_was, fact::json ->> 'assignee_id' as agent
           from events e join conversations c on c.id = e.conversation_id
           where c.display_id = 1 and e.name = 'conversation_merged'""",
    )
    assert told == [{"status_was": "0", "agent": str(int(halden.agent))}]
    closings = """select 1 from events e join conversations c on c.id = e.conversation_id
        where c.display_id = 1 and e.name = 'conversation_status_changed'"""
    assert await rows(desk, halden, closings) == []
    assert (await rows(desk, halden, TALLIES))[0]["n"] == 0

    await react(desk, halden)
    assert await rows(desk, halden, "select id from automation_runs") == []
    deliveries = await rows(
        desk, halden, "select body from webhook_deliveries where event = 'conversation_updated'"
    )
    told_outside = [json.loads(row["body"]) for row in deliveries]
    changes = [one for body in told_outside for one in body["changed_attributes"]]
    assert {"merged_into": {"previous_value": None, "current_value": 2}} in changes
    assert {"status": {"previous_value": "open", "current_value": "resolved"}} in changes

    await receive(desk, halden, said("It is blue"))
    assert await where_it_went(desk, halden, "It is blue") == 2
    for call, body in (
        ("messages", {"content": "Hello"}),
        ("messages", {"content": "A note", "private": True}),
        ("toggle_status", {"status": "open"}),
        ("toggle_priority", {"priority": "low"}),
        ("assignments", {"assignee_id": halden.agent}),
        ("labels", {"labels": []}),
        ("unread", {}),
        ("mute", {}),
    ):
        no = await jonas.post(f"/conversations/1/{call}", json=body)
        assert no.status_code == 422, (call, no.text)
        assert "was merged into #2" in no.json()["message"]
    assert (await jonas.post("/conversations/1/update_last_seen")).status_code == 200
    bulk = {"type": "Conversation", "ids": [1, 2], "fields": {"status": "resolved"}}
    (report,) = (await jonas.post("/bulk_actions", json=bulk)).json()["refused"]
    assert (report["id"], "was merged into #2" in report["message"]) == (1, True)
    assert (await shown(jonas, 2))["status"] == "resolved"

    # What goes on is opened again by what is not over, and whoever was merged before follows.
    third = await begun(jonas, inbox_id=halden.inbox, contact_id=contact)
    assert (await merge(jonas, 2, third["id"])).json()["status"] == "open"
    assert (await shown(jonas, 1))["merged_into"] == third["id"]
    await receive(desk, halden, said("Found it"))
    assert await where_it_went(desk, halden, "Found it") == third["id"]
    assert (await rows(desk, halden, TALLIES))[0]["n"] == 0
    assert (await maya.delete(f"/conversations/{third['id']}")).status_code == 200
    for number in (1, 2, third["id"]):
        assert (await jonas.get(f"/conversations/{number}")).status_code == 404


async def test_what_does_not_belong_together_is_not_merged(
    desk: Desk,
    halden: SmallDesk,
    northgate: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
    as_user: ClientOf,
) -> None:
    await receive(desk, halden, said("One"), said("Other", sender="4790000001", name="Ola"))
    await receive(desk, northgate, said("Elsewhere"))
    contact = (await shown(jonas, 1))["meta"]["sender"]["id"]
    third = await begun(jonas, inbox_id=halden.inbox, contact_id=contact)
    inbox = await make_inbox(maya, type="api")
    fourth = await begun(maya, inbox_id=inbox["id"], contact_id=contact)
    assert "into itself" in await refused(jonas, 1, 1)
    assert "another contact" in await refused(jonas, 1, 2)
    assert "another inbox" in await refused(maya, 1, fourth["id"])
    for client, unseen in ((jonas, fourth["id"]), (jonas, 999), (jonas, 2**62)):
        no = await merge(client, 1, unseen)
        assert (no.status_code, no.json()["field"]) == (422, "into"), no.text
    assert (await jonas.post("/conversations/1/merge", json={})).status_code == 422
    for client in (priya, as_user(northgate, UserId(northgate.administrator))):
        assert (await merge(client, third["id"], 1)).status_code in (404, 422)
    assert (await merge(priya, 1, third["id"])).status_code == 404
    (await merge(jonas, third["id"], 1)).raise_for_status()
    assert "was merged into #1" in await refused(jonas, third["id"], 1)
    assert "was merged into #1" in await refused(jonas, 1, third["id"])


async def test_a_customers_own_client_goes_on_under_the_number_it_knows(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    inbox = await make_inbox(maya, type="api")
    root = f"/public/api/v1/inboxes/{inbox['inbox_identifier']}/contacts"
    contact = (await anybody.post(root, json={"name": "Amara"})).json()
    theirs = f"{root}/{contact['source_id']}/conversations"
    one, two = [(await anybody.post(theirs, json={})).json()["id"] for _ in range(2)]
    before = {"content": "Hello", "source_id": "said-1"}
    assert (await anybody.post(f"{theirs}/{two}/messages", json=before)).status_code == 200
    (await merge(maya, two, one)).raise_for_status()
    for said_again in (before, {"content": "Anybody there?", "source_id": "said-2"}):
        answer = await anybody.post(f"{theirs}/{two}/messages", json=said_again)
        assert answer.status_code == 200, answer.text
    assert await where_it_went(desk, halden, "Anybody there?") == one
    read = (await anybody.get(f"{theirs}/{one}/messages")).json()
    assert [message["content"] for message in read] == ["Hello", "Anybody there?"]
    written = {"content": "From the till", "message_type": "incoming"}
    assert (await maya.post(f"/conversations/{two}/messages", json=written)).status_code == 200
    assert await where_it_went(desk, halden, "From the till") == one
    assert (await anybody.post(f"{theirs}/{two}/toggle_status")).json()["id"] == one
    assert (await shown(maya, one))["status"] == "resolved"


async def test_a_mail_that_answers_the_absorbed_thread_joins_the_survivor_and_is_answered_there(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, tmp_path: Path
) -> None:
    door = replace(halden, inbox=(await mail_inbox(desk, halden)).id)

    def mail(who: str, mail_id: str, *follows: str) -> InboundMessage:
        return InboundMessage(
            mail_id, who, f"by {mail_id}", sender_name=who, sender_email=who, follows=follows
        )

    await receive(desk, door, mail("ada@x.example", "<a@x>"))
    await receive(desk, door, mail("ben@x.example", "<b@x>"))
    survivor, absorbed = [await where_it_went(desk, halden, f"by <{one}@x>") for one in "ab"]
    (await merge(maya, absorbed, survivor)).raise_for_status()
    reply = await maya.post(f"/conversations/{survivor}/messages", json={"content": "Hello Ben"})
    async with httpx.AsyncClient() as http:
        work = Workshop(desk, FileStore(tmp_path.as_uri()), http, Counters())
        sent = OutgoingMessage(MessageId(reply.json()["id"]), "ada@x.example", "Hello Ben")
        letter = await as_letter(work, halden.account_id, sent)
    assert letter.in_reply_to == "<b@x>"
    await receive(desk, door, mail("ben@x.example", "<c@x>", "<b@x>"))
    await receive(desk, door, mail("ben@x.example", "<d@x>", "<unknown@x>", "<c@x>"))
    for mail_id in ("<c@x>", "<d@x>"):
        assert await where_it_went(desk, halden, f"by {mail_id}") == survivor
    await receive(desk, door, mail("ben@x.example", "<e@x>"))
    assert await where_it_went(desk, halden, "by <e@x>") not in (absorbed, survivor)
