"""The visitor's live line: only their own conversation, and of it only what is for them."""

import json
from typing import Any

import httpx
import pytest

from desk.store.desk import Desk
from streams.feeding import feed_once
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.builders.websites import Website
from tests.inbox_service.cable_client import (
    CableClient,
    agent_on_the_line,
    identifier_of,
    on_the_line,
    visitor_token,
)
from tests.inbox_service.widget.visiting import Arrive, VisitorClient

SECRET = "between-us-only"


async def feed(desk: Desk) -> None:
    while await feed_once(desk):
        pass


async def everything_until(line: CableClient, content: str) -> list[dict[str, Any]]:
    """All frames up to the message with this text."""
    frames: list[dict[str, Any]] = []
    while True:
        said = await line.hear()
        if "message" in said:
            frames.append(said["message"])
            if frames[-1]["data"].get("content") == content:
                return frames


def line_of(service_url: str, visitor: VisitorClient) -> Any:
    return on_the_line(service_url, identifier_of(pubsub_token=visitor.pubsub_token))


async def test_a_reply_reaches_its_visitor_and_nobody_elses(
    service_url: str, desk: Desk, website: Website, arrive: Arrive, jonas: httpx.AsyncClient
) -> None:
    one, other = await arrive(website), await arrive(website)
    await one.say("Hello from one")
    await other.say("Hello from the other")
    await feed(desk)
    async with line_of(service_url, one) as mine, line_of(service_url, other) as theirs:
        assert await mine.subscribe() == await theirs.subscribe() == "confirm_subscription"
        await jonas.post("/conversations/1/messages", json={"content": "For one"})
        await jonas.post("/conversations/2/messages", json={"content": "For the other"})
        await feed(desk)
        heard = (await mine.event("message.created"))["data"]
        assert (heard["content"], heard["sender"]["name"]) == ("For one", "Jonas")
        frames = await everything_until(theirs, "For the other")
        assert "For one" not in json.dumps(frames)


async def test_nothing_of_a_private_note_ever_reaches_the_visitor(
    service_url: str,
    desk: Desk,
    halden: SmallDesk,
    website: Website,
    arrive: Arrive,
    jonas: httpx.AsyncClient,
    maya: httpx.AsyncClient,
) -> None:
    visitor = await arrive(website)
    await visitor.say("Hello")
    await feed(desk)
    where = "/conversations/1"
    async with line_of(service_url, visitor) as line:
        assert await line.subscribe() == "confirm_subscription"
        typing = f"{where}/toggle_typing_status"
        await jonas.post(typing, json={"typing_status": "on", "is_private": True})
        note = await jonas.post(
            f"{where}/messages", json={"content": SECRET, "private": True, "echo_id": SECRET}
        )
        await feed(desk)
        # The note is now the conversation's last message: every shape of it carries the note.
        await jonas.post(typing, json={"typing_status": "on"})
        await jonas.post(typing, json={"typing_status": "off"})
        await jonas.post(f"{where}/update_last_seen")
        await jonas.post(f"{where}/assignments", json={"assignee_id": halden.agent})
        await jonas.post(f"{where}/assignments", json={"team_id": halden.team})
        await jonas.post(f"{where}/labels", json={"labels": ["vip"]})
        await jonas.post(f"{where}/toggle_priority", json={"priority": "urgent"})
        attributes = {"custom_attributes": {"risk": SECRET}}
        await jonas.post(f"{where}/custom_attributes", json=attributes)
        contact = visitor.config["contact"]["id"]
        await jonas.put(f"/contacts/{contact}", json={"custom_attributes": {"score": SECRET}})
        await jonas.post(f"{where}/toggle_status", json={"status": "snoozed"})
        await jonas.post(f"{where}/toggle_status", json={"status": "resolved"})
        await jonas.post(f"{where}/toggle_status", json={"status": "open"})
        await jonas.delete(f"{where}/messages/{note.json()['id']}")
        await feed(desk)
        await line.command("message", action="resume", after=0)
        await line.command("message", action="update_presence")
        await jonas.post(f"{where}/messages", json={"content": "All for you"})
        await feed(desk)
        frames = await everything_until(line, "All for you")
    told = json.dumps(frames)
    for hidden in (SECRET, "vip", "urgent", "Baggage", "snoozed", "desk.example", 'private": true'):
        assert hidden not in told, hidden
    names = [frame["event"] for frame in frames]
    assert set(names) == {
        "presence.update",
        "conversation.typing_on",
        "conversation.typing_off",
        "conversation.created",
        "conversation.updated",
        "conversation.status_changed",
        "message.created",
        "line.resumed",
    }
    assert names.count("conversation.typing_on") == 1
    assert all("position" in frame for frame in frames if frame["event"].startswith("message."))


