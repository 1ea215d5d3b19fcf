"""The account itself: how it is set, what it can do, and that what is set is done."""

from datetime import timedelta

import httpx

from desk.clock import FixedClock
from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.settle import settle


async def test_an_account_says_how_it_is_set(
    halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    before = (await jonas.get("")).json()
    assert (before["id"], before["status"], before["locale"]) == (
        halden.account_id,
        "active",
        "en",
    )
    assert before["features"]["agent_bots"] is True
    assert before["custom_attributes"]["timezone"] == "Europe/Oslo"
    assert (await jonas.patch("", json={"name": "Mine"})).status_code == 403
    changed = await maya.patch(
        "",
        json={
            "name": "Halden Airways",
            "locale": "nb",
            "domain": "haldenair.example",
            "support_email": "help@haldenair.example",
            "auto_resolve_after": "1440",
            "auto_resolve_ignore_waiting": True,
            "industry": "Airlines",
            "timezone": "Europe/Paris",
            "unknown": 1,
        },
    )
    assert changed.status_code == 200, changed.text
    after = changed.json()
    assert (after["name"], after["locale"]) == ("Halden Airways", "nb")
    assert after["settings"] == {
        "auto_resolve_after": 1440,
        "auto_resolve_message": None,
        "auto_resolve_ignore_waiting": True,
    }
    assert after["custom_attributes"] == {"industry": "Airlines", "timezone": "Europe/Paris"}
    assert (await maya.get("/")).json()["name"] == "Halden Airways"
    for body, field in (
        ({"name": ""}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"locale": "klingon"}, "locale"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"auto_resolve_after": 9}, "auto_resolve_after"),
        ({"auto_resolve_after": "soon"}, "auto_resolve_after"),
    ):
        refused = await maya.patch("", json=body)
        assert (refused.status_code, refused.json()["field"]) == (422, field), body


async def test_a_cache_key_is_another_as_soon_as_its_list_is(
    halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    async def keys() -> dict[str, str]:
        found: dict[str, str] = (await maya.get("/cache_keys")).json()["cache_keys"]
        return found

    before = await keys()
    assert before == await keys() == (await maya.get("")).json()["cache_keys"]
    label = (await maya.post("/labels", json={"title": "late"})).json()
    after = await keys()
    assert {name for name in before if before[name] != after[name]} == {"label"}
    await maya.patch(f"/inboxes/{halden.inbox}", json={"name": "Phone"})
    await maya.delete(f"/labels/{label['id']}")
    last = await keys()
    assert last["inbox"] != after["inbox"]
    assert last["label"] != after["label"]
    assert (await maya.post("/update_active_at")).status_code == 200


async def test_a_conversation_that_was_quiet_for_long_is_resolved_where_that_is_wanted(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, clock: FixedClock
) -> None:
    await receive(desk, halden, said("Where is my bag?"))
    await receive(desk, halden, said("Hello", sender="4790000000"))
    await maya.post("/conversations/1/messages", json={"content": "On its way."})
    wanted = {
        "auto_resolve_after": 30,
        "auto_resolve_message": "We close this for now.",
        "auto_resolve_ignore_waiting": True,
    }
    assert (await maya.patch("", json=wanted)).status_code == 200

    async def after(**span: float) -> list[str]:
        clock.set(clock.now() + timedelta(**span))
        await settle(desk, halden.account_id)
        return [(await maya.get(f"/conversations/{n}")).json()["status"] for n in (1, 2)]

    assert await after(minutes=6) == ["open", "open"]
    assert await after(minutes=40) == ["resolved", "open"], "the other customer waits"
    thread = (await maya.get("/conversations/1/messages")).json()["payload"]
    told = [one for one in thread if one["content"] == "We close this for now."]
    assert [one["message_type"] for one in told] == [3]
    assert (await maya.patch("", json={"auto_resolve_ignore_waiting": False})).status_code == 200
    assert await after(minutes=6) == ["resolved", "resolved"]
    await maya.post("/conversations/1/toggle_status", json={"status": "open"})
    assert (await maya.patch("", json={"auto_resolve_after": None})).status_code == 200
    assert await after(hours=9) == ["open", "resolved"]
    async with desk.transaction(halden.account_id) as tx:
        jobs = await tx.all("select attempts, done_at from jobs where kind = 'resolve_quiet'")
    assert [job["done_at"] is not None for job in jobs] == [True], "nobody looks any more"
