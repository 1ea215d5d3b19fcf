"""Search: what customers and agents wrote, who they are, and nothing of anybody else's."""

from typing import Any

import httpx
import psycopg
import pytest

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf


async def found(client: httpx.AsyncClient, what: str, q: str, page: int = 1) -> list[Any]:
    answer = await client.get(f"/search/{what}", params={"q": q, "page": page})
    assert answer.status_code == 200, answer.text
    shown: list[Any] = answer.json()["payload"][what]
    return shown


async def test_messages_are_found_by_words_phrases_numbers_and_addresses_newest_first(
    desk: Desk, halden: SmallDesk, northgate: SmallDesk, jonas: httpx.AsyncClient, as_user: ClientOf
) -> None:
    texts = [
        "My suitcase is lost, order #482913",
        "Min koffert er på Gardermoen, Ørjan",
        "Write to ann.berg@post.example please",
        "荷物がまだ届きません",
        "Мой чемодан потерян",
        "The suitcase came, thank you",
    ]
    await receive(desk, halden, *[said(text, sender=f"4790000{n}") for n, text in enumerate(texts)])
    await receive(desk, northgate, said("suitcase of another tenant", sender="4791111"))

    async def texts_with(q: str) -> list[str]:
        return [one["content"] for one in await found(jonas, "messages", q)]

    assert await texts_with("suitcase") == [texts[5], texts[0]]
    assert await texts_with("suitc") == [texts[5], texts[0]]
    assert await texts_with('"suitcase is lost"') == [texts[0]]
    assert await texts_with('"suitcase lost"') == []
    assert await texts_with('"suitcase came" thank') == [texts[5]]
    assert await texts_with("#482913") == [texts[0]]
    assert await texts_with("482913 order") == [texts[0]]
    assert await texts_with("ann.berg@post.example") == [texts[2]]
    assert await texts_with("koffert ørjan") == [texts[1]]
    assert await texts_with("届きません") == [texts[3]]
    assert await texts_with("чемодан") == [texts[4]]
    for strange in ("' or 1=1 --", "!!! & | :*", "100%_\\", '"', "\x00suitcase"):
        answer = await jonas.get("/search", params={"q": strange})
        assert answer.status_code in (200, 422), strange
    for address in ("/search", "/conversations"):
        endless = await jonas.get(address, params={"q": "a" * 201})
        assert (endless.status_code, endless.json()["field"]) == (422, "q")
    shown = (await found(jonas, "messages", "koffert"))[0]
    assert shown["sender"]["phone_number"] == "+47900001"
    assert shown["inbox"]["id"] == halden.inbox
    assert shown["conversation_id"] == 2
    by_q = (await jonas.get("/conversations", params={"q": "suitcase"})).json()["data"]
    assert [one["id"] for one in by_q["payload"]] == [6, 1]
    assert by_q["meta"]["all_count"] == 2


async def test_an_agent_finds_only_what_they_may_see(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    priya: httpx.AsyncClient,
) -> None:
    await receive(desk, halden, *[said(f"lost bag {n}", sender=f"47{n}") for n in range(3)])
    assert len(await found(maya, "messages", "lost bag")) == 3
    assert await found(priya, "messages", "lost bag") == []
    assert await found(priya, "conversations", "471") == []
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute(
            "update conversations set assignee_id = %s where display_id = 2", [halden.outsider]
        )
    assert [one["conversation_id"] for one in await found(priya, "messages", "bag")] == [2]
    assert [one["id"] for one in await found(priya, "conversations", "#2")] == [2]


async def test_people_are_found_by_name_address_and_number_however_it_is_spaced(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("hello", sender="4741222333", name="Ågot Sæther"))
    made = await jonas.post(
        "/contacts",
        json={"name": "Bo", "email": "bo@post.example", "identifier": "crm-77"},
    )
    assert made.status_code == 200, made.text
    for q in ("ågot", "sæt", "+47 412 22 333", "(41) 222-333"):
        people = await found(jonas, "contacts", q)
        assert [one["name"] for one in people] == ["Ågot Sæther"], q
    for q in ("bo@post", "crm-77"):
        assert [one["name"] for one in await found(jonas, "contacts", q)] == ["Bo"], q
    assert [one["id"] for one in await found(jonas, "conversations", "ågot")] == [1]
    everything = (await jonas.get("/search", params={"q": "ågot"})).json()["payload"]
    assert {kind: len(of) for kind, of in everything.items()} == {
        "conversations": 1,
        "messages": 0,
        "contacts": 1,
    }


async def test_a_search_pages_and_refuses_what_it_cannot_mean(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, *[said(f"number {n}", sender="4790") for n in range(20)])
    first, second = [await found(jonas, "messages", "number", page) for page in (1, 2)]
    assert [one["content"] for one in [*first, *second]] == [
        f"number {n}" for n in range(19, -1, -1)
    ]
    assert len(first) == 15
    for wrong, field in (("?q=", "q"), ("?q=x&page=0", "page"), ("", "q")):
        answer = await jonas.get(f"/search/messages{wrong}")
        assert answer.status_code == 422
        assert field in answer.text


async def test_the_functions_of_search_refuse_another_account(
    desk: Desk, halden: SmallDesk, northgate: SmallDesk
) -> None:
    for call in ("find_messages(%s, 'a', null, null, 1, 5)", "search_contacts(%s, 'aa', 5)"):
        async with desk.reading(halden.account_id) as tx:
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="current account only"):
                await tx.tuples(f"select * from {call}", [northgate.account_id], prepare=False)
