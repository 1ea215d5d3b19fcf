"""`@rails/actioncable`, unmodified, in Node and in Chromium: also over a restart of the server."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, expect

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.cable_client import pubsub_token
from tests.inbox_service.reacting import react
from tests.inbox_service.ui.conftest import OpenPage
from tests.realtime.node_client import LIBRARY, node, node_client
from tests.realtime.own_process import free_port, sockets_process

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not LIBRARY.exists(), reason="the page's libraries are not installed"),
]

_IN_THE_PAGE = """([url, room]) => {
  window.told = [];
  const consumer = ActionCable.createConsumer(url);
  window.line = consumer.subscriptions.create(room, {
    connected: ({ reconnected }) => told.push(["connected", reconnected]),
    disconnected: ({ willAttemptReconnect }) => told.push(["disconnected", willAttemptReconnect]),
    rejected: () => told.push(["rejected"]),
    received: ({ event, data }) => told.push([event, data]),
  });
}"""


@pytest.fixture(scope="module")
def command() -> list[str]:
    found = node()
    if found is None:
        pytest.skip("there is no Node with a WebSocket")
    return found


async def room_of(desk: Desk, at: SmallDesk) -> dict[str, Any]:
    return {
        "channel": "RoomChannel",
        "pubsub_token": await pubsub_token(desk, at.agent),
        "account_id": at.account_id,
        "user_id": at.agent,
    }


async def test_node_and_chromium_follow_and_come_back_after_a_restart(
    services: Mapping[str, str],
    service_url: str,
    chromium: Browser,
    command: list[str],
    desk: Desk,
    halden: SmallDesk,
) -> None:
    port, room = free_port(), await room_of(desk, halden)
    context = await chromium.new_context(bypass_csp=True)
    page = await context.new_page()
    await page.goto(f"{service_url}/sign_in")
    await page.add_script_tag(path=LIBRARY / "app/assets/javascripts/actioncable.js")

    async def page_is_told(*entry: object) -> None:
        await page.wait_for_function(
            "(entry) => told.some((one) => JSON.stringify(one).startsWith(entry))",
            arg=json.dumps(list(entry), separators=(",", ":"))[:-1],
            timeout=40_000,
        )

    async with AsyncExitStack() as stack:
        line = stack.enter_context(sockets_process(services, port))
        client = await stack.enter_async_context(node_client(command, line.url, **room))
        await page.evaluate(_IN_THE_PAGE, [f"ws://127.0.0.1:{port}/cable", room])
        assert (await client.told("connected"))["reconnected"] is False
        await page_is_told("connected", False)
        await client.order(perform="update_presence")
        users = (await client.event("presence.update"))["data"]["users"]
        assert users == {str(halden.agent): "online"}
        await receive(desk, halden, said("Where is my bag?"))
        await react(desk, halden, "notify_agents")
        message = await client.event("message.created")
        assert message["data"]["content"] == "Where is my bag?"
        await page_is_told("message.created")
        async with node_client(command, line.url, **{**room, "pubsub_token": "x"}) as wrong:
            await wrong.told("rejected")
        line.stop()
        gone = await client.told("disconnected")
        assert gone["willAttemptReconnect"] is True
        await page_is_told("disconnected", True)
        await receive(desk, halden, said("While you were out"))
        await react(desk, halden, "notify_agents")
        with sockets_process(services, port):
            assert (await client.told("connected"))["reconnected"] is True
            # The client asked for what came after the last thing it heard.
            missed = await client.event("message.created")
            assert missed["data"]["content"] == "While you were out"
            assert (await client.event("line.resumed"))["position"] > message["position"]
            await page_is_told("connected", True)
            await client.order(unsubscribe=True)
            await asyncio.sleep(0.3)
            await page.evaluate("told.length = 0")
            await receive(desk, halden, said("Only for the page"))
            await react(desk, halden, "notify_agents")
            await page_is_told("message.created")
            await client.order(end=True)
            with pytest.raises(AssertionError, match="the client ended"):
                await client.event("message.created")
    await context.close()


async def test_two_browsers_and_a_node_client_follow_one_conversation(
    service_url: str,
    command: list[str],
    desk: Desk,
    halden: SmallDesk,
    jonas: httpx.AsyncClient,
    open_page: OpenPage,
) -> None:
    await receive(desk, halden, said("Where is my bag?"))
    of_maya = await open_page(halden.administrator, "conversations/1")
    of_jonas = await open_page(halden.agent, "conversations/1")
    async with node_client(command, service_url, **await room_of(desk, halden)) as program:
        await program.told("connected")
        await of_maya.keyboard.press("r")
        await of_maya.locator(".write").fill("We look for it")
        typing = (await program.event("conversation.typing_on"))["data"]
        assert (typing["user"]["name"], typing["conversation"]["id"]) == ("Maya", 1)
        await of_maya.keyboard.press("Control+Enter")
        reply = (await program.event("message.created"))["data"]
        assert (reply["content"], reply["performer"]["name"]) == ("We look for it", "Maya")
        await expect(of_jonas.locator(".log")).to_contain_text("We look for it")
        await receive(desk, halden, said("Thank you!"))
        assert (await program.event("message.created"))["data"]["content"] == "Thank you!"
        for page in (of_maya, of_jonas):
            await expect(page.locator(".log")).to_contain_text("Thank you!")
        await jonas.post("/conversations/1/toggle_status", json={"status": "resolved"})
        closed = (await program.event("conversation.status_changed"))["data"]
        assert (closed["status"], closed["performer"]["name"]) == ("resolved", "Jonas")
        for page in (of_maya, of_jonas):
            await expect(page.locator(".thread")).to_contain_text("Reopen")
