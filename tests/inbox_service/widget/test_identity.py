"""Who a visitor is: what a site may claim, and what it has to prove."""

from typing import Any

import httpx
import pytest

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.websites import Website, open_website
from tests.inbox_service.widget.visiting import Arrive, VisitorClient, proof


async def set_user(visitor: VisitorClient, identifier: str, **more: object) -> httpx.Response:
    return await visitor.http.patch("/contact/set_user", json={"identifier": identifier, **more})


async def contacts(desk: Desk, at: SmallDesk) -> list[dict[str, Any]]:
    async with desk.transaction(at.account_id) as tx:
        return await tx.all("select id, name, email, identifier from contacts order by id")


async def test_a_site_says_who_its_user_is(
    website: Website, arrive: Arrive, jonas: httpx.AsyncClient
) -> None:
    visitor = await arrive(website)
    await visitor.say("Hello")
    answer = await set_user(
        visitor,
        "u-7",
        name="Amara Okonkwo",
        email="amara@okonkwo.example",
        custom_attributes={"plan": "gold"},
    )
    assert answer.status_code == 200
    assert "widget_auth_token" not in answer.json()
    sender = (await jonas.get("/conversations/1")).json()["meta"]["sender"]
    assert (sender["name"], sender["identifier"]) == ("Amara Okonkwo", "u-7")
    assert sender["custom_attributes"] == {"plan": "gold"}


@pytest.mark.parametrize("given", [None, "", "00" * 32])
async def test_where_proof_is_demanded_a_claim_without_it_is_refused(
    desk: Desk, halden: SmallDesk, arrive: Arrive, given: str | None
) -> None:
    website = await open_website(desk, halden, hmac_mandatory=True)
    visitor = await arrive(website)
    answer = await set_user(visitor, "u-7", identifier_hash=given)
    assert (answer.status_code, answer.json()["error"]) == (401, "wrong_identifier_hash")
    assert [contact["identifier"] for contact in await contacts(desk, halden)] == [None]
    right = await set_user(visitor, "u-7", identifier_hash=proof(website, "u-7"))
    assert right.status_code == 200


async def test_a_wrong_proof_is_refused_even_where_none_is_demanded(
    website: Website, arrive: Arrive
) -> None:
    visitor = await arrive(website)
    wrong = proof(website, "somebody-else")
    assert (await set_user(visitor, "u-7", identifier_hash=wrong)).status_code == 401


async def test_with_proof_a_second_browser_goes_on_with_the_same_conversation(
    website: Website, arrive: Arrive, jonas: httpx.AsyncClient
) -> None:
    phone, laptop = await arrive(website), await arrive(website)
    hash_ = proof(website, "u-7")
    await set_user(phone, "u-7", identifier_hash=hash_)
    await phone.say("From my phone")
    answer = await set_user(laptop, "u-7", identifier_hash=hash_)
    again = await arrive(website, answer.json()["widget_auth_token"])
    assert again.pubsub_token == phone.pubsub_token
    assert await again.contents() == ["From my phone"]
    conversation = (await jonas.get("/conversations/1")).json()
    assert conversation["meta"]["hmac_verified"] is True


async def test_what_was_said_before_signing_in_comes_along(
    website: Website, arrive: Arrive, desk: Desk, halden: SmallDesk
) -> None:
    phone, laptop = await arrive(website), await arrive(website)
    hash_ = proof(website, "u-7")
    await set_user(phone, "u-7", identifier_hash=hash_, name="Amara")
    await laptop.say("Before signing in")
    answer = await set_user(laptop, "u-7", identifier_hash=hash_)
    again = await arrive(website, answer.json()["widget_auth_token"])
    assert await again.contents() == ["Before signing in"]
    async with desk.transaction(halden.account_id) as tx:
        (row,) = await tx.all(
            """select k.identifier, m.sender_id = k.id as same from conversations c
               join contacts k on k.id = c.contact_id join messages m on m.conversation_id = c.id"""
        )
    assert row == {"identifier": "u-7", "same": True}


async def test_a_claim_without_proof_shows_nothing_of_the_one_it_names(
    website: Website, arrive: Arrive, desk: Desk, halden: SmallDesk
) -> None:
    amara, stranger = await arrive(website), await arrive(website)
    await set_user(amara, "u-7", name="Amara Okonkwo", email="amara@okonkwo.example")
    await amara.say("My card ends in 4242")
    answer = await set_user(stranger, "u-7", name="Mallory", email="mallory@evil.example")
    assert "widget_auth_token" not in answer.json()
    assert await stranger.contents() == []
    kept = {contact["identifier"]: contact for contact in await contacts(desk, halden)}["u-7"]
    assert (kept["name"], kept["email"]) == ("Amara Okonkwo", "amara@okonkwo.example")


async def test_somebody_else_at_the_same_browser_begins_anew(
    website: Website, arrive: Arrive
) -> None:
    visitor = await arrive(website)
    await set_user(visitor, "u-7")
    await visitor.say("Only for u-7")
    answer = await set_user(visitor, "u-8")
    other = await arrive(website, answer.json()["widget_auth_token"])
    assert other.pubsub_token != visitor.pubsub_token
    assert await other.contents() == []


async def test_an_address_that_is_taken_does_not_stop_the_conversation(
    website: Website, arrive: Arrive, desk: Desk, halden: SmallDesk
) -> None:
    one, other = await arrive(website), await arrive(website)
    await set_user(one, "u-7", email="shared@family.example")
    assert (await set_user(other, "u-8", email="shared@family.example")).status_code == 200
    assert [c["email"] for c in await contacts(desk, halden) if c["identifier"] == "u-8"] == [None]


async def test_what_a_page_keeps_with_its_visitor_is_bounded(
    website: Website, arrive: Arrive
) -> None:
    visitor = await arrive(website)
    huge = {"custom_attributes": {"notes": "x" * 9_000}}
    assert (await visitor.http.patch("/contact", json=huge)).status_code == 422
    await visitor.http.patch("/contact", json={"custom_attributes": {"a": 1, "b": 2}})
    gone = {"custom_attributes": ["a"]}
    assert (
        await visitor.http.post("/contact/destroy_custom_attributes", json=gone)
    ).status_code == 200
