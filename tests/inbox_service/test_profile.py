"""People about themselves: name, picture, password, sessions, token, whether they can be reached."""

import httpx

from desk.store.desk import Desk
from desk.words.ids import UserId
from tests.builders.accounts import PASSWORD, SmallDesk
from tests.inbox_service.cable_client import agent_on_the_line
from tests.inbox_service.conftest import ClientOf

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
NEW = "Better horse 7 battery!"
PROFILE = "/api/v1/profile"


def token(at: SmallDesk, user_id: UserId) -> dict[str, str]:
    return {"api_access_token": at.tokens[user_id]}


async def test_a_person_changes_how_they_are_seen(
    halden: SmallDesk, anybody: httpx.AsyncClient, maya: httpx.AsyncClient
) -> None:
    headers = token(halden, halden.agent)
    before = (await anybody.get(PROFILE, headers=headers)).json()
    assert (before["role"], before["accounts"][0]["role"]) == ("agent", "agent")
    body = {
        "name": "Jonas Berg",
        "display_name": "Jo",
        "message_signature": "Jonas, Halden Air",
        "phone_number": "+4790000000",
        "ui_settings": {"theme": "dark"},
        "unknown": 1,
    }
    changed = (await anybody.put(PROFILE, headers=headers, json={"profile": body})).json()
    assert (changed["name"], changed["available_name"]) == ("Jonas Berg", "Jo")
    assert changed["message_signature"] == "Jonas, Halden Air"
    assert changed["custom_attributes"] == {"phone_number": "+4790000000"}
    assert changed["ui_settings"] == {"theme": "dark"}
    form = {"profile[display_name]": "Joe", "profile[ui_settings]": '{"theme": "light"}'}
    picture = {"profile[avatar]": ("j.gif", PNG, "image/gif")}
    shown = (await anybody.put(PROFILE, headers=headers, data=form, files=picture)).json()
    assert (shown["display_name"], shown["name"]) == ("Joe", "Jonas Berg")
    assert shown["ui_settings"] == {"theme": "light"}
    address = httpx.URL(shown["avatar_url"]).path
    found = await anybody.get(address)
    assert (found.content, found.headers["content-type"]) == (PNG, "image/png")
    agents = (await maya.get("/agents")).json()
    assert address in [one["thumbnail"] for one in agents]
    second = await anybody.patch(PROFILE, headers=headers, files=picture)
    assert httpx.URL(second.json()["avatar_url"]).path != address
    assert (await anybody.get(address)).status_code == 404, "the old picture is gone"
    bare = await anybody.delete(f"{PROFILE}/avatar", headers=headers)
    assert bare.json()["avatar_url"] == ""
    assert (await anybody.get("/public/avatars/0/..%2Fhealth")).status_code == 404


