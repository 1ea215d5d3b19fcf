"""Whoever may listen no longer is off the line at once, in whichever process their socket ends."""

import asyncio

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from desk.actions.change_profile import change_profile
from desk.actions.update_account import update_account
from desk.store.desk import Desk
from desk.store.goodbyes import end_lines
from desk.words.actor import Actor
from tests.builders.accounts import PASSWORD, SmallDesk
from tests.builders.messages import receive, said
from tests.builders.websites import Website
from tests.inbox_service.cable_client import (
    CableClient,
    agent_on_the_line,
    identifier_of,
    on_the_line,
)
from tests.inbox_service.reacting import react
from tests.inbox_service.widget.visiting import Arrive
from tests.realtime.own_process import SocketsProcess

OFF = {"type": "disconnect", "reason": "unauthorized", "reconnect": False}


async def told(desk: Desk, at: SmallDesk) -> None:
    await react(desk, at, "notify_agents")


async def is_put_off(client: CableClient) -> list[str]:
    """Waits for the goodbye and the end; the events until then."""
    events = []
    while (heard := await client.hear()).get("type") != "disconnect":
        events.append(heard.get("message", {}).get("event", ""))
    assert heard == OFF
    with pytest.raises(ConnectionClosed):
        await client.hear()
    return events


async def test_an_agent_dismissed_is_put_off_and_colleagues_stay(
    line: SocketsProcess, desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    async with (
        agent_on_the_line(line.url, desk, halden, halden.agent) as jonas,
        agent_on_the_line(line.url, desk, halden, halden.administrator) as colleague,
    ):
        await maya.delete(f"/agents/{halden.agent}")
        await told(desk, halden)
        await is_put_off(jonas)
        await receive(desk, halden, said("Still there?"))
        await told(desk, halden)
        await colleague.event("message.created")


async def test_a_role_and_an_inbox_taken_away_change_what_is_heard_from_then_on(
    line: SocketsProcess, desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    async with agent_on_the_line(line.url, desk, halden, halden.outsider) as priya:
        await maya.patch(f"/agents/{halden.outsider}", json={"role": "administrator"})
        await receive(desk, halden, said("For administrators"))
        await told(desk, halden)
        await priya.event("message.created")
        await maya.patch(f"/agents/{halden.outsider}", json={"role": "agent"})
        await receive(desk, halden, said("Not for Priya"))
        await maya.post("/contacts", json={"name": "The End"})
        await told(desk, halden)
        heard: list[str] = []
        while "contact.created" not in heard:
            heard += await priya.events_until("contact.created")
        assert "message.created" not in heard


async def test_signing_out_ends_the_sockets_of_that_sign_in_and_no_others(
    line: SocketsProcess, service_url: str, desk: Desk, halden: SmallDesk
) -> None:
    form = {"email": halden.emails[halden.agent], "password": PASSWORD}
    async with httpx.AsyncClient(base_url=service_url, timeout=20) as browser:
        assert (await browser.post("/sign_in", data=form)).status_code == 303
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        async with (
            agent_on_the_line(line.url, desk, halden, halden.agent, cookie=cookie) as page,
            agent_on_the_line(line.url, desk, halden, halden.agent) as program,
            agent_on_the_line(line.url, desk, halden, halden.outsider, cookie=cookie) as priya,
        ):
            assert (await browser.post("/sign_out")).status_code == 303
            assert "user:logout" in await is_put_off(page)
            await receive(desk, halden, said("Hello"))
            await told(desk, halden)
            await program.event("message.created")
            # A page of somebody else in the same browser is nobody's sign-in.
            await priya.command("message", action="resume")
            await priya.event("line.resumed")
            await end_lines(desk, halden.agent)
            assert "user:logout" in await is_put_off(program)


async def test_another_password_ends_what_the_old_token_opened(
    line: SocketsProcess, desk: Desk, halden: SmallDesk
) -> None:
    async with agent_on_the_line(line.url, desk, halden, halden.agent) as jonas:
        async with desk.transaction_across_accounts(reason="a test changes a password") as wide:
            await change_profile(
                wide, halden.agent, {"password_hash": "another"}, by=Actor.user(halden.agent)
            )
        await told(desk, halden)
        await is_put_off(jonas)


async def test_with_the_account_everybody_goes_customers_as_well(
    line: SocketsProcess, desk: Desk, halden: SmallDesk, website: Website, arrive: Arrive
) -> None:
    visitor = await arrive(website)
    await visitor.say("Hello")
    await told(desk, halden)
    own = identifier_of(pubsub_token=visitor.pubsub_token)
    async with (
        agent_on_the_line(line.url, desk, halden, halden.agent) as jonas,
        on_the_line(line.url, own) as of_visitor,
    ):
        assert await of_visitor.subscribe() == "confirm_subscription"
        async with desk.transaction(halden.account_id) as tx:
            await update_account(tx, {"suspended": True}, by=Actor.system())
        await told(desk, halden)
        await is_put_off(jonas)
        await is_put_off(of_visitor)
    async with on_the_line(line.url, own) as again:
        assert await again.subscribe() == "reject_subscription"


async def test_who_leaves_one_process_and_stays_at_another_is_still_there(
    line: SocketsProcess,
    service_url: str,
    desk: Desk,
    halden: SmallDesk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("inbox_service.realtime.departures.MOMENT_SECONDS", 0.1)
    async with (
        agent_on_the_line(line.url, desk, halden, halden.administrator) as maya,
        agent_on_the_line(line.url, desk, halden, halden.agent),
    ):
        async with agent_on_the_line(service_url, desk, halden, halden.agent) as other:
            await other.event("presence.update")
        await asyncio.sleep(0.5)
        await maya.command("message", action="update_presence")
        await receive(desk, halden, said("Hello"))
        await told(desk, halden)
        heard, users = await maya.hear(), {}
        while heard["message"]["event"] != "message.created":
            if heard["message"]["event"] == "presence.update":
                users = heard["message"]["data"]["users"]
            heard = await maya.hear()
        assert users[str(halden.agent)] == "online"
