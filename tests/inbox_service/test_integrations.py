"""Apps of the account: what they must be told, and what they do with true requests."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from desk.clock import FixedClock
from desk.store.desk import Desk
from ingest.integrations.slack import is_genuine, signature_of
from ingest.integrations.slack_text import from_slack, note_in, to_slack
from ingest.simulators.app import build_app
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf
from tests.ingest.servers import serving
from tests.settle import settle

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@pytest.fixture
async def programs(tmp_path: Path, clock: FixedClock) -> AsyncIterator[httpx.AsyncClient]:
    """Slack and Dialogflow, as far as they are simulated."""
    async with (
        serving(build_app(tmp_path / "simulators", clock)) as url,
        httpx.AsyncClient(base_url=url, timeout=10) as http,
    ):
        yield http


@pytest.fixture(scope="module")
def private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def slack_settings(at: SmallDesk, programs: httpx.AsyncClient) -> dict[str, Any]:
    return {
        "channel_id": f"C0{at.account_id}",
        "bot_token": "xoxb-1-token",
        "signing_secret": SECRET,
        "api_base_url": f"{programs.base_url}/slack/api",
    }


async def posts(programs: httpx.AsyncClient, at: SmallDesk) -> list[dict[str, Any]]:
    page = (await programs.get("/slack/sent")).json()["items"]
    return [one["request"] for one in page if one["to"] == f"C0{at.account_id}"]


async def thread_of(client: httpx.AsyncClient) -> list[tuple[Any, ...]]:
    page = (await client.get("/conversations/1/messages")).json()["payload"]
    return [
        (one["message_type"], one["private"], one["content"], (one["sender"] or {}).get("name"))
        for one in page
        if one["message_type"] != 2
    ]


async def test_a_conversation_is_a_thread_in_slack_and_answers_come_back(
    desk: Desk,
    clock: FixedClock,
    programs: httpx.AsyncClient,
    service_url: str,
    maya: httpx.AsyncClient,
    halden: SmallDesk,
) -> None:
    made = await maya.post(
        "/integrations/hooks",
        json={"app_id": "slack", "settings": slack_settings(halden, programs)},
    )
    assert made.status_code == 200, made.text
    hook = made.json()
    assert (hook["status"], hook["hook_type"], hook["inbox_id"]) == (True, "account", None)
    assert "xoxb" not in made.text
    assert SECRET not in made.text
    await receive(desk, halden, said("Where is my bag? <&>"))
    await settle(desk, halden.account_id)
    await maya.post("/conversations/1/messages", json={"content": "We look", "private": True})
    await maya.post("/conversations/1/messages", json={"content": "It is here"})
    await settle(desk, halden.account_id)
    first, note, reply = await posts(programs, halden)
    assert first["text"].splitlines()[1:] == ["*Amara Okonkwo*", "Where is my bag? &lt;&amp;&gt;"]
    assert "/conversations/1|#1> Amara Okonkwo · WhatsApp" in first["text"]
    assert note["text"] == "🔒 *Maya* (note)\nWe look"
    assert reply["text"] == "*Maya*\nIt is here"
    assert first["thread_ts"] is None
    assert {note["thread_ts"], reply["thread_ts"]} == {first["ts"]}

    jonas = {"id": "U0JONAS", "name": "jonas", "email": halden.emails[halden.agent].upper()}
    await programs.post("/slack/people", json=jonas)
    await programs.post("/slack/people", json={"id": "U0GUEST", "name": "Guest"})
    for false in ({"is_stranger": True}, {"is_email_confirmed": False}):
        person = jonas | false | {"id": f"U0{next(iter(false))[3:8].upper()}", "name": "Mallory"}
        await programs.post("/slack/people", json=person)
    saying = {
        "url": f"{service_url}/api/v1/integrations/webhooks",
        "signing_secret": SECRET,
        "channel": f"C0{halden.account_id}",
        "thread_ts": first["ts"],
    }
    for extra in (
        {"user": "U0JONAS", "text": "At belt &lt;4&gt;, see <https://a.example|the map>"},
        {"user": "U0JONAS", "text": "note: he is kind", "ts": "1.2"},
        {"user": "U0JONAS", "text": "note: he is kind", "ts": "1.2"},
        {"user": "U0GUEST", "text": "I was here too"},
        {"user": "U0STRAN", "text": "Send money"},
        {"user": "U0EMAIL", "text": "Send more"},
        {"user": "U0JONAS", "text": "elsewhere", "thread_ts": "9.9"},
    ):
        told = (await programs.post("/slack/say", json=saying | extra)).json()
        assert told["status"] == 200
        await settle(desk, halden.account_id)
    assert (await thread_of(maya))[3:] == [
        (1, False, "At belt <4>, see the map (https://a.example)", "Jonas"),
        (1, True, "he is kind", "Jonas"),
        (1, True, "Guest in Slack: I was here too", None),
        (1, True, "Mallory in Slack: Send money", None),
        (1, True, "Mallory in Slack: Send more", None),
    ]
    forged = saying | {"signing_secret": "another secret", "user": "U0JONAS", "text": "x"}
    assert (await programs.post("/slack/say", json=forged)).json()["status"] == 401
    assert len(await posts(programs, halden)) == 3


async def test_slack_is_never_told_twice_and_trouble_is_said(
    desk: Desk,
    clock: FixedClock,
    programs: httpx.AsyncClient,
    maya: httpx.AsyncClient,
    halden: SmallDesk,
) -> None:
    settings = slack_settings(halden, programs)
    body = {"hook": {"app_id": "slack", "status": "enabled", "settings": settings}}
    hook = (await maya.post("/integrations/hooks", json=body)).json()
    path = f"/integrations/hooks/{hook['id']}"
    for fault in ({"kind": "lose_answer"}, {"kind": "refuse", "status": 429}):
        await programs.post("/slack/faults", json=fault)
    await receive(desk, halden, said("One"))
    await settle(desk, halden.account_id)
    await receive(desk, halden, said("Two"))
    for _ in range(3):
        clock.set(clock.now() + timedelta(minutes=6))
        await settle(desk, halden.account_id)
    texts = [one["text"].splitlines()[-1] for one in await posts(programs, halden)]
    assert texts == ["One", "Two"]

    await maya.patch(path, json={"settings": {"bot_token": "xoxb-wrong"}})
    await receive(desk, halden, said("Three"))
    await settle(desk, halden.account_id)
    off = (await maya.get(path)).json()
    assert (off["status"], off["last_error"]) == (False, "Slack says invalid_auth")
    assert off["settings"]["channel_id"] == settings["channel_id"]
    await receive(desk, halden, said("Four"))
    on = await maya.patch(path, json={"status": 1, "settings": {"bot_token": "xoxb-right"}})
    assert (on.json()["status"], on.json()["last_error"]) == (True, None)
    await receive(desk, halden, said("Five"))
    await settle(desk, halden.account_id)
    texts = [one["text"].splitlines()[-1] for one in await posts(programs, halden)]
    assert texts == ["One", "Two", "Five"]
    assert (await maya.delete(path)).status_code == 200
    assert (await maya.delete(path)).status_code == 404


async def test_dialogflow_answers_first_and_hands_over(
    desk: Desk,
    clock: FixedClock,
    programs: httpx.AsyncClient,
    maya: httpx.AsyncClient,
    halden: SmallDesk,
    private_key: str,
) -> None:
    credentials = {
        "type": "service_account",
        "client_email": "bot@desk.example",
        "private_key": private_key,
        "token_uri": f"{programs.base_url}/dialogflow/token",
    }
    made = await maya.post(
        "/integrations/hooks",
        json={
            "app_id": "dialogflow",
            "inbox_id": str(halden.inbox),
            "settings": {
                "project_id": "halden-air",
                "credentials": msgspec.json.encode(credentials).decode(),
                "api_base_url": f"{programs.base_url}/dialogflow",
            },
        },
    )
    assert made.status_code == 200, made.text
    assert "PRIVATE KEY" not in made.text
    await receive(desk, halden, said("When are you open?"))
    await settle(desk, halden.account_id)
    assert (await maya.get("/conversations/1")).json()["status"] == "pending"
    answer = (1, False, "We are here on weekdays from 9 to 17.", "Dialogflow")
    assert (await thread_of(maya))[1:] == [answer]
    await receive(desk, halden, said("I want a human"))
    await settle(desk, halden.account_id)
    assert (await maya.get("/conversations/1")).json()["status"] == "open"
    await receive(desk, halden, said("When are you open?"))
    await settle(desk, halden.account_id)
    assert len(await thread_of(maya)) == 5
    asked = (await programs.get("/dialogflow/sent")).json()["items"]
    assert [one["request"]["queryInput"]["text"]["text"] for one in asked] == [
        "When are you open?",
        "I want a human",
    ]
    await programs.post("/dialogflow/faults", json={"kind": "refuse", "status": 403})
    await receive(desk, halden, said("open", sender="4711", name="Bo"))
    await settle(desk, halden.account_id)
    assert (await maya.get("/conversations/2")).json()["status"] == "open"
    path = f"/integrations/hooks/{made.json()['id']}"
    await receive(desk, halden, said("What is love?", sender="4712", name="Cy"))
    await settle(desk, halden.account_id)
    assert (await maya.get("/conversations/3")).json()["status"] == "open"
    hook = (await maya.get(path)).json()
    await receive(desk, halden, said("Anybody?", sender="4713", name="Di"))
    assert (await maya.get("/conversations/4")).json()["status"] == "pending"
    await maya.delete(path)
    assert (await maya.get("/conversations/4")).json()["status"] == "open"
    assert "answered 403" in hook["last_error"]


async def test_what_an_app_must_be_told_is_checked_by_its_schema(
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    as_user: ClientOf,
    halden: SmallDesk,
    northgate: SmallDesk,
    programs: httpx.AsyncClient,
) -> None:
    listed = (await jonas.get("/integrations/apps")).json()["payload"]
    assert [(app["id"], app["hook_type"], app["enabled"]) for app in listed] == [
        ("webhook", "account", False),
        ("slack", "account", False),
        ("dialogflow", "inbox", False),
    ]
    schema = listed[1]["settings_json_schema"]
    assert sorted(schema["required"]) == ["bot_token", "channel_id", "signing_secret"]
    settings = slack_settings(halden, programs)
    bad_key = {"project_id": "abc", "credentials": {"client_email": "a@b.c", "private_key": "x"}}
    for body, field in (
        ({}, "app_id"),
        ({"app_id": 1}, "app_id"),
        ({"app_id": "openai", "settings": {}}, "app_id"),
        ({"app_id": "webhook", "settings": {}}, "app_id"),
        ({"app_id": "slack"}, "settings.channel_id"),
        (
            {"app_id": "slack", "settings": settings | {"channel_id": "general"}},
            "settings.channel_id",
        ),
        ({"app_id": "slack", "settings": settings | {"bot_token": 7}}, "settings.bot_token"),
        (
            {"app_id": "slack", "settings": settings | {"api_base_url": "http://a:x/"}},
            "settings.api_base_url",
        ),
        ({"app_id": "slack", "status": "perhaps", "settings": settings}, "status"),
        ({"app_id": "dialogflow", "settings": bad_key}, "settings.credentials.private_key"),
    ):
        answer = await maya.post("/integrations/hooks", json=body)
        assert (answer.status_code, answer.json().get("field")) == (422, field), (body, answer.text)
    key = {"client_email": "a@b.c", "private_key": "-----BEGIN PRIVATE KEY-----"}
    flow = {"app_id": "dialogflow", "settings": {"project_id": "abc", "credentials": key}}
    for extra in ({}, {"inbox_id": northgate.inbox}):
        answer = await maya.post("/integrations/hooks", json=flow | extra)
        assert (answer.status_code, answer.json()["field"]) == (422, "inbox_id")
    slack = {"app_id": "slack", "settings": settings | {"unknown": "is left out"}}
    assert (await jonas.post("/integrations/hooks", json=slack)).status_code == 403
    made = await maya.post("/integrations/hooks", json=slack)
    assert sorted(made.json()["settings"]) == ["api_base_url", "channel_id"]
    again = await maya.post("/integrations/hooks", json=slack)
    assert (again.status_code, again.json()["field"]) == (422, "app_id")
    app = (await maya.get("/integrations/apps/slack")).json()
    assert (app["enabled"], [hook["id"] for hook in app["hooks"]]) == (True, [made.json()["id"]])
    assert (await jonas.get("/integrations/apps/slack")).json()["hooks"] == []
    assert (await maya.get("/integrations/apps/openai")).status_code == 404
    stranger = as_user(northgate, northgate.administrator)
    path = f"/integrations/hooks/{made.json()['id']}"
    assert (await stranger.patch(path, json={"status": 0})).status_code == 404
    wrong = await maya.patch(path, json={"settings": {"signing_secret": None}})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "settings.signing_secret")


async def test_secrets_do_not_go_to_another_address_unless_they_are_given_again(
    maya: httpx.AsyncClient, halden: SmallDesk, programs: httpx.AsyncClient
) -> None:
    settings = slack_settings(halden, programs)
    made = await maya.post("/integrations/hooks", json={"app_id": "slack", "settings": settings})
    hook = f"/integrations/hooks/{made.json()['id']}"
    moved = {"api_base_url": "https://elsewhere.example/api"}
    for given in (moved, {"api_base_url": None}, moved | {"bot_token": settings["bot_token"]}):
        answer = await maya.patch(hook, json={"settings": given})
        assert (answer.status_code, answer.json()["error"]) == (422, "secrets_missing"), given
    whole = await maya.patch(hook, json={"settings": settings | moved})
    assert whole.json()["settings"]["api_base_url"] == moved["api_base_url"]
    same = await maya.patch(hook, json={"settings": moved | {"channel_id": "C0ELSEWHERE"}})
    assert same.status_code == 200, same.text


async def test_events_of_strangers_are_refused(anybody: httpx.AsyncClient) -> None:
    path = "/api/v1/integrations/webhooks"
    challenge = await anybody.post(path, json={"type": "url_verification", "challenge": "3eZ"})
    assert challenge.json() == {"challenge": "3eZ"}
    for body, status in (
        (b"{", 400),
        (b"[]", 422),
        (b"{}", 401),
        (b'{"event": {"channel": 1}}', 422),
    ):
        assert (await anybody.post(path, content=body)).status_code == status, body


def test_slacks_signature_is_the_documented_one_and_ages(clock: FixedClock) -> None:
    body, at = b"token=x&command=%2Fweather", str(int(clock.now().timestamp()))
    signature = signature_of(SECRET, at, body)
    assert is_genuine(SECRET, at, signature, body, clock.now())
    assert not is_genuine(SECRET, at, signature, body + b"x", clock.now())
    assert not is_genuine(SECRET, at, "", body, clock.now())
    assert not is_genuine(SECRET, "x", signature, body, clock.now())
    assert not is_genuine(SECRET, at, signature, body, clock.now() + timedelta(minutes=6))


def test_slacks_marks_are_made_plain() -> None:
    assert from_slack("<@U1|ada> &amp; <#C2|bags> <!here> <mailto:a@b.c|a@b.c>") == (
        "@ada & #bags @here a@b.c"
    )
    assert to_slack("<a> & b") == "&lt;a&gt; &amp; b"
    assert (note_in("Note: x"), note_in("notes: x"), note_in("a note: x")) == ("x", None, None)
