"""Attributes of an account's own: defined, checked, and held to."""

from typing import Any

import httpx
import pytest

from desk.rules.custom_attributes import Definition, fitted
from desk.store.desk import Desk
from desk.words.custom_attributes import AttributeType
from desk.words.errors import Invalid
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf

TIER: dict[str, Any] = {
    "attribute_display_name": "Tier",
    "attribute_display_type": 6,
    "attribute_description": "What they pay for",
    "attribute_key": "tier",
    "attribute_values": ["gold", "silver"],
    "attribute_model": 1,
}


async def test_an_attribute_is_defined_shown_changed_and_dropped(
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    as_user: ClientOf,
    northgate: SmallDesk,
) -> None:
    made = (await maya.post("/custom_attribute_definitions", json=TIER)).json()
    assert made["attribute_display_type"] == "list"
    assert made["attribute_model"] == "contact_attribute"
    assert (made["attribute_values"], made["default_value"]) == (["gold", "silver"], None)
    path = f"/custom_attribute_definitions/{made['id']}"
    assert (await jonas.get(path)).json() == made
    listed = await jonas.get("/custom_attribute_definitions", params={"attribute_model": "1"})
    assert [one["id"] for one in listed.json()] == [made["id"]]
    of_conversations = {"attribute_model": "conversation_attribute"}
    assert (await jonas.get("/custom_attribute_definitions", params=of_conversations)).json() == []
    changed = (
        await maya.patch(path, json={"attribute_values": ["gold"], "regex_cue": None})
    ).json()
    assert changed["attribute_values"] == ["gold"]
    stranger = as_user(northgate, northgate.administrator)
    assert (await stranger.get("/custom_attribute_definitions")).json() == []
    for answer in (
        await stranger.get(path),
        await stranger.patch(path, json={}),
        await stranger.delete(path),
    ):
        assert answer.status_code == 404
    assert (await jonas.delete(path)).status_code == 403
    assert (await maya.delete(path)).status_code == 200
    assert (await maya.get(path)).status_code == 404


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"attribute_key": "ti/er"}, "attribute_key"),
    ({"attribute_key": ""}, "attribute_key"),
    ({"attribute_key": "email"}, "attribute_key"),
    ({"attribute_key": "x" * 101}, "attribute_key"),
    ({"attribute_display_name": "  "}, "attribute_display_name"),
    ({"attribute_display_type": 8}, "attribute_display_type"),
    ({"attribute_display_type": "colour"}, "attribute_display_type"),
    ({"attribute_model": 2}, "attribute_model"),
    ({"attribute_values": [""]}, "attribute_values"),
    ({"default_value": "bronze"}, "default_value"),
    ({"regex_pattern": "[a-"}, "regex_pattern"),
    ({"regex_pattern": r"(a)\1"}, "regex_pattern"),
    ({"regex_pattern": "(?=a)b"}, "regex_pattern"),
    ({"regex_pattern": "((((a{1,200}){1,200}){1,200}){1,200})"}, "regex_pattern"),
    ({"regex_pattern": "a" * 256}, "regex_pattern"),
]


async def test_a_definition_that_makes_no_sense_is_refused_by_its_field(
    maya: httpx.AsyncClient,
) -> None:
    for wrong, field in WRONG:
        answer = await maya.post("/custom_attribute_definitions", json=TIER | wrong)
        assert (answer.status_code, answer.json()["field"]) == (422, field), (wrong, answer.text)
        assert answer.json()["attributes"] == [field]


async def test_a_key_is_the_models_only_one_and_stays(maya: httpx.AsyncClient) -> None:
    made = (await maya.post("/custom_attribute_definitions", json=TIER)).json()
    again = await maya.post("/custom_attribute_definitions", json=TIER)
    assert (again.status_code, again.json()["field"]) == (422, "attribute_key")
    other = await maya.post("/custom_attribute_definitions", json=TIER | {"attribute_model": 0})
    assert other.status_code == 200
    path = f"/custom_attribute_definitions/{made['id']}"
    same = await maya.patch(path, json={"attribute_key": "tier", "attribute_model": "1"})
    assert same.status_code == 200
    renamed = await maya.patch(path, json={"attribute_key": "level"})
    assert (renamed.status_code, renamed.json()["field"]) == (422, "attribute_key")


