"""Bots: made, put at an inbox's door, told what happens, and acting with a token of their own."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from desk.actions.employ_bot import bot_token, make_bot
from desk.clock import FixedClock
from desk.store.desk import Desk
from desk.words.actor import Actor
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf
from tests.inbox_service.partners import make_inbox
from tests.settle import settle
from tests.streams.webhook_receiver import Receiver, receiving

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def listener() -> Iterator[Receiver]:
    """The bot's own server."""
    with receiving() as opened:
        yield opened


async def made(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/agent_bots", json={"name": "Porter", **fields})
    assert answer.status_code == 200, answer.text
    bot: dict[str, Any] = answer.json()
    return bot


@pytest.fixture
async def porter(maya: httpx.AsyncClient, listener: Receiver) -> dict[str, Any]:
    """A bot that listens."""
    return await made(maya, outgoing_url=listener.url)


@pytest.fixture
async def as_porter(
    porter: dict[str, Any], maya: httpx.AsyncClient
) -> AsyncIterator[httpx.AsyncClient]:
    """A client with the bot's token."""
    async with httpx.AsyncClient(
        base_url=maya.base_url, headers={"api_access_token": porter["access_token"]}, timeout=20
    ) as client:
        yield client


async def at_the_door(client: httpx.AsyncClient, inbox_id: int, bot_id: int | None) -> None:
    answer = await client.post(f"/inboxes/{inbox_id}/set_agent_bot", json={"agent_bot": bot_id})
    assert answer.status_code == 200, answer.text


async def status_of(client: httpx.AsyncClient, number: int) -> str:
    shown = (await client.get(f"/conversations/{number}")).json()
    return str(shown["status"])


async def said_in(client: httpx.AsyncClient, number: int) -> list[tuple[str | None, str]]:
    thread = (await client.get(f"/conversations/{number}/messages")).json()["payload"]
    return [(one["sender_type"], one["content"]) for one in thread]


async def test_a_bot_meets_the_customer_and_hands_over(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    porter: dict[str, Any],
    as_porter: httpx.AsyncClient,
    listener: Receiver,
) -> None:
    wants = {"notification_settings": {"selected_push_flags": ["push_conversation_creation"]}}
    assert (await jonas.patch("/notification_settings", json=wants)).status_code == 200
    await at_the_door(maya, halden.inbox, porter["id"])
    shown = (await maya.get(f"/inboxes/{halden.inbox}/agent_bot")).json()["agent_bot"]
    assert (shown["id"], shown["access_token"]) == (porter["id"], porter["access_token"])
    await receive(desk, halden, said("Where is my bag?"))
    assert await status_of(maya, 1) == "pending"
    await settle(desk, halden.account_id)
    told = listener.delivered[0]
    assert (told.json["event"], told.json["content"]) == ("message_created", "Where is my bag?")
    assert told.is_chatwoots(porter["secret"])
    assert told.is_standard(porter["secret"], desk.clock.now().timestamp())
    path = f"/conversations/{told.json['conversation']['id']}"
    typing = await as_porter.post(f"{path}/toggle_typing_status", json={"typing_status": "on"})
    assert typing.status_code == 200
    answer = await as_porter.post(f"{path}/messages", json={"content": "Let me look."})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["sender_type"], answer.json()["sender"]["name"]) == ("AgentBot", "Porter")
    note = await as_porter.post(f"{path}/messages", json={"content": "Bag", "private": True})
    assert (note.json()["private"], note.json()["queued"]) == (True, False)
    for way, body in (
        ("labels", {"labels": ["baggage"]}),
        ("custom_attributes", {"custom_attributes": {"intent": "bag"}}),
        ("toggle_priority", {"priority": "high"}),
        ("assignments", {"assignee_id": halden.agent}),
        ("toggle_status", {"status": "open"}),
    ):
        done = await as_porter.post(f"{path}/{way}", json=body)
        assert done.status_code == 200, (way, done.text)
    to_a_bot = {"assignee_id": porter["id"], "assignee_type": "AgentBot"}
    refused = await as_porter.post(f"{path}/assignments", json=to_a_bot)
    assert (refused.status_code, refused.json()["field"]) == (422, "assignee_type")
    shown = (await as_porter.get(path)).json()
    assert (shown["status"], shown["labels"], shown["priority"]) == ("open", ["baggage"], "high")
    assert shown["waiting_since"] > 0, "the customer still waits for a person"
    assert (None, "Porter handed the conversation over") in await said_in(maya, 1)
    await settle(desk, halden.account_id)
    (notice,) = [
        one
        for one in (await jonas.get("/notifications")).json()["data"]["payload"]
        if one["notification_type"] == "conversation_creation"
    ]
    assert notice["primary_actor"]["id"] == 1, "for people it begins when the bot leaves it"
    assert {
        "message_created",
        "conversation_updated",
        "conversation_opened",
        "conversation_status_changed",
    } <= set(listener.events)
    assert "conversation_created" not in listener.events
    webhooks = (await maya.get("/webhooks")).json()["payload"]["webhooks"]
    assert webhooks == [], "a bot's ear is none of the account's webhooks"
    assert (await maya.post("/webhooks", json={"url": listener.url})).status_code == 200


