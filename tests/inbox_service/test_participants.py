"""Who takes part in a conversation, and what is done to it now and then."""

from typing import Any

import httpx

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.mail import mail_inbox
from tests.builders.messages import receive, said
from tests.inbox_service.partners import make_inbox
from tests.inbox_service.test_public_api import Client

HERE = "/conversations/1/participants"


async def test_participants_are_called_in_replaced_and_let_go(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
) -> None:
    await receive(desk, halden, said("Hello"))

    async def names() -> list[str]:
        return [one["name"] for one in (await jonas.get(HERE)).json()]

    assert await names() == []
    added = await jonas.post(HERE, json={"user_ids": [str(halden.administrator), halden.agent]})
    assert [one["name"] for one in added.json()] == ["Jonas", "Maya"]
    assert (await jonas.delete(HERE, params={})).status_code == 422
    kept = await jonas.patch(HERE, json={"user_ids": [halden.agent]})
    assert [one["name"] for one in kept.json()] == ["Jonas"]
    left = await jonas.request("DELETE", HERE, json={"user_ids": [halden.agent, 10**9]})
    assert left.status_code == 200
    assert await names() == []
    stranger = await jonas.post(HERE, json={"user_ids": [halden.outsider]})
    assert (stranger.status_code, stranger.json()["field"]) == (422, "user_ids")
    assert (await priya.get(HERE)).status_code == 404
    async with desk.transaction(halden.account_id) as tx:
        facts = await tx.all(
            "select fact from events where name = 'conversation_participants_changed' order by id"
        )
    assert [(len(row["fact"]["joined"]), len(row["fact"]["left"])) for row in facts] == [
        (2, 0),
        (0, 1),
        (0, 1),
    ]


