"""Macros: made, shared, run in the name of whoever runs them, by the actions rules take."""

from typing import Any

import httpx

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf
from tests.inbox_service.partners import simulators
from tests.settle import settle


def macro(*actions: tuple[str, list[Any]], **more: Any) -> dict[str, Any]:
    named = [{"action_name": name, "action_params": params} for name, params in actions]
    return {"name": "Lost bag", "actions": named} | more


async def make(client: httpx.AsyncClient, given: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/macros", json=given)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()["payload"]
    return made


async def test_a_macro_is_run_in_the_name_of_whoever_runs_it(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, *[said("Hello", sender=f"47{n}") for n in range(2)])
    async with simulators() as programs:
        hook = f"{programs.base_url}".rstrip("/") + "/zapier/hooks/catch/1/abc"
        made = await make(
            jonas,
            macro(
                ("send_message", ["We are looking for it."]),
                ("add_private_note", ["Ask at the belt"]),
                ("assign_agent", ["self"]),
                ("assign_team", [halden.team]),
                ("add_label", ["baggage"]),
                ("change_priority", ["high"]),
                ("send_webhook_event", [hook]),
                ("change_status", ["pending"]),
            ),
        )
        assert (made["visibility"], made["created_by"]["id"]) == ("personal", halden.agent)
        run = {"conversation_ids": ["1", 1, 77]}
        answer = await jonas.post(f"/macros/{made['id']}/execute", json=run)
        assert (answer.status_code, answer.json()) == (200, {"queued": False})
        await settle(desk, halden.account_id)
        told = (await programs.get("/zapier/sent", params={"since": 0})).json()["items"]
    assert [one["request"]["event"] for one in told] == ["macro.executed"]
    shown = (await jonas.get("/conversations/1")).json()
    assert (shown["status"], shown["priority"], shown["labels"]) == ("pending", "high", ["baggage"])
    assert shown["meta"]["assignee"]["id"] == halden.agent
    assert shown["first_reply_created_at"] > 0
    thread = (await jonas.get("/conversations/1/messages")).json()["payload"]
    said_by_us = [m for m in thread if m["message_type"] == 1]
    assert [(m["content"], m["private"], m["sender"]["id"]) for m in said_by_us] == [
        ("We are looking for it.", False, halden.agent),
        ("Ask at the belt", True, halden.agent),
    ]
    assert "Jonas took the conversation" in [m["content"] for m in thread]
    assert "Jonas sent a webhook event" in [m["content"] for m in thread]
    assert (await jonas.get("/conversations/2")).json()["status"] == "open"
    async with desk.transaction(halden.account_id) as tx:
        (recorded,) = await tx.all("select user_id, conversation_id, actions from macro_runs")
        (fact,) = await tx.all(
            "select actor_kind, actor_id from events where name = 'macro_executed'"
        )
    assert recorded["user_id"] == halden.agent
    assert {one["ending"] for one in recorded["actions"]} == {"done"}
    assert (fact["actor_kind"], fact["actor_id"]) == ("user", halden.agent)


async def test_on_many_conversations_a_job_runs_it_once_on_each(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, *[said("Hello", sender=f"47{n:03}") for n in range(12)])
    made = await make(jonas, macro(("add_private_note", ["Seen"])))
    run = {"conversation_ids": list(range(1, 15))}
    answer = await jonas.post(f"/macros/{made['id']}/execute", json=run)
    assert answer.json() == {"queued": True}
    await settle(desk, halden.account_id)
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("update jobs set done_at = null where kind = 'run_macro'")
    await settle(desk, halden.account_id)
    async with desk.transaction(halden.account_id) as tx:
        notes = await tx.one("select count(*) as n from messages where content = 'Seen'")
    assert notes["n"] == 12


async def test_an_action_that_is_refused_does_not_keep_the_next_from_being_taken(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    # Priya works for the account, but not in this inbox.
    made = await make(
        maya, macro(("assign_agent", [halden.outsider]), ("resolve_conversation", []))
    )
    ran = await maya.post(f"/macros/{made['id']}/execute", json={"conversation_ids": [1]})
    (refused,) = ran.json()["refused"]
    assert (refused["conversation_id"], refused["action_name"]) == (1, "assign_agent")
    assert refused["detail"] == "The agent does not work in this conversation's inbox."
    shown = (await maya.get("/conversations/1")).json()
    assert (shown["status"], shown["meta"]["assignee"]) == ("resolved", None)
    async with desk.transaction(halden.account_id) as tx:
        (run,) = await tx.all("select actions from macro_runs")
    assert [one["ending"] for one in run["actions"]] == ["failed", "done"]


async def test_ones_own_and_everybodys(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
    northgate: SmallDesk,
    as_user: ClientOf,
) -> None:
    note = ("add_private_note", ["Seen"])
    own = await make(jonas, macro(note, name="Mine", visibility="global"))
    shared = await make(maya, macro(note, name="Ours", visibility="global"))
    secret = await make(maya, macro(note, name="Maya's"))
    assert own["visibility"] == "personal"

    async def names(client: httpx.AsyncClient) -> list[str]:
        return [one["name"] for one in (await client.get("/macros")).json()["payload"]]

    assert await names(jonas) == ["Mine", "Ours"]
    assert await names(priya) == ["Ours"]
    assert await names(as_user(northgate, northgate.administrator)) == []
    assert (await priya.get(f"/macros/{own['id']}")).status_code == 404
    assert (await jonas.get(f"/macros/{secret['id']}")).status_code == 404
    on = {"conversation_ids": [1]}
    assert (await priya.post(f"/macros/{own['id']}/execute", json=on)).status_code == 404
    assert (await jonas.patch(f"/macros/{shared['id']}", json={"name": "X"})).status_code == 403
    assert (await jonas.delete(f"/macros/{shared['id']}")).status_code == 403
    changed = await jonas.put(f"/macros/{own['id']}", json={"name": "Still mine"})
    assert changed.json()["payload"]["name"] == "Still mine"
    hidden = await maya.patch(f"/macros/{shared['id']}", json={"visibility": "personal"})
    assert hidden.json()["payload"]["visibility"] == "personal"
    assert await names(priya) == []
    assert (await jonas.delete(f"/macros/{own['id']}")).status_code == 200
    assert await names(jonas) == []
    async with desk.transaction(halden.account_id) as tx:
        facts = await tx.all("select name from events where name like 'macro%%' order by id")
    assert [row["name"] for row in facts] == [
        *["macro_created"] * 3,
        *["macro_updated"] * 2,
        "macro_deleted",
    ]


async def test_what_a_macro_cannot_do_is_refused_by_name(
    halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    for given, field in (
        (macro(), "actions"),
        (macro(("explode", [])), "actions[0].action_name"),
        (macro(("create_external_ticket", [{}])), "actions[0].action_name"),
        (macro(("send_message", [])), "actions[0].action_params"),
        (
            macro(("resolve_conversation", []), ("assign_team", [10**9])),
            "actions[1].action_params",
        ),
        (macro(("send_email_transcript", ["nobody"])), "actions[0].action_params"),
        (macro(("resolve_conversation", []), name=" "), "name"),
        (macro(("resolve_conversation", []), visibility="secret"), "visibility"),
    ):
        answer = await maya.post("/macros", json=given)
        assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text