async def test_what_makes_no_sense_of_a_person_is_refused_by_its_field(
    halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    headers = token(halden, halden.agent)
    for body, field in (
        ({"name": " "}, "name"),
        ({"name": 7}, "name"),
        ({"email": "nowhere"}, "email"),
        ({"email": halden.emails[halden.administrator].upper()}, "email"),
        ({"ui_settings": [1]}, "ui_settings"),
        ({"message_signature": "x" * 10_001}, "message_signature"),
        ({"password": NEW}, "current_password"),
        ({"password": NEW, "current_password": "wrong"}, "current_password"),
        ({"password": "short", "current_password": PASSWORD}, "password"),
        (
            {"password": NEW, "password_confirmation": "x", "current_password": PASSWORD},
            "password_confirmation",
        ),
    ):
        answer = await anybody.put(PROFILE, headers=headers, json={"profile": body})
        assert (answer.status_code, answer.json()["field"]) == (422, field), body
    for form in (
        {"profile[ui_settings]" + "[a]" * 5_000: "x"},
        {"profile[ui_settings]": "[" * 5_000},
        {"profile[ui_settings]": '{"a":' * 5_000},
        {"profile[ui_settings]": '{"a":' * 500 + "1" + "}" * 500},
    ):
        answer = await anybody.put(PROFILE, headers=headers, data=form)
        assert (answer.status_code, answer.json()["error"]) in (
            (422, "too_deep"),
            (422, "malformed"),
        ), answer.text
    fake = {"profile[avatar]": ("j.png", b"<html>", "image/png")}
    answer = await anybody.put(PROFILE, headers=headers, files=fake)
    assert (answer.status_code, answer.json()["field"]) == (422, "avatar")
    assert (await anybody.put(PROFILE, headers=headers, json={"profile": 7})).status_code == 422
    assert (await anybody.put(PROFILE, json={"profile": {"name": "X"}})).status_code == 401


async def test_an_address_that_somebody_only_says_is_theirs_brings_no_other_accounts_work(
    halden: SmallDesk, northgate: SmallDesk, as_user: ClientOf, anybody: httpx.AsyncClient
) -> None:
    headers = token(halden, halden.agent)
    assert (await anybody.get(PROFILE, headers=headers)).json()["confirmed"] is True
    coveted = f"director.{northgate.account_id}@northgate.example"
    changed = await anybody.put(PROFILE, headers=headers, json={"profile": {"email": coveted}})
    assert (changed.json()["email"], changed.json()["confirmed"]) == (coveted, False)
    other = as_user(northgate, northgate.administrator)
    for path, body in (
        ("/agents", {"name": "Director", "email": coveted, "role": "administrator"}),
        ("/agents/bulk_create", {"emails": [coveted.upper()]}),
    ):
        answer = await other.post(path, json=body)
        assert (answer.status_code, answer.json()["field"]) == (422, "email"), path
    there = f"/api/v1/accounts/{northgate.account_id}/agents"
    assert (await anybody.get(there, headers=headers)).status_code == 404
    here = await anybody.get(f"/api/v1/accounts/{halden.account_id}/agents", headers=headers)
    assert {one["id"]: one["confirmed"] for one in here.json()}[halden.agent] is False


async def test_another_password_ends_all_other_sessions_and_sockets(
    desk: Desk, halden: SmallDesk, anybody: httpx.AsyncClient, service_url: str
) -> None:
    email = halden.emails[halden.agent]
    headers = token(halden, halden.agent)
    async with (
        httpx.AsyncClient(base_url=service_url, timeout=20) as here,
        httpx.AsyncClient(base_url=service_url, timeout=20) as there,
        agent_on_the_line(service_url, desk, halden, halden.agent) as line,
    ):
        for client in (here, there):
            form = {"email": email, "password": PASSWORD}
            assert (await client.post("/sign_in", data=form)).status_code == 303
        sessions = (await here.get(f"{PROFILE}/sessions")).json()
        assert [one["current"] for one in sessions] in ([True, False], [False, True])
        before = (await here.get(PROFILE)).json()
        body = {"password": NEW, "password_confirmation": NEW, "current_password": PASSWORD}
        changed = await here.put(PROFILE, json={"profile": body})
        assert changed.status_code == 200, changed.text
        assert changed.json()["pubsub_token"] != before["pubsub_token"]
        await line.event("user:logout")
        assert (await here.get(PROFILE)).status_code == 200
        assert (await there.get(PROFILE)).status_code == 401
        assert len((await here.get(f"{PROFILE}/sessions")).json()) == 1
        old = await there.post("/sign_in", data={"email": email, "password": PASSWORD})
        assert old.status_code == 401
        new = await there.post("/sign_in", data={"email": email, "password": NEW})
        assert new.status_code == 303
        (other,) = [
            one for one in (await here.get(f"{PROFILE}/sessions")).json() if not one["current"]
        ]
        assert (await here.delete(f"{PROFILE}/sessions/{other['id']}")).status_code == 200
        assert (await there.get(PROFILE)).status_code == 401
        assert (await here.delete(f"{PROFILE}/sessions/{other['id']}")).status_code == 404
        assert (await anybody.get(f"{PROFILE}/sessions", headers=headers)).status_code == 200


async def test_another_token_takes_the_old_ones_place(
    halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    headers = token(halden, halden.outsider)
    for _ in range(2):
        renewed = await anybody.post(f"{PROFILE}/reset_access_token", headers=headers)
        fresh = {"api_access_token": renewed.json()["access_token"]}
        assert (await anybody.get(PROFILE, headers=headers)).status_code == 401
        assert (await anybody.get(PROFILE, headers=fresh)).status_code == 200
        headers = fresh


async def test_whether_somebody_can_be_reached_is_told_at_once(
    desk: Desk,
    halden: SmallDesk,
    northgate: SmallDesk,
    anybody: httpx.AsyncClient,
    maya: httpx.AsyncClient,
    service_url: str,
) -> None:
    headers = token(halden, halden.agent)
    async with agent_on_the_line(service_url, desk, halden, halden.administrator) as watching:

        async def hear(status: str) -> None:
            while True:
                told = (await watching.event("presence.update"))["data"]
                if told["users"].get(str(int(halden.agent))) == status:
                    return

        async def say(way: str, **fields: object) -> httpx.Response:
            body = {"profile": {"account_id": str(halden.account_id), **fields}}
            return await anybody.post(f"{PROFILE}/{way}", headers=headers, json=body)

        away = (await say("auto_offline", auto_offline=False)).json()["accounts"][0]
        assert (away["auto_offline"], away["availability_status"]) == (False, "online")
        busy = (await say("availability", availability="busy")).json()["accounts"][0]
        assert (busy["availability"], busy["availability_status"]) == ("busy", "busy")
        await hear("busy")
        path = f"/agents/{halden.agent}"
        changed = await maya.patch(path, json={"availability": "offline", "auto_offline": False})
        assert changed.json()["availability_status"] == "offline"
        await hear("offline")
        assert (await say("availability", availability="asleep")).status_code == 422
        elsewhere = {"profile": {"account_id": northgate.account_id, "availability": "busy"}}
        refused = await anybody.post(f"{PROFILE}/availability", headers=headers, json=elsewhere)
        assert refused.status_code == 404


async def test_the_account_looked_at_last_is_the_persons_own(
    desk: Desk,
    halden: SmallDesk,
    northgate: SmallDesk,
    as_user: ClientOf,
    anybody: httpx.AsyncClient,
) -> None:
    other = as_user(northgate, northgate.administrator)
    email = halden.emails[halden.outsider]
    added = await other.post("/agents", json={"name": "Priya", "email": email, "role": "agent"})
    assert added.status_code == 200, added.text
    headers = token(halden, halden.outsider)
    first = (await anybody.get(PROFILE, headers=headers)).json()
    assert first["account_id"] == halden.account_id
    body = {"profile": {"account_id": northgate.account_id}}
    chosen = await anybody.put(f"{PROFILE}/set_active_account", headers=headers, json=body)
    assert chosen.status_code == 200
    second = (await anybody.get(PROFILE, headers=headers)).json()
    assert second["account_id"] == northgate.account_id
    assert second["accounts"][1]["active_at"] is not None


async def test_several_agents_are_taken_on_at_once(
    halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    new = [f"{name}.{halden.account_id}@halden.example" for name in ("Liv", "kai")]
    body = {"emails": [*new, halden.emails[halden.agent]]}
    assert (await jonas.post("/agents/bulk_create", json=body)).status_code == 403
    for _ in range(2):
        assert (await maya.post("/agents/bulk_create", json=body)).status_code == 200
    agents = (await maya.get("/agents")).json()
    assert len(agents) == 5
    for bad in ({"emails": ["nowhere"]}, {"emails": "a@b.example"}, {}):
        assert (await maya.post("/agents/bulk_create", json=bad)).status_code == 422
    busy = await maya.post(
        "/agents",
        json={
            "name": "Noor",
            "email": f"noor.{halden.account_id}@halden.example",
            "availability": "busy",
            "auto_offline": False,
        },
    )
    assert (busy.json()["availability_status"], busy.json()["auto_offline"]) == ("busy", False)