async def test_typing_of_a_visitor_is_seen_by_the_agents(
    service_url: str, desk: Desk, halden: SmallDesk, website: Website, arrive: Arrive
) -> None:
    visitor = await arrive(website)
    await visitor.say("Hello")
    await feed(desk)
    async with (
        agent_on_the_line(service_url, desk, halden, halden.agent) as jonas,
        line_of(service_url, visitor) as own,
    ):
        assert await own.subscribe() == "confirm_subscription"
        for status in ("on", "off"):
            await visitor.http.post("/conversations/toggle_typing", json={"typing_status": status})
            heard = (await jonas.event(f"conversation.typing_{status}"))["data"]
            assert heard["conversation"]["id"] == 1
            assert heard["user"]["type"] == "contact"
        await visitor.say("Done")
        await feed(desk)
        frames = await everything_until(own, "Done")
        assert not [frame for frame in frames if "typing" in frame["event"]]


async def test_a_visitor_on_the_line_is_online_to_the_agents(
    service_url: str,
    desk: Desk,
    halden: SmallDesk,
    website: Website,
    arrive: Arrive,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("inbox_service.realtime.departures.MOMENT_SECONDS", 0.3)
    visitor = await arrive(website)
    contact = str(visitor.config["contact"]["id"])
    async with agent_on_the_line(service_url, desk, halden, halden.agent) as jonas:
        async with line_of(service_url, visitor) as line:
            assert await line.subscribe() == "confirm_subscription"
            told = (await line.event("presence.update"))["data"]
            assert told == {"account_id": halden.account_id, "users": {str(halden.agent): "online"}}
            contacts: dict[str, str] = {}
            while contact not in contacts:
                contacts = (await jonas.event("presence.update"))["data"]["contacts"]
        while contact in contacts:
            contacts = (await jonas.event("presence.update"))["data"]["contacts"]


async def test_the_visitors_own_message_comes_back_with_its_handle(
    service_url: str, desk: Desk, halden: SmallDesk, website: Website, arrive: Arrive
) -> None:
    visitor = await arrive(website)
    async with (
        line_of(service_url, visitor) as own,
        agent_on_the_line(service_url, desk, halden, halden.agent) as jonas,
    ):
        assert await own.subscribe() == "confirm_subscription"
        await visitor.say("Hello", echo_id="e1")
        await feed(desk)
        assert (await own.event("message.created"))["data"]["echo_id"] == "e1"
        heard = (await jonas.event("message.created"))["data"]
        assert (heard["content"], heard["echo_id"]) == ("Hello", "e1")


async def test_what_the_visitor_has_seen_is_told_to_the_agents(
    service_url: str,
    desk: Desk,
    halden: SmallDesk,
    website: Website,
    arrive: Arrive,
    jonas: httpx.AsyncClient,
) -> None:
    visitor = await arrive(website)
    await visitor.say("Hello")
    await jonas.post("/conversations/1/messages", json={"content": "Good morning"})
    await feed(desk)
    async with agent_on_the_line(service_url, desk, halden, halden.agent) as line:
        await visitor.http.post("/conversations/update_last_seen")
        await feed(desk)
        heard = (await line.event("message.updated"))["data"]
        assert (heard["content"], heard["status"]) == ("Good morning", "read")


@pytest.mark.parametrize("token", ["", "guessed"])
async def test_a_socket_without_a_visitors_token_is_refused(service_url: str, token: str) -> None:
    async with on_the_line(service_url, identifier_of(pubsub_token=token)) as line:
        assert await line.subscribe() == "reject_subscription"


async def test_customers_of_other_channels_have_no_line(
    service_url: str, desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Hello"))
    identifier = identifier_of(pubsub_token=await visitor_token(desk, halden))
    async with on_the_line(service_url, identifier) as line:
        assert await line.subscribe() == "reject_subscription"
