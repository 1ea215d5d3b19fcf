"""The platform API: who may, what it makes, what it ends, and that it sees nothing else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from secrets import token_hex
from typing import Any

import httpx
import pytest

from desk.actions.close_account import ERASE_ACCOUNT
from desk.clock import FixedClock
from desk.local.platform_app import let_in, let_in_once
from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.errors import Conflict
from desk.words.ids import AccountId
from tests.builders.accounts import PASSWORD, SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.cable_client import agent_on_the_line
from tests.settle import settle

_numbers = count(1)
_run = token_hex(4)


@pytest.fixture
async def platform(service_url: str, desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    """A client with the token of a platform app of its own."""
    token = await let_in(desk, f"App {_run} {next(_numbers)}")
    async with httpx.AsyncClient(
        base_url=f"{service_url}/platform/api/v1",
        headers={"api_access_token": token},
        timeout=20,
    ) as client:
        yield client


async def made(client: httpx.AsyncClient, path: str, **body: Any) -> dict[str, Any]:
    answer = await client.post(path, json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def a_user(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    email = f"ana.{_run}.{next(_numbers)}@cargo.example"
    return await made(client, "/users", **{"name": "Ana Lind", "email": email, **fields})


def as_person(client: httpx.AsyncClient, token: str) -> dict[str, str]:
    return {"api_access_token": token}


async def test_a_platform_app_makes_an_account_and_somebody_who_works_there(
    platform: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    account = await made(
        platform,
        "/accounts",
        name="Halden Cargo",
        locale="pt_BR",
        domain="cargo.example",
        support_email="help@cargo.example",
        limits={"agents": 5},
        custom_attributes={"plan": "gold"},
        features={"sla": True, "captain": False},
        unknown_field=7,
    )
    assert (account["name"], account["locale"], account["status"]) == (
        "Halden Cargo",
        "pt_BR",
        "active",
    )
    assert (account["limits"], account["features"]) == ({"agents": 5}, {"sla": True})
    person = await a_user(platform, display_name="Ana", password="Secret1!", custom_attributes={})
    assert (person["accounts"], person["role"], person["account_id"]) == ([], None, None)
    place = f"/accounts/{account['id']}/account_users"
    works = await made(platform, place, user_id=person["id"], role="agent")
    assert works == {"account_id": account["id"], "user_id": person["id"], "role": "agent"}
    await made(platform, place, user_id=person["id"], role="administrator")
    assert (await platform.get(place)).json() == [{**works, "role": "administrator"}]
    shown = (await platform.get(f"/users/{person['id']}")).json()
    assert (shown["role"], shown["accounts"][0]["id"]) == ("administrator", account["id"])
    token = (await platform.post(f"/users/{person['id']}/token")).json()
    assert token["user"]["email"] == person["email"]
    headers = as_person(anybody, token["access_token"])
    theirs = await anybody.get(f"/api/v1/accounts/{account['id']}", headers=headers)
    assert theirs.json()["features"]["sla"] is True
    changed = await platform.patch(
        f"/accounts/{account['id']}", json={"name": "Halden Freight", "status": "suspended"}
    )
    assert (changed.json()["name"], changed.json()["status"]) == ("Halden Freight", "suspended")
    refused = await anybody.get(f"/api/v1/accounts/{account['id']}", headers=headers)
    assert refused.status_code == 401
    await platform.patch(f"/accounts/{account['id']}", json={"status": "active"})
    gone = await platform.request("DELETE", place, json={"user_id": str(person["id"])})
    assert gone.status_code == 200, gone.text
    assert (await platform.get(place)).json() == []
    again = await platform.request("DELETE", place, json={"user_id": person["id"]})
    assert again.status_code == 404


async def test_a_platform_app_confirms_the_address_that_somebody_gave_themselves(
    platform: httpx.AsyncClient, anybody: httpx.AsyncClient, maya: httpx.AsyncClient
) -> None:
    person = await a_user(platform)
    theirs = as_person(anybody, person["access_token"])
    wanted = f"new.{person['email']}"
    said_so = await anybody.put("/api/v1/profile", headers=theirs, json={"email": wanted})
    assert said_so.json()["confirmed"] is False
    work = {"name": "Ana", "email": wanted, "role": "agent"}
    assert (await maya.post("/agents", json=work)).status_code == 422
    shown = await platform.patch(f"/users/{person['id']}", json={"email": wanted})
    assert shown.json()["confirmed"] is True
    assert (await maya.post("/agents", json=work)).status_code == 200


async def test_its_token_opens_nothing_else_and_no_other_token_opens_this(
    platform: httpx.AsyncClient,
    anybody: httpx.AsyncClient,
    halden: SmallDesk,
) -> None:
    token = platform.headers["api_access_token"]
    elsewhere = (
        f"/api/v1/accounts/{halden.account_id}",
        f"/api/v1/accounts/{halden.account_id}/conversations",
        "/api/v1/profile",
    )
    for path in elsewhere:
        answer = await anybody.get(path, headers={"api_access_token": token})
        assert answer.status_code == 401, path
    mine = {"api_access_token": halden.tokens[halden.administrator]}
    for headers in ({}, mine, {"Api-Access-Token": "nobody's"}):
        answer = await anybody.get("/platform/api/v1/accounts", headers=headers)
        assert answer.status_code == 401
    spelt = await anybody.get("/platform/api/v1/accounts/", headers={"Api-Access-Token": token})
    assert (spelt.status_code, spelt.json()) == (200, [])


async def test_what_it_did_not_make_is_not_there_for_it(
    platform: httpx.AsyncClient, desk: Desk, service_url: str, halden: SmallDesk
) -> None:
    other = {"api_access_token": await let_in(desk, f"App {_run} {next(_numbers)}")}
    account = await made(platform, "/accounts", name="Ours")
    person = await a_user(platform)
    bot = await made(platform, "/agent_bots", name="Porter")
    mine = {"api_access_token": platform.headers["api_access_token"]}
    foreign = (
        (other, f"/accounts/{account['id']}"),
        (other, f"/accounts/{account['id']}/account_users"),
        (other, f"/users/{person['id']}"),
        (other, f"/users/{person['id']}/login"),
        (other, f"/agent_bots/{bot['id']}"),
        (mine, f"/accounts/{halden.account_id}"),
        (mine, f"/users/{halden.agent}"),
        (mine, "/accounts/999999999"),
    )
    for headers, path in foreign:
        answer = await platform.get(path, headers=headers)
        assert answer.status_code == 404, path
    for method, path in (
        ("PATCH", f"/accounts/{account['id']}"),
        ("DELETE", f"/accounts/{account['id']}"),
        ("PATCH", f"/users/{person['id']}"),
        ("DELETE", f"/users/{person['id']}"),
        ("POST", f"/users/{person['id']}/token"),
        ("DELETE", f"/agent_bots/{bot['id']}"),
    ):
        answer = await platform.request(method, path, headers=other, json={"name": "Mine"})
        assert answer.status_code == 404, (method, path)
    ours = f"/accounts/{account['id']}/account_users"
    stranger = await platform.post(ours, json={"user_id": halden.agent, "role": "agent"})
    assert stranger.status_code == 404
    theirs = await platform.post(
        "/agent_bots", json={"name": "Spy", "account_id": halden.account_id}
    )
    assert theirs.status_code == 404
    assert [one["id"] for one in (await platform.get("/accounts")).json()] == [account["id"]]
    assert [one["id"] for one in (await platform.get("/agent_bots")).json()] == [bot["id"]]


async def test_what_makes_no_sense_is_refused_by_its_field(
    platform: httpx.AsyncClient, halden: SmallDesk
) -> None:
    taken = halden.emails[halden.agent]
    for path, body, field in (
        ("/accounts", {}, "name"),
        ("/accounts", {"name": " "}, "name"),
        ("/accounts", {"name": "A", "status": "asleep"}, "status"),
        ("/accounts", {"name": "A", "locale": "klingon"}, "locale"),
        ("/accounts", {"name": "A", "features": {"Sla!": True}}, "features"),
        ("/users", {"name": "A"}, "email"),
        ("/users", {"name": "A", "email": "nowhere"}, "email"),
        ("/users", {"name": "A", "email": taken}, "email"),
        ("/users", {"name": "A", "email": "a@b.example", "password": "secret"}, "password"),
        ("/agent_bots", {"name": ""}, "name"),
        ("/agent_bots", {"name": "A", "outgoing_url": "ftp://x"}, "outgoing_url"),
    ):
        answer = await platform.post(path, json=body)
        assert (answer.status_code, answer.json().get("field")) == (422, field), (path, body)
    assert (await platform.post("/accounts", content=b"{")).status_code == 400
    account = await made(platform, "/accounts", name="Ours")
    place = f"/accounts/{account['id']}/account_users"
    for work in ({"user_id": 1}, {"role": "agent"}, {"user_id": 1, "role": "captain"}):
        assert (await platform.post(place, json=work)).status_code == 422


async def test_a_link_signs_a_person_in_once_and_not_for_long(
    platform: httpx.AsyncClient, anybody: httpx.AsyncClient, desk: Desk, settings: Settings
) -> None:
    account = await made(platform, "/accounts", name="Ours")
    person = await a_user(platform)
    place = f"/accounts/{account['id']}/account_users"
    login = f"/users/{person['id']}/login"

    def path_of(answer: httpx.Response) -> str:
        url = httpx.URL(answer.json()["url"])
        assert str(url).startswith(settings.addresses.public_url)
        return str(url.raw_path, "ascii")

    nowhere = await anybody.get(path_of(await platform.get(login)))
    assert nowhere.status_code == 303
    lost = await anybody.get("/", follow_redirects=True)
    assert (lost.status_code, "no account" in lost.text) == (200, True)
    anybody.cookies.clear()
    await made(platform, place, user_id=person["id"], role="agent")
    link = path_of(await platform.get(login))
    seen = await anybody.get(link, headers={"sec-fetch-dest": "image"})
    assert (seen.headers["location"], seen.headers.get("set-cookie")) == ("/sign_in", None)
    at_once = await asyncio.gather(*(anybody.get(link) for _ in range(5)))
    (first,) = [one for one in at_once if one.headers["location"] == "/"]
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert "HttpOnly" in first.headers["set-cookie"]
    assert (await anybody.get("/api/v1/profile")).json()["id"] == person["id"]
    anybody.cookies.clear()
    second = await anybody.get(link)
    assert (second.headers["location"], second.headers.get("set-cookie")) == ("/sign_in", None)
    assert (await anybody.get("/app/login")).headers["location"] == "/sign_in"
    before = {key async for key in desk.redis.scan_iter(match="sign_in:*")}
    late = path_of(await platform.get(login))
    (kept,) = {key async for key in desk.redis.scan_iter(match="sign_in:*")} - before
    assert 0 < await desk.redis.ttl(kept) <= 300
    await desk.redis.delete(kept)
    assert (await anybody.get(late)).headers["location"] == "/sign_in"


async def test_a_deleted_person_works_for_nobody_and_has_no_name_any_more(
    platform: httpx.AsyncClient, anybody: httpx.AsyncClient, desk: Desk
) -> None:
    account = await made(platform, "/accounts", name="Ours")
    person = await a_user(platform, password="Secret1!")
    place = f"/accounts/{account['id']}/account_users"
    await made(platform, place, user_id=person["id"], role="administrator")
    headers = as_person(anybody, person["access_token"])
    address = f"/users/{person['id']}"
    changed = await platform.patch(
        address, json={"name": "Ana Berg", "password": "Another1!", "custom_attributes": {"k": 1}}
    )
    assert (changed.json()["name"], changed.json()["custom_attributes"]) == ("Ana Berg", {"k": 1})
    assert changed.json()["pubsub_token"] != person["pubsub_token"]
    kept = await made(platform, "/users", name="Other", email=person["email"].upper())
    assert (kept["id"], kept["name"]) == (person["id"], "Ana Berg")
    assert (await platform.delete(address)).status_code == 200
    assert (await platform.get(address)).status_code == 404
    assert (await anybody.get("/api/v1/profile", headers=headers)).status_code == 401
    form = {"email": person["email"], "password": "Another1!"}
    assert (await anybody.post("/sign_in", data=form)).status_code == 401
    assert (await platform.get(place)).json() == []
    fresh = await made(platform, "/users", name="Ana again", email=person["email"])
    assert fresh["id"] != person["id"]
    async with desk.transaction_across_accounts(reason="a test looks at a deleted person") as tx:
        row = await tx.one("select name, email from users where id = %s", [person["id"]])
    assert row["name"] == "Deleted user"
    assert person["email"] not in row["email"]


async def test_a_closed_account_is_gone_at_once_and_erased_soon(
    platform: httpx.AsyncClient,
    anybody: httpx.AsyncClient,
    desk: Desk,
    clock: FixedClock,
    halden: SmallDesk,
    service_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    account_id = AccountId(halden.account_id)
    files = FileStore(tmp_path_factory.mktemp("files").as_uri())
    key = await files.put(account_id, b"a file")
    other_key = await files.put(AccountId(int(account_id) * 10), b"of somebody else")
    await receive(desk, halden, said("Where is my bag?"), said("Hello?", sender="4790000000"))
    async with desk.transaction_across_accounts(reason="a test permits an account") as tx:
        row = await tx.one("select max(id) as id from platform_apps")
        await tx.execute(
            "insert into platform_app_permissibles values (%s, 'account', %s, %s)",
            [row["id"], account_id, tx.now],
        )
    async with agent_on_the_line(service_url, desk, halden, halden.agent) as line:
        assert (await platform.delete(f"/accounts/{account_id}")).status_code == 200
        while (await line.hear()).get("type") != "disconnect":
            pass
    assert (await platform.get(f"/accounts/{account_id}")).status_code == 404
    assert (await platform.delete(f"/accounts/{account_id}")).status_code == 404
    headers = {"api_access_token": halden.tokens[halden.administrator]}
    seen = await anybody.get(f"/api/v1/accounts/{account_id}/conversations", headers=headers)
    assert seen.status_code == 404
    assert (await anybody.get("/api/v1/profile", headers=headers)).json()["accounts"] == []
    signed_in = await anybody.post(
        "/sign_in", data={"email": halden.emails[halden.agent], "password": PASSWORD}
    )
    assert signed_in.status_code == 303
    await settle(desk, account_id, files=files)
    async with desk.transaction_across_accounts(reason="a test looks at a closed account") as tx:
        left = await tx.one(
            "select count(*) as n from messages where account_id = %s", [account_id]
        )
    assert left["n"] > 0
    clock.set(clock.now() + timedelta(minutes=6))
    await settle(desk, account_id, files=files)
    async with desk.transaction_across_accounts(reason="a test looks at an erased account") as tx:
        tables = await tx.all(
            """select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
               where a.attname = 'account_id' and c.relkind = 'r'
                 and c.relnamespace = 'public'::regnamespace and c.relname <> 'lake_tombstones'"""
        )
        for table in tables:
            row = await tx.one(
                f"select count(*) as n from {table['name']} where account_id = %s", [account_id]
            )
            assert row["n"] == 0, table["name"]
        assert await tx.first("select from accounts where id = %s", [account_id]) is None
        gone = await tx.one(
            """select count(*) as n from lake_tombstones
               where account_id = %s and table_name = 'messages'""",
            [account_id],
        )
        assert gone["n"] == left["n"], "the lake is told to forget as well"
        queued = await tx.first(
            "select from jobs where account_id = %s and kind = %s", [account_id, ERASE_ACCOUNT]
        )
        assert queued is None
    with pytest.raises(FileNotFoundError):
        await files.get(account_id, key)
    assert await files.get(AccountId(int(account_id) * 10), other_key) == b"of somebody else"


async def test_a_platform_app_is_let_in_once_under_a_name(desk: Desk) -> None:
    name = f"App {_run} {next(_numbers)}"
    token = await let_in_once(desk, name)
    assert await let_in_once(desk, name) == token
    with pytest.raises(Conflict):
        await let_in(desk, name)
    renewed = await let_in(desk, name, renew=True)
    assert renewed != token
    assert await let_in_once(desk, name) == renewed