async def test_a_bots_token_opens_its_conversations_and_nothing_else(
    desk: Desk,
    halden: SmallDesk,
    northgate: SmallDesk,
    as_user: ClientOf,
    maya: httpx.AsyncClient,
    porter: dict[str, Any],
    as_porter: httpx.AsyncClient,
) -> None:
    await receive(desk, halden, said("Hello"))
    assert (await as_porter.get("/conversations/1")).status_code == 200
    for method, path in (
        ("GET", "/conversations"),
        ("GET", "/conversations/1/messages"),
        ("DELETE", "/conversations/1/messages/1"),
        ("GET", "/agents"),
        ("GET", "/contacts"),
        ("GET", "/agent_bots"),
        ("GET", ""),
        ("POST", "/conversations/1/update_last_seen"),
    ):
        assert (await as_porter.request(method, path)).status_code == 401, path
    elsewhere = str(as_porter.base_url).replace(
        f"/{halden.account_id}/", f"/{northgate.account_id}/"
    )
    await receive(desk, northgate, said("Hello"))
    answer = await as_porter.get(f"{elsewhere}conversations/1")
    assert (answer.status_code, answer.json()["error"]) == (404, "account_not_found")
    renewed = await maya.post(f"/agent_bots/{porter['id']}/reset_access_token")
    assert renewed.json()["access_token"] != porter["access_token"]
    assert (await as_porter.get("/conversations/1")).status_code == 401
    headers = {"api_access_token": renewed.json()["access_token"]}
    assert (await as_porter.get("/conversations/1", headers=headers)).status_code == 200
    assert (await maya.delete(f"/agent_bots/{porter['id']}")).status_code == 200
    assert (await as_porter.get("/conversations/1", headers=headers)).status_code == 401
    stranger = as_user(northgate, northgate.administrator)
    bot = await made(maya)
    for method, path in (
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("DELETE", "/avatar"),
        ("POST", "/reset_access_token"),
        ("POST", "/reset_secret"),
    ):
        foreign = await stranger.request(method, f"/agent_bots/{bot['id']}{path}", json={})
        assert foreign.status_code == 404, (method, path)
    theirs = f"/inboxes/{northgate.inbox}/set_agent_bot"
    assert (await stranger.post(theirs, json={"agent_bot": bot["id"]})).status_code == 404


async def test_what_a_bot_had_in_hand_is_peoples_when_it_is_let_go(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, porter: dict[str, Any]
) -> None:
    await at_the_door(maya, halden.inbox, porter["id"])
    await receive(desk, halden, said("Is anybody there?"))
    assert await status_of(maya, 1) == "pending"
    assert (await maya.delete(f"/agent_bots/{porter['id']}")).status_code == 200
    assert await status_of(maya, 1) == "open"
    assert (None, "The bot has left") in await said_in(maya, 1)
    await settle(desk, halden.account_id)
    assert await status_of(maya, 1) == "open"


