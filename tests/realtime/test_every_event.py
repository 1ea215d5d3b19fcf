"""A day on the live line: every event name, its keys and types, who hears it and who does not."""

import json
from typing import Any

import httpx

from desk.events.contacts import ContactMerged
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.ids import ContactId
from tests.builders.accounts import SmallDesk
from tests.builders.websites import Website
from tests.inbox_service.cable_client import (
    CableClient,
    agent_on_the_line,
    identifier_of,
    on_the_line,
)
from tests.inbox_service.reacting import react
from tests.inbox_service.widget.visiting import Arrive, VisitorClient
from tests.realtime.own_process import SocketsProcess
from tests.realtime.pushes import OF_AGENTS, OF_CUSTOMERS, PERFORMER, faults

SECRET = "between-us-only"
THE_END = "The End"

Heard = list[dict[str, Any]]


async def all_until(client: CableClient, event: str, **data: object) -> Heard:
    """Everything said up to the event whose data holds this."""
    heard: Heard = []
    while True:
        said = await client.hear()
        if "message" in said:
            heard.append(said["message"])
            if (
                said["message"]["event"] == event
                and data.items() <= said["message"]["data"].items()
            ):
                return heard


def named(heard: Heard, event: str) -> Heard:
    return [one for one in heard if one["event"] == event]


async def a_day(
    desk: Desk,
    at: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    visitor: VisitorClient,
    other: VisitorClient,
) -> None:
    """Everything that clients are told of happens once."""
    where = "/conversations/1"
    await visitor.say("Where is my bag?")
    await react(desk, at, "notify_agents")
    await visitor.http.post("/conversations/toggle_typing", json={"typing_status": "on"})
    await visitor.http.post("/conversations/toggle_typing", json={"typing_status": "off"})
    for note in (True, False):
        typing = {"typing_status": "on", "is_private": note}
        await jonas.post(f"{where}/toggle_typing_status", json=typing)
    await jonas.post(f"{where}/toggle_typing_status", json={"typing_status": "off"})
    await jonas.post(f"{where}/update_last_seen")
    first = await jonas.post(f"{where}/messages", json={"content": "I look", "echo_id": "e1"})
    await react(desk, at, "notify_agents")
    mention = f"[@Maya](mention://user/{at.administrator}/Maya) {SECRET}"
    await jonas.post(f"{where}/messages", json={"content": mention, "private": True})
    await react(desk, at, "notify_agents")
    await maya.post(f"{where}/assignments", json={"assignee_id": at.agent})
    await maya.post(f"{where}/assignments", json={"team_id": at.team})
    await jonas.post(f"{where}/toggle_status", json={"status": "resolved"})
    await jonas.delete(f"{where}/messages/{first.json()['id']}")
    await react(desk, at, "notify_agents")
    (told,) = (await maya.get("/notifications")).json()["data"]["payload"]
    await maya.patch(f"/notifications/{told['id']}", json={})
    await react(desk, at, "notify_agents")
    await maya.delete(f"/notifications/{told['id']}")
    ids = []
    for name in ("Amara", "Amara again"):
        made = (await jonas.post("/contacts", json={"name": name})).json()["payload"]["contact"]
        ids.append(made["id"])
    await jonas.put(f"/contacts/{ids[0]}", json={"name": "Amara Okonkwo"})
    async with desk.transaction(at.account_id) as tx:
        merged = ContactMerged(ContactId(ids[0]), ContactId(ids[1] + 1_000_000), 0)
        tx.record(merged, by=Actor.user(at.agent))
    await maya.delete(f"/contacts/{ids[1]}")
    await visitor.http.patch("/contact/set_user", json={"identifier": "u-7", "name": "Amara"})
    await other.say("It is me again")
    await other.http.patch("/contact/set_user", json={"identifier": "u-7"})
    await jonas.post(f"{where}/messages", json={"content": "Until soon"})
    await maya.post("/labels", json={"title": "urgent"})
    await jonas.post("/contacts", json={"name": THE_END})
    await react(desk, at, "notify_agents")