async def test_a_muted_conversation_is_resolved_and_its_contact_blocked(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    muted = (await jonas.post("/conversations/1/mute")).json()
    assert (muted["muted"], muted["status"]) == (True, "resolved")
    assert (await jonas.post("/conversations/1/mute")).json()["muted"] is True
    await receive(desk, halden, said("Hello again"))
    assert (await jonas.get("/conversations/1")).json()["status"] == "resolved"
    unmuted = (await jonas.post("/conversations/1/unmute")).json()
    assert (unmuted["muted"], unmuted["status"]) == (False, "resolved")
    thread = (await jonas.get("/conversations/1/messages")).json()["payload"]
    lines = [m["content"] for m in thread if m["message_type"] == 2]
    assert lines.count("Jonas muted the conversation") == 1
    assert lines[-1] == "Jonas unmuted the conversation"


async def test_a_conversation_is_mailed_from_a_mail_inbox_of_the_account(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    asked = {"email": "amara@okonkwo.example"}
    nowhere = await jonas.post("/conversations/1/transcript", json=asked)
    assert (nowhere.status_code, nowhere.json()["error"]) == (422, "no_mail_inbox")
    inbox = await mail_inbox(desk, halden)
    wrong = await jonas.post("/conversations/1/transcript", json={"email": "a@b\r\nBcc: c@d"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "email")
    answer = await jonas.post("/conversations/1/transcript", json=asked)
    assert answer.status_code == 200
    async with desk.transaction(halden.account_id) as tx:
        (job,) = await tx.all("select payload from jobs where kind = 'send_transcript'")
        assert (job["payload"]["inbox_id"], job["payload"]["to"]) == (inbox.id, asked["email"])
        await tx.execute(
            """insert into jobs (account_id, kind, key, payload, due_at, created_at, done_at)
               select %s, 'send_transcript', n::text, '{}', %s, %s, %s
               from generate_series(2, 1000) n""",
            [halden.account_id, tx.now, tx.now, tx.now],
        )
    many = [{"action_name": "send_email_transcript", "action_params": [asked["email"]]}]
    macro = (await jonas.post("/macros", json={"name": "To all", "actions": many})).json()
    run = f"/macros/{macro['payload']['id']}/execute"
    assert (await jonas.post(run, json={"conversation_ids": [1]})).status_code == 200
    answer = await jonas.post("/conversations/1/transcript", json=asked)
    assert (answer.status_code, answer.json()["error"]) == (429, "too_many_transcripts")
    async with desk.transaction(halden.account_id) as tx:
        (ran,) = await tx.all("select actions from macro_runs")
        (left,) = await tx.all(
            "select count(*) as n from jobs where kind = 'send_transcript' and done_at is null"
        )
    assert (ran["actions"][0]["ending"], left["n"]) == ("failed", 1)


async def test_a_conversation_is_deleted_by_administrators_only(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    await jonas.post("/conversations/1/messages", json={"content": "Hi"})
    assert (await jonas.delete("/conversations/1")).status_code == 403
    assert (await maya.delete("/conversations/1")).status_code == 200
    assert (await maya.delete("/conversations/1")).status_code == 404
    async with desk.transaction(halden.account_id) as tx:
        assert await tx.all("select from messages") == []
        assert len(await tx.all("select from events where name = 'conversation_deleted'")) == 1


async def test_files_and_unread_conversations_are_counted(
    desk: Desk,
    halden: SmallDesk,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
) -> None:
    await receive(desk, halden, *[said("Hello", sender=f"47{n}") for n in range(2)])
    await jonas.post("/conversations/1/labels", json={"labels": ["vip"]})
    await jonas.post("/conversations/1/assignments", json={"team_id": halden.team})
    counts = (await jonas.get("/conversations/unread_counts")).json()["payload"]
    assert counts == {
        "all_count": 2,
        "inboxes": {str(halden.inbox): 2},
        "labels": {"vip": 1},
        "teams": {str(halden.team): 1},
    }
    await jonas.post("/conversations/1/update_last_seen")
    assert (await jonas.get("/conversations/unread_counts")).json()["payload"]["all_count"] == 1
    assert (await priya.get("/conversations/unread_counts")).json()["payload"]["all_count"] == 0
    picture = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"p" * 100
    for name in ("one.png", "two.png"):
        sent = await jonas.post(
            "/conversations/1/messages", files=[("attachments[]", (name, picture, "image/png"))]
        )
        assert sent.status_code == 200, sent.text
    files = (await jonas.get("/conversations/1/attachments")).json()
    assert files["meta"] == {"total_count": 2}
    assert [one["file_name"] for one in files["payload"]] == ["two.png", "one.png"]
    assert files["payload"][0]["sender"]["name"] == "Jonas"
    beyond = await jonas.get("/conversations/1/attachments", params={"page": 2})
    assert beyond.json()["payload"] == []


async def test_who_may_be_given_an_inboxes_conversations(
    halden: SmallDesk, jonas: httpx.AsyncClient, priya: httpx.AsyncClient
) -> None:
    where = f"/inboxes/{halden.inbox}/assignable_agents"
    agents = (await jonas.get(where)).json()["payload"]
    assert [one["name"] for one in agents] == ["Jonas", "Maya"]
    named = await jonas.get("/assignable_agents", params={"inbox_ids[]": halden.inbox})
    assert named.json()["payload"] == agents
    assert (await priya.get(where)).status_code == 404


async def test_a_program_says_how_far_its_inboxes_messages_got(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    anybody: httpx.AsyncClient,
) -> None:
    client = Client(anybody, await make_inbox(maya, type="api"))
    contact = await client.contact(name="Amara Okonkwo")
    conversation = await client.conversation(contact)
    thread = f"/conversations/{conversation['id']}/messages"
    reply = (await maya.post(thread, json={"content": "From May on."})).json()

    async def report(path: str, **given: Any) -> tuple[int, Any]:
        answer = await maya.patch(path, json=given)
        return answer.status_code, answer.json()

    here = f"{thread}/{reply['id']}"
    code, shown = await report(here, status="failed", external_error="no such number")
    assert (code, shown["status"]) == (200, "failed")
    assert shown["content_attributes"]["external_error"] == "no such number"
    code, shown = await report(f"/messages/{reply['id']}", status="read")
    assert (code, shown["status"], shown["content_attributes"]) == (200, "read", {})
    assert (await report(here, status="delivered"))[1]["status"] == "read"
    assert (await report(here, status="eaten"))[1]["field"] == "status"
    assert (await report(here))[0] == 422
    code, shown = await report(f"/messages/{reply['id']}", content="From June on.")
    assert (code, shown["content"]) == (200, "From June on.")
    assert (
        await jonas.patch(f"/messages/{reply['id']}", json={"status": "read"})
    ).status_code == 404
    gone = await maya.delete(f"/messages/{reply['id']}")
    assert gone.json()["content_attributes"] == {"deleted": True}
    assert (await maya.delete("/messages/999999999")).status_code == 404
    await receive(desk, halden, said("Hello"))
    number = (await jonas.get("/conversations")).json()["data"]["payload"][0]["id"]
    at_whatsapp = (
        await jonas.post(f"/conversations/{number}/messages", json={"content": "Hi"})
    ).json()["id"]
    assert (await report(f"/messages/{at_whatsapp}", status="read"))[0] == 403
    assert (await report(f"/messages/{at_whatsapp}", content="Ho"))[0] == 409
    note = {"content": "Careful", "private": True}
    mine = (await jonas.post(f"/conversations/{number}/messages", json=note)).json()["id"]
    assert (await jonas.patch(f"/messages/{mine}", json={"content": "Take care"})).json()[
        "content"
    ] == "Take care"
    theirs = (await maya.post(f"/conversations/{number}/messages", json=note)).json()["id"]
    assert (await jonas.patch(f"/messages/{theirs}", json={"content": "X"})).status_code == 403


async def test_pages_of_other_programs_are_an_administrators_to_choose(
    halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    frames = [{"type": "frame", "url": "https://orders.example/of"}]
    given = {"title": "Orders", "content": frames}
    assert (await jonas.post("/dashboard_apps", json=given)).status_code == 403
    made = (await maya.post("/dashboard_apps", json=given)).json()
    assert (made["title"], made["content"]) == ("Orders", frames)
    assert [one["id"] for one in (await jonas.get("/dashboard_apps")).json()] == [made["id"]]
    here = f"/dashboard_apps/{made['id']}"
    assert (await maya.patch(here, json={"title": "Bags"})).json()["title"] == "Bags"
    for wrong, field in (
        ({"title": ""}, "title"),
        ({"content": []}, "content"),
        ({"content": [{"type": "frame", "url": "javascript:alert(1)"}]}, "content[0].url"),
        ({"content": [{"type": "script"}]}, "content[0]"),
    ):
        answer = await maya.put(here, json=wrong)
        assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert (await maya.delete(here)).status_code == 200
    assert (await jonas.get(here)).status_code == 404
