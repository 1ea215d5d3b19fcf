"""Filters of conversations and contacts: what they find, and what they refuse by name."""

from typing import Any

import httpx
import pytest

from desk.clock import FixedClock
from desk.store.contacts import ContactsWanted, contact_page
from desk.store.conversation_pages import Order
from desk.store.desk import Desk
from desk.store.filtered_conversations import filtered_page
from desk.store.filters import CONTACTS, CONVERSATIONS, filter_clause
from desk.words.errors import Invalid
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.slow_filter import (
    Chance,
    Row,
    all_slowly,
    condition,
    looked_at,
    random_desk,
)


async def test_a_filter_finds_what_a_slow_and_obvious_reader_finds(
    desk: Desk, halden: SmallDesk
) -> None:
    chance = Chance(20261123, halden)
    await random_desk(desk, halden, chance)
    viewer = halden.viewer(halden.administrator)
    found_some = 0
    async with desk.transaction(halden.account_id) as tx:
        conversations, contacts = await looked_at(tx)
        for n in range(400):
            of = CONVERSATIONS if n % 2 else CONTACTS
            asked = chance.question(of)
            clause = await filter_clause(tx, [one for one, _ in asked], of)
            rows = conversations if of is CONVERSATIONS else contacts
            expected = {id_ for id_, row in rows.items() if all_slowly(asked, row)}
            if of is CONVERSATIONS:
                ids, totals = await filtered_page(tx, viewer, clause, Order(limit=100))
                found = set(ids)
                assert totals.all_count == len(expected)
                assert totals.assigned_count + totals.unassigned_count == len(expected)
            else:
                _, count = await contact_page(tx, ContactsWanted(clause=clause), 1)
                rows_found = await tx.all(
                    f"select k.id from contacts k where k.account_id = %(account_id)s and {clause.sql}",
                    clause.parameters | {"account_id": tx.account_id},
                )
                found = {row["id"] for row in rows_found}
                assert count == len(expected)
            assert found == expected, asked
            found_some += 0 < len(expected) < len(rows)
    assert found_some > 150, "the questions tell nothing apart"


async def test_a_conversation_filter_answers_in_chatwoots_shape_a_page_at_a_time(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, priya: httpx.AsyncClient
) -> None:
    await receive(desk, halden, *[said(str(n), sender=f"47900{n:03}") for n in range(30)])
    await jonas.post("/conversations/3/toggle_status", json={"status": "pending"})
    body = {"payload": [condition("status", "equal_to", "open", "pending")]}
    answer = (await jonas.post("/conversations/filter", json=body)).json()
    assert answer["meta"]["all_count"] == 30
    assert answer["meta"]["mine_count"] + answer["meta"]["unassigned_count"] == 30
    second = (await jonas.post("/conversations/filter?page=2", json=body)).json()
    ids = [one["id"] for one in [*answer["payload"], *second["payload"]]]
    assert sorted(ids) == list(range(1, 31))
    assert answer["payload"][0]["meta"]["sender"]["phone_number"] is not None
    pending = {
        "payload": [
            condition("status", "equal_to", "pending", joint="AND"),
            condition("inbox_id", "equal_to", str(halden.inbox)),
        ]
    }
    only = (await jonas.post("/conversations/filter", json=pending)).json()
    assert [one["id"] for one in only["payload"]] == [3]
    nothing = (await priya.post("/conversations/filter", json=body)).json()
    assert (nothing["payload"], nothing["meta"]["all_count"]) == ([], 0)
    everything = (await jonas.post("/conversations/filter", json={"payload": []})).json()
    assert everything["meta"]["all_count"] == 30


WRONG: list[tuple[Any, str]] = [
    ("all of them", "payload"),
    ([condition("weather", "equal_to", "rain")], "payload[0].attribute_key"),
    ([condition("status", "contains", "open")], "payload[0].filter_operator"),
    ([condition("status", ["equal_to"], "open")], "payload[0].filter_operator"),
    ([condition("status", "equal_to", "asleep")], "payload[0].values"),
    ([condition("status", "equal_to")], "payload[0].values"),
    ([condition("inbox_id", "equal_to", "x")], "payload[0].values"),
    ([condition("created_at", "is_greater_than", "soon")], "payload[0].values"),
    ([condition("created_at", "days_before", "2026-11-01")], "payload[0].values"),
    ([condition("created_at", "is_less_than", "9999-12-31T23:59-12:00")], "payload[0].values"),
    ([condition("referer", "contains", "x" * 1001)], "payload[0].values"),
    ([condition("referer", "contains", "\x00")], "payload[0].values"),
    ([condition("referer", "equal_to", *["x"] * 101)], "payload[0].values"),
    (
        [condition("status", "equal_to", "open"), condition("status", "equal_to", "open")],
        "payload[0].query_operator",
    ),
    (
        [
            condition("status", "equal_to", "open", joint="XOR"),
            condition("labels", "is_present"),
        ],
        "payload[0].query_operator",
    ),
    ([condition("status", "equal_to", "open", joint={})], "payload[0].query_operator"),
    ([condition("status", "equal_to", "open")] * 51, "payload"),
    (
        [condition("tier", "equal_to", "x", custom_attribute_type="contact_attribute")],
        "payload[0].attribute_key",
    ),
]


async def test_a_filter_that_makes_no_sense_is_refused_by_its_field(
    desk: Desk, halden: SmallDesk
) -> None:
    async with desk.transaction(halden.account_id) as tx:
        for wrong, field in WRONG:
            with pytest.raises(Invalid) as refused:
                await filter_clause(tx, wrong, CONVERSATIONS)
            assert refused.value.details["field"] == field, wrong


async def test_contacts_are_filtered_with_paging_sorting_and_their_refusals(
    maya: httpx.AsyncClient, clock: FixedClock
) -> None:
    for n, name in enumerate(["Ada Berg", "Bo Dahl", "Cy Eide"]):
        body = {"name": name, "email": f"{n}@x.example", "custom_attributes": {"spent": n}}
        assert (await maya.post("/contacts", json=body)).status_code == 200
    await maya.post("/contacts", json={"name": "No Address"})
    await maya.post(
        "/custom_attribute_definitions",
        json={
            "attribute_key": "spent",
            "attribute_display_name": "Spent",
            "attribute_display_type": 1,
            "attribute_model": 1,
        },
    )

    async def found(*conditions: Row, **query: Any) -> list[str]:
        answer = await maya.post(
            "/contacts/filter", json={"payload": list(conditions)}, params=query
        )
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert body["meta"]["count"] == len(body["payload"])
        return [one["name"] for one in body["payload"]]

    assert await found(condition("name", "contains", "D"), sort="name") == [
        "Ada Berg",
        "Bo Dahl",
        "Cy Eide",
    ]
    assert await found(condition("spent", "is_greater_than", "0"), sort="-name") == [
        "Cy Eide",
        "Bo Dahl",
    ]
    either = (
        condition("name", "equal_to", "ada berg", joint="OR"),
        condition("email", "starts_with", "2@"),
    )
    assert await found(*either, sort="name") == ["Ada Berg", "Cy Eide"]
    assert await found(condition("created_at", "days_before", "0")) == []
    unknown = await maya.post(
        "/contacts/filter", json={"payload": [condition("height", "is_present")]}
    )
    assert (unknown.status_code, unknown.json()["field"]) == (422, "payload[0].attribute_key")
    sort = await maya.post("/contacts/filter?sort=height", json={"payload": []})
    assert (sort.status_code, sort.json()["field"]) == (422, "sort")