async def test_every_event_says_what_chatwoots_says_and_only_to_whom_it_is_for(
    line: SocketsProcess,
    desk: Desk,
    halden: SmallDesk,
    northgate: SmallDesk,
    website: Website,
    arrive: Arrive,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
) -> None:
    visitor, other = await arrive(website), await arrive(website)
    own = identifier_of(pubsub_token=visitor.pubsub_token)
    async with (
        agent_on_the_line(line.url, desk, halden, halden.administrator) as of_maya,
        agent_on_the_line(line.url, desk, halden, halden.agent) as of_jonas,
        agent_on_the_line(line.url, desk, halden, halden.outsider) as of_priya,
        agent_on_the_line(line.url, desk, northgate, northgate.administrator) as elsewhere,
        on_the_line(line.url, own) as of_visitor,
    ):
        assert await of_visitor.subscribe() == "confirm_subscription"
        await a_day(desk, halden, maya, jonas, visitor, other)
        by_maya = await all_until(of_maya, "contact.created", name=THE_END)
        by_jonas = await all_until(of_jonas, "contact.created", name=THE_END)
        by_priya = await all_until(of_priya, "contact.created", name=THE_END)
        by_visitor = await all_until(of_visitor, "message.created", content="Until soon")
        await elsewhere.command("message", action="resume")
        by_northgate = await all_until(elsewhere, "line.resumed")

    _compare(by_maya + by_jonas, OF_AGENTS)
    _compare(by_visitor, OF_CUSTOMERS)
    _performers_are_named(by_maya, halden)
    _changes_are_told(by_maya)
    _private_stays_private(by_visitor)
    # Typing is not told to the typist, notifications and mentions to nobody but their reader.
    assert {one["data"]["is_private"] for one in named(by_maya, "conversation.typing_on")} == {
        True,
        False,
    }
    assert {one["data"]["user"]["type"] for one in named(by_jonas, "conversation.typing_on")} == {
        "contact"
    }
    for event in ("conversation.mentioned", "notification.deleted"):
        assert named(by_maya, event)
        assert not named(by_jonas, event)
    # An agent of no inbox hears of contacts and lists; another tenant of nothing.
    assert {one["event"] for one in by_priya} == {
        "account.cache_invalidated",
        "contact.created",
        "contact.deleted",
        "contact.merged",
        "contact.updated",
        "presence.update",
    }
    own_lists = {"line.resumed", "presence.update", "account.cache_invalidated"}
    assert {one["event"] for one in by_northgate} <= own_lists
    assert all(one["data"]["account_id"] == northgate.account_id for one in by_northgate)


def _compare(heard: Heard, wanted: dict[str, dict[str, Any]]) -> None:
    missing = sorted(set(wanted) - {one["event"] for one in heard})
    assert not missing, f"never heard: {missing}"
    wrong = {
        one["event"]: found
        for one in heard
        if (found := faults(one["data"], wanted.get(one["event"], {"account_id": int})))
    }
    assert not wrong


def _performers_are_named(heard: Heard, at: SmallDesk) -> None:
    caused = {
        "first.reply.created": at.agent,
        "assignee.changed": at.administrator,
        "conversation.read": at.agent,
        "contact.merged": at.agent,
        "contact.deleted": at.administrator,
        "account.cache_invalidated": at.administrator,
        "notification.deleted": at.administrator,
    }
    for event, user_id in caused.items():
        performer = named(heard, event)[-1]["data"]["performer"]
        assert not faults(performer, PERFORMER), event
        assert performer["id"] == user_id, event
    assert "performer" not in named(heard, "conversation.created")[0]["data"]


def _changes_are_told(heard: Heard) -> None:
    (deleted,) = [
        one["data"]
        for one in named(heard, "message.updated")
        if "content" in one["data"]["previous_changes"]
    ]
    before, after = deleted["previous_changes"]["content"]
    assert (before, after) == (None, deleted["content"])
    first = named(heard, "first.reply.created")[0]["data"]
    assert first["echo_id"] == "e1"
    keys = named(heard, "account.cache_invalidated")[-1]["data"]["cache_keys"]
    assert len({keys["label"], keys["inbox"], keys["team"]}) == 3


def _private_stays_private(heard: Heard) -> None:
    told = json.dumps(heard)
    for hidden in (SECRET, "desk.example", "Baggage", '"is_private": true'):
        assert hidden not in told, hidden
    assert len(named(heard, "conversation.typing_on")) == 1
    assert all(one["data"]["message_type"] != 2 for one in named(heard, "message.created"))
