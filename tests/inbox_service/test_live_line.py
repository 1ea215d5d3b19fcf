"""The live line, over real sockets and a real feed."""

import json

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from desk.store.desk import Desk
from streams.feeding import feed_once
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.cable_client import (
    agent_on_the_line,
    on_the_line,
    pubsub_token,
)


async def feed(desk: Desk) -> None:
    """The relay's part, until all is told."""
    while await feed_once(desk):
        pass


async def test_a_customers_message_reaches_the_agents_screen(
    service_url: str, desk: Desk, halden: SmallDesk
) -> None:
    async with agent_on_the_line(service_url, desk, halden, halden.agent) as jonas:
        await receive(desk, halden, said("Where is my bag?"))
        await feed(desk)
        message = await jonas.event("message.created")
        assert message["data"]["content"] == "Where is my bag?"
        assert message["data"]["account_id"] == halden.account_id
        assert message["position"] > 0


async def test_a_reply_reaches_colleagues_with_the_senders_own_handle(
    service_url: str, desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    await feed(desk)
    async with agent_on_the_line(service_url, desk, halden, halden.administrator) as maya:
        await jonas.post("/conversations/1/messages", json={"content": "Hi", "echo_id": "e1"})
        await feed(desk)
        message = (await maya.event("message.created"))["data"]
        assert (message["content"], message["echo_id"]) == ("Hi", "e1")
        assert (await maya.event("conversation.updated"))["data"]["waiting_since"] == 0


async def test_an_agent_outside_the_inbox_hears_nothing_of_it(
    service_url: str, desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    async with agent_on_the_line(service_url, desk, halden, halden.outsider) as priya:
        await receive(desk, halden, said("For the inbox only"))
        await feed(desk)
        await maya.post("/labels", json={"title": "after"})
        await feed(desk)
        heard = await priya.events_until("account.cache_invalidated")
        assert set(heard) <= {"presence.update", "account.cache_invalidated"}


async def test_being_let_into_an_inbox_opens_its_line_at_once(
    service_url: str, desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    async with agent_on_the_line(service_url, desk, halden, halden.outsider) as priya:
        change = {"inbox_id": halden.inbox, "user_ids": [halden.outsider]}
        assert (await maya.post("/inbox_members", json=change)).status_code == 200
        await receive(desk, halden, said("Now you hear me"))
        await feed(desk)
        message = await priya.event("message.created")
        assert message["data"]["content"] == "Now you hear me"


async def test_being_taken_out_of_an_inbox_closes_its_line_at_once(
    service_url: str, desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    async with agent_on_the_line(service_url, desk, halden, halden.agent) as jonas:
        change = {"inbox_id": halden.inbox, "user_ids": [halden.agent]}
        await maya.request("DELETE", "/inbox_members", json=change)
        await receive(desk, halden, said("Not for Jonas any more"))
        await feed(desk)
        await maya.post("/labels", json={"title": "after"})
        await feed(desk)
        await jonas.event("account.cache_invalidated")
        heard = await jonas.events_until("account.cache_invalidated")
        assert "message.created" not in heard


async def test_typing_is_told_to_colleagues_and_not_to_the_typist(
    service_url: str,
    desk: Desk,
    halden: SmallDesk,
    jonas: httpx.AsyncClient,
    maya: httpx.AsyncClient,
) -> None:
    await receive(desk, halden, said("Hello"))
    await feed(desk)
    async with (
        agent_on_the_line(service_url, desk, halden, halden.administrator) as colleague,
        agent_on_the_line(service_url, desk, halden, halden.agent) as typist,
    ):
        where = "/conversations/1/toggle_typing_status"
        answer = await jonas.post(where, json={"typing_status": "on"})
        assert answer.status_code == 200
        heard = (await colleague.event("conversation.typing_on"))["data"]
        assert heard["conversation"]["id"] == 1
        assert heard["user"] == heard["user"] | {"id": halden.agent, "type": "user"}
        assert heard["is_private"] is False
        await jonas.post(where, json={"typing_status": "off"})
        await colleague.event("conversation.typing_off")
        await maya.post("/labels", json={"title": "after"})
        await feed(desk)
        assert not [
            e for e in await typist.events_until("account.cache_invalidated") if "typing" in e
        ]


async def test_who_is_there_is_told_to_those_who_were(
    service_url: str,
    desk: Desk,
    halden: SmallDesk,
    jonas: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("inbox_service.realtime.departures.MOMENT_SECONDS", 0.3)
    async with agent_on_the_line(service_url, desk, halden, halden.administrator) as maya:
        async with agent_on_the_line(service_url, desk, halden, halden.agent) as page:
            while True:
                users = (await maya.event("presence.update"))["data"]["users"]
                if str(halden.agent) in users:
                    break
            assert users == {str(halden.administrator): "online", str(halden.agent): "online"}
            answer = await jonas.get("/agents")
            status = {one["id"]: one["availability_status"] for one in answer.json()}
            assert (status[halden.agent], status[halden.outsider]) == ("online", "offline")
            await page.command("message", action="update_presence")
            assert (await page.event("presence.update"))["data"]["account_id"] == halden.account_id
        while str(halden.agent) in users:
            users = (await maya.event("presence.update"))["data"]["users"]


async def test_saying_to_be_busy_is_seen_by_others(
    service_url: str, desk: Desk, halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    async with (
        agent_on_the_line(service_url, desk, halden, halden.administrator) as maya,
        agent_on_the_line(service_url, desk, halden, halden.agent),
    ):
        answer = await anybody.put(
            "/api/v1/profile/availability",
            json={"profile": {"account_id": halden.account_id, "availability": "busy"}},
            headers={"api_access_token": halden.tokens[halden.agent]},
        )
        assert answer.status_code == 200
        while (await maya.event("presence.update"))["data"]["users"].get(
            str(halden.agent)
        ) != "busy":
            pass


@pytest.mark.parametrize("wrong", ["token", "account", "user", "channel", "nonsense"])
async def test_a_subscription_with_anything_wrong_is_refused(
    service_url: str, desk: Desk, halden: SmallDesk, northgate: SmallDesk, wrong: str
) -> None:
    params: dict[str, object] = {
        "channel": "RoomChannel",
        "pubsub_token": await pubsub_token(desk, halden.agent),
        "account_id": halden.account_id,
        "user_id": halden.agent,
    }
    mistakes: dict[str, dict[str, object]] = {
        "token": {"pubsub_token": "guessed"},
        "account": {"account_id": northgate.account_id},
        "user": {"user_id": halden.administrator},
        "channel": {"channel": "AdminChannel"},
        "nonsense": {},
    }
    params |= mistakes[wrong]
    identifier = "{nonsense" if wrong == "nonsense" else json.dumps(params)
    async with on_the_line(service_url, identifier) as client:
        assert await client.subscribe() == "reject_subscription"


async def test_a_reader_that_was_away_catches_up_from_its_place(
    service_url: str, desk: Desk, halden: SmallDesk
) -> None:
    async with agent_on_the_line(service_url, desk, halden, halden.agent) as jonas:
        await receive(desk, halden, said("Before"))
        await feed(desk)
        place = (await jonas.event("message.created"))["position"]
    await receive(desk, halden, said("While you were out"))
    await feed(desk)
    async with agent_on_the_line(service_url, desk, halden, halden.agent) as jonas:
        await jonas.command("message", action="resume", after=place)
        message = await jonas.event("message.created", "page:reload")
        assert message["data"]["content"] == "While you were out"
    async with agent_on_the_line(service_url, desk, halden, halden.outsider) as priya:
        await priya.command("message", action="resume", after=0)
        await priya.command("message", action="update_presence")
        heard = await priya.events_until("presence.update")
        assert not [name for name in heard if name.startswith(("message", "conversation"))]


async def test_with_too_much_to_catch_up_on_the_page_is_told_to_reload(
    service_url: str, desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, *[said(str(n)) for n in range(201)])
    await feed(desk)
    async with agent_on_the_line(service_url, desk, halden, halden.agent) as jonas:
        await jonas.command("message", action="resume", after=0)
        assert (await jonas.event("message.created", "page:reload"))["event"] == "page:reload"


async def test_the_line_is_pinged_and_the_identifier_echoed_byte_for_byte(
    service_url: str, desk: Desk, halden: SmallDesk
) -> None:
    token = await pubsub_token(desk, halden.agent)
    odd = (
        f'{{ "user_id":"{halden.agent}" ,"channel":"RoomChannel", "pubsub_token":"{token}",'
        f'"account_id" : {halden.account_id}, "ü": "\\u00fc" }}'
    )
    async with on_the_line(service_url, odd) as client:
        assert await client.subscribe() == "confirm_subscription"
        assert isinstance((await client.hear_ping())["message"], int)


async def test_nonsense_on_the_line_disturbs_nobody(
    service_url: str, desk: Desk, halden: SmallDesk
) -> None:
    async with agent_on_the_line(service_url, desk, halden, halden.agent) as jonas:
        for nonsense in ("", "{", "[]", '{"command":"fly","identifier":"x"}', "\u0000"):
            await jonas.socket.send(nonsense)
        await jonas.command("message", action="dance")
        await jonas.command("message", action="update_presence")
        await jonas.event("presence.update")


async def test_another_protocol_is_refused_at_the_handshake(service_url: str) -> None:
    address = service_url.replace("http:", "ws:") + "/cable"
    with pytest.raises(InvalidStatus):
        async with connect(address, subprotocols=[Subprotocol("graphql-ws")]):
            pass


async def test_a_large_frame_arrives_whole(service_url: str, desk: Desk, halden: SmallDesk) -> None:
    for size in (100, 126, 70_000):
        async with agent_on_the_line(service_url, desk, halden, halden.agent) as jonas:
            await receive(desk, halden, said("x" * size))
            await feed(desk)
            message = await jonas.event("message.created")
            assert len(message["data"]["content"]) == size


async def test_many_events_at_once_keep_their_order(
    service_url: str, desk: Desk, halden: SmallDesk
) -> None:
    async with agent_on_the_line(service_url, desk, halden, halden.agent) as jonas:
        await receive(desk, halden, *[said(str(n)) for n in range(100)])
        await feed(desk)
        got = [(await jonas.event("message.created"))["data"]["content"] for _ in range(100)]
        assert got == [str(n) for n in range(100)]
