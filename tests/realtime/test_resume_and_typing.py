"""What customers resume, and how typing ends."""

import httpx
import pytest

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.websites import Website
from tests.inbox_service.cable_client import (
    agent_on_the_line,
    identifier_of,
    on_the_line,
)
from tests.inbox_service.reacting import react
from tests.inbox_service.widget.visiting import Arrive
from tests.realtime.own_process import SocketsProcess


async def test_a_customer_resumes_their_own_conversation_and_hears_of_no_other(
    line: SocketsProcess,
    desk: Desk,
    halden: SmallDesk,
    website: Website,
    arrive: Arrive,
    jonas: httpx.AsyncClient,
) -> None:
    visitor, other = await arrive(website), await arrive(website)
    own = identifier_of(pubsub_token=visitor.pubsub_token)
    await visitor.say("Hello")
    await other.say("Somebody else's")
    await react(desk, halden, "notify_agents")
    async with on_the_line(line.url, own) as page:
        assert await page.subscribe() == "confirm_subscription"
        await page.command("message", action="resume")
        place = (await page.event("line.resumed"))["position"]
        await jonas.post("/conversations/1/messages", json={"content": "One"})
        await react(desk, halden, "notify_agents")
        place = (await page.event("message.created"))["position"]
    for content, private in (("Two", False), ("A note", True)):
        body = {"content": content, "private": private}
        await jonas.post("/conversations/1/messages", json=body)
        await jonas.post("/conversations/2/messages", json={"content": "Not for you"})
    await react(desk, halden, "notify_agents")
    async with on_the_line(line.url, own) as page:
        assert await page.subscribe() == "confirm_subscription"
        await page.command("message", action="resume", after=place)
        heard = []
        while (said := (await page.hear()).get("message", {})).get("event") != "line.resumed":
            heard.append(said)
        said_to_them = [
            one["data"]["content"] for one in heard if one["event"] == "message.created"
        ]
        assert said_to_them == ["Two"]
        assert said["position"] > place
        # Where nothing was missed, nothing is said again.
        await page.command("message", action="resume", after=said["position"])
        assert (await page.event("line.resumed", "message.created"))["event"] == "line.resumed"


async def test_typing_ends_by_itself_and_for_the_customer_when_it_becomes_a_note(
    line: SocketsProcess,
    desk: Desk,
    halden: SmallDesk,
    website: Website,
    arrive: Arrive,
    jonas: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("inbox_service.realtime.typing_notices.EXPIRES_SECONDS", 0.3)
    visitor = await arrive(website)
    await visitor.say("Hello")
    await react(desk, halden, "notify_agents")
    own = identifier_of(pubsub_token=visitor.pubsub_token)
    typing = "/conversations/1/toggle_typing_status"
    async with (
        on_the_line(line.url, own) as page,
        agent_on_the_line(line.url, desk, halden, halden.administrator) as maya,
    ):
        assert await page.subscribe() == "confirm_subscription"
        await jonas.post(typing, json={"typing_status": "on"})
        await page.event("conversation.typing_on")
        await page.event("conversation.typing_off")
        await maya.event("conversation.typing_off")
        monkeypatch.setattr("inbox_service.realtime.typing_notices.EXPIRES_SECONDS", 30)
        await jonas.post(typing, json={"typing_status": "on"})
        await jonas.post(typing, json={"typing_status": "on", "is_private": True})
        await page.event("conversation.typing_on")
        told = (await page.event("conversation.typing_off", "conversation.typing_on"))["data"]
        assert told["is_private"] is False
        await maya.event("conversation.typing_on")
        note = (await maya.event("conversation.typing_on", "conversation.typing_off"))["data"]
        assert note["is_private"] is True