async def test_contacts_and_conversations_are_held_to_their_definitions(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    await maya.post("/custom_attribute_definitions", json=TIER)
    order = TIER | {
        "attribute_model": 0,
        "attribute_key": "order",
        "attribute_display_type": "text",
        "attribute_values": None,
        "regex_pattern": "/^ord-\\d{3}$/i",
        "regex_cue": "An order is written ORD-123.",
    }
    assert (await maya.post("/custom_attribute_definitions", json=order)).status_code == 200
    unfit = await maya.post(
        "/contacts", json={"name": "A", "custom_attributes": {"tier": "bronze", "free": 1}}
    )
    assert (unfit.status_code, unfit.json()["field"]) == (422, "custom_attributes.tier")
    contact = (
        await maya.post(
            "/contacts", json={"name": "A", "custom_attributes": {"tier": "gold", "free": 1}}
        )
    ).json()["payload"]["contact"]
    path = f"/contacts/{contact['id']}"
    worse = await jonas.patch(path, json={"custom_attributes": {"tier": "bronze"}})
    assert worse.status_code == 422
    merged = (await jonas.patch(path, json={"custom_attributes": {"more": None}})).json()
    assert merged["payload"]["custom_attributes"] == {"tier": "gold", "free": 1, "more": None}
    left = await jonas.post(
        f"{path}/destroy_custom_attributes", json={"custom_attributes": ["free", "nosuch"]}
    )
    assert left.json()["payload"]["custom_attributes"] == {"tier": "gold", "more": None}
    of_talk = "/conversations/1/custom_attributes"
    refused = await jonas.post(of_talk, json={"custom_attributes": {"order": "7"}})
    assert refused.status_code == 422
    assert refused.json()["message"] == "An order is written ORD-123."
    kept = await jonas.post(of_talk, json={"custom_attributes": {"order": "ord-123"}})
    assert kept.json() == {"custom_attributes": {"order": "ord-123"}}
    started = await maya.post(
        "/conversations",
        json={
            "inbox_id": halden.inbox,
            "contact_id": contact["id"],
            "custom_attributes": {"order": "x"},
        },
    )
    assert (started.status_code, started.json()["field"]) == (422, "custom_attributes.order")


TOO_MUCH: list[tuple[dict[str, Any], str]] = [
    ({"a/b": 1}, "custom_attributes.a/b"),
    ({"": 1}, "custom_attributes."),
    ({"long": "x" * 1501}, "custom_attributes.long"),
    ({"large": 10**10}, "custom_attributes.large"),
    ({f"k{n}": n for n in range(101)}, "custom_attributes"),
    ({f"k{n}": "x" * 1500 for n in range(30)}, "custom_attributes"),
]


async def test_attributes_are_plain_and_few_whether_defined_or_not(
    maya: httpx.AsyncClient,
) -> None:
    for attributes, field in TOO_MUCH:
        answer = await maya.post("/contacts", json={"name": "A", "custom_attributes": attributes})
        assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text


FITS = [
    (AttributeType.TEXT, "a", "a"),
    (AttributeType.TEXT, 7, 7),
    (AttributeType.TEXT, ["a"], None),
    (AttributeType.NUMBER, "7.5", 7.5),
    (AttributeType.NUMBER, 7, 7),
    (AttributeType.NUMBER, True, None),
    (AttributeType.CURRENCY, "7 NOK", None),
    (AttributeType.PERCENT, "1e3", None),
    (AttributeType.LINK, "https://x.example/a", "https://x.example/a"),
    (AttributeType.LINK, "javascript:alert(1)", None),
    (AttributeType.LINK, "https://[", None),
    (AttributeType.DATE, "2026-02-28", "2026-02-28"),
    (AttributeType.DATE, "2026-02-28T10:00:00.000Z", "2026-02-28T10:00:00.000Z"),
    (AttributeType.DATE, "2026-02-30", None),
    (AttributeType.DATE, "20260228", None),
    (AttributeType.LIST, "gold", "gold"),
    (AttributeType.LIST, "Gold", None),
    (AttributeType.CHECKBOX, "True", True),
    (AttributeType.CHECKBOX, False, False),
    (AttributeType.CHECKBOX, 1, None),
]


@pytest.mark.parametrize(("type_", "given", "kept"), FITS)
def test_a_value_fits_its_type_or_is_refused(type_: AttributeType, given: Any, kept: Any) -> None:
    definition = Definition("it", type_, ("gold", "silver"))
    if kept is None:
        with pytest.raises(Invalid) as refused:
            fitted(given, definition, field="custom_attributes.it")
        assert refused.value.details["field"] == "custom_attributes.it"
    else:
        found = fitted(given, definition, field="it")
        assert (found, type(found)) == (kept, type(kept))
    assert fitted(None, definition, field="it") is None