async def test_a_bot_that_does_not_listen_is_not_waited_for(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    porter: dict[str, Any],
    listener: Receiver,
    clock: FixedClock,
) -> None:
    await at_the_door(maya, halden.inbox, porter["id"])
    listener.answers = [500] * 40
    await receive(desk, halden, said("Is anybody there?"))
    for _ in range(4):
        await settle(desk, halden.account_id)
        clock.set(clock.now() + timedelta(seconds=16))
    assert await status_of(maya, 1) == "open"
    assert (None, "The bot could not be reached") in await said_in(maya, 1)
    listener.answers = [410]
    await receive(desk, halden, said("Somebody else", sender="4790000000"))
    assert await status_of(maya, 2) == "pending"
    for _ in range(3):
        clock.set(clock.now() + timedelta(seconds=16))
        await settle(desk, halden.account_id)
    assert await status_of(maya, 2) == "open", "an address that is gone is told nothing more"
    await receive(desk, halden, said("A third", sender="4790000001"))
    assert await status_of(maya, 3) == "open"
    await at_the_door(maya, halden.inbox, porter["id"])
    await receive(desk, halden, said("A fourth", sender="4790000002"))
    assert await status_of(maya, 4) == "pending", "connected again, it is told again"


async def test_what_was_resolved_and_what_a_customer_begins_is_the_bots_first(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    bot = await made(maya)
    await receive(desk, halden, said("Hello"))
    assert await status_of(maya, 1) == "open"
    await at_the_door(maya, halden.inbox, bot["id"])
    await receive(desk, halden, said("Hello?"))
    assert await status_of(maya, 1) == "open", "what people have in hand stays with them"
    await maya.post("/conversations/1/toggle_status", json={"status": "resolved"})
    await receive(desk, halden, said("Another matter"))
    assert await status_of(maya, 2) == "pending", "a new conversation is the bot's"
    lock = {"lock_to_single_conversation": True}
    assert (await maya.patch(f"/inboxes/{halden.inbox}", json=lock)).status_code == 200
    await maya.post("/conversations/2/toggle_status", json={"status": "resolved"})
    await receive(desk, halden, said("The same again"))
    assert await status_of(maya, 2) == "pending", "one that begins anew as well"
    inbox = await make_inbox(maya, type="api")
    await at_the_door(maya, inbox["id"], bot["id"])
    public = f"/public/api/v1/inboxes/{inbox['inbox_identifier']}/contacts"
    contact = (await anybody.post(public, json={"name": "Zoe"})).json()
    begun = await anybody.post(f"{public}/{contact['source_id']}/conversations")
    assert await status_of(maya, begun.json()["id"]) == "pending"
    await at_the_door(maya, inbox["id"], None)
    assert (await maya.get(f"/inboxes/{inbox['id']}/agent_bot")).json() == {"agent_bot": {}}
    second = await anybody.post(f"{public}/{contact['source_id']}/conversations")
    assert await status_of(maya, second.json()["id"]) == "open"


async def test_a_bot_is_described_pictured_and_let_go(
    halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    form = {"name": "Porter", "description": "Meets you", "bot_config": '{"lang": "en"}'}
    answer = await maya.post("/agent_bots", data=form, files={"avatar": ("p.png", PNG)})
    assert answer.status_code == 200, answer.text
    bot = answer.json()
    assert (bot["bot_type"], bot["bot_config"], bot["system_bot"]) == (
        "webhook",
        {"lang": "en"},
        False,
    )
    picture = await anybody.get(httpx.URL(bot["thumbnail"]).path)
    assert (picture.content, picture.headers["content-type"]) == (PNG, "image/png")
    lies_at = f"{str(anybody.base_url).rstrip('/')}{httpx.URL(bot['thumbnail']).path}"
    twin = await made(maya, avatar_url=lies_at)
    fetched = await anybody.get(httpx.URL(twin["thumbnail"]).path)
    assert (fetched.content, twin["thumbnail"] != bot["thumbnail"]) == (PNG, True)
    nowhere = {"name": "A", "avatar_url": "http://127.0.0.1:9/picture.png"}
    refused = await maya.post("/agent_bots", json=nowhere)
    assert (refused.status_code, refused.json()["field"]) == (422, "avatar_url")
    path = f"/agent_bots/{bot['id']}"
    seen = (await jonas.get(path)).json()
    assert (seen["name"], seen["access_token"], seen["secret"]) == ("Porter", None, None)
    for method, way in (("POST", "/agent_bots"), ("PATCH", path), ("DELETE", path)):
        assert (await jonas.request(method, way, json={"name": "X"})).status_code == 403
    changed = await maya.patch(path, json={"name": "Night porter", "unknown": 1})
    assert (changed.json()["name"], changed.json()["description"]) == ("Night porter", "Meets you")
    secret = (await maya.post(f"{path}/reset_secret")).json()["secret"]
    assert secret.startswith("whsec_")
    assert secret != bot["secret"]
    bare = (await maya.delete(f"{path}/avatar")).json()
    assert bare["thumbnail"] == ""
    assert (await anybody.get(httpx.URL(bot["thumbnail"]).path)).status_code == 404
    for body, field in (
        ({"name": " "}, "name"),
        ({"outgoing_url": "nowhere"}, "outgoing_url"),
        ({"bot_type": 3}, "bot_type"),
        ({"bot_config": [1]}, "bot_config"),
        ({"description": "x" * 10_001}, "description"),
    ):
        refused = await maya.patch(path, json=body)
        assert (refused.status_code, refused.json()["field"]) == (422, field), body
    fake = await maya.patch(path, files={"avatar": ("p.png", b"<svg/>", "image/png")})
    assert (fake.status_code, fake.json()["field"]) == (422, "avatar")
    assert (await maya.delete(path)).status_code == 200
    assert (await maya.get(path)).status_code == 404
    for body in ({}, {"agent_bot": "somebody"}):
        refused = await maya.post(f"/inboxes/{halden.inbox}/set_agent_bot", json=body)
        assert refused.status_code == 422


async def test_the_houses_bot_works_where_it_is_put_to_work(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    anybody: httpx.AsyncClient,
    listener: Receiver,
) -> None:
    async with desk.transaction_across_accounts(reason="a test makes the house's bot") as tx:
        details = {"name": "Concierge", "outgoing_url": listener.url}
        row = await make_bot(tx, details, None, by=Actor.system(), secrets=desk.secrets)
    shown = next(one for one in (await maya.get("/agent_bots")).json() if one["id"] == row.id)
    assert (shown["system_bot"], shown["outgoing_url"], shown["secret"]) == (True, None, None)
    assert (await maya.patch(f"/agent_bots/{row.id}", json={"name": "X"})).status_code == 404
    headers = {"api_access_token": bot_token(desk.secrets, row.id, 0)}
    await receive(desk, halden, said("Hello"))
    base = f"/api/v1/accounts/{halden.account_id}"
    path = f"{base}/conversations/1"
    assert (await anybody.get(path, headers=headers)).status_code == 404
    await at_the_door(maya, halden.inbox, row.id)
    inbox = await make_inbox(maya, type="api")
    created = await maya.post("/contacts", json={"name": "Zoe", "inbox_id": inbox["id"]})
    contact = created.json()["payload"]["contact"]["id"]
    begun = await maya.post("/conversations", json={"inbox_id": inbox["id"], "contact_id": contact})
    await receive(desk, halden, said("Another", sender="4790000000"))
    await settle(desk, halden.account_id)
    assert "Another" in [one.json.get("content") for one in listener.delivered]
    answer = await anybody.post(f"{path}/messages", headers=headers, json={"content": "Welcome"})
    assert answer.json()["sender"]["name"] == "Concierge"
    other = f"{base}/conversations/{begun.json()['id']}"
    assert (await anybody.get(other, headers=headers)).status_code == 404
