"""Filters that people keep for themselves."""

from typing import Any

import httpx

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.inbox_service.conftest import ClientOf

QUERY = {
    "payload": [{"attribute_key": "status", "filter_operator": "equal_to", "values": ["open"]}]
}


async def test_a_filter_is_kept_listed_by_type_changed_and_thrown_away(
    maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    made = (await jonas.post("/custom_filters", json={"name": " Open ", "query": QUERY})).json()
    assert (made["name"], made["type"], made["query"]) == ("Open", "conversation", QUERY)
    of_contacts = (
        await jonas.post(
            "/custom_filters",
            json={"custom_filter": {"name": "Gold", "filter_type": 1, "query": {}}},
        )
    ).json()
    assert of_contacts["filter_type"] == "contact"
    listed = (await jonas.get("/custom_filters")).json()
    assert [one["id"] for one in listed] == [made["id"]]
    contacts = await jonas.get("/custom_filters", params={"filter_type": "contact"})
    assert [one["id"] for one in contacts.json()] == [of_contacts["id"]]
    path = f"/custom_filters/{made['id']}"
    changed = (await jonas.patch(path, json={"name": "Mine", "type": "report"})).json()
    assert (changed["name"], changed["type"], changed["query"]) == ("Mine", "report", QUERY)
    assert (await jonas.get(path)).json() == changed
    assert (await maya.get("/custom_filters")).json() == []
    assert (await jonas.delete(path)).status_code == 200
    assert (await jonas.get(path)).status_code == 404


async def test_somebody_elses_filter_is_not_there(
    maya: httpx.AsyncClient, jonas: httpx.AsyncClient, as_user: ClientOf, northgate: SmallDesk
) -> None:
    made = (await jonas.post("/custom_filters", json={"name": "Open", "query": QUERY})).json()
    path = f"/custom_filters/{made['id']}"
    for stranger in (maya, as_user(northgate, northgate.administrator)):
        assert (await stranger.get(path)).status_code == 404
        assert (await stranger.patch(path, json={"name": "x"})).status_code == 404
        assert (await stranger.delete(path)).status_code == 404
    assert (await jonas.get(path)).status_code == 200


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": "  "}, "name"),
    ({"name": "x" * 256}, "name"),
    ({"type": "weather"}, "filter_type"),
    ({"filter_type": 3}, "filter_type"),
    ({"query": {"q": "x" * 70_000}}, "query"),
    ({"custom_filter": {"name": 1}}, "custom_filter"),
    ({"custom_filter": {"name": "no query"}}, "query"),
]


async def test_a_filter_that_cannot_be_kept_is_refused_by_its_field(
    jonas: httpx.AsyncClient,
) -> None:
    for wrong, field in WRONG:
        answer = await jonas.post("/custom_filters", json={"name": "A", "query": QUERY} | wrong)
        assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text


async def test_nobody_keeps_more_than_a_thousand_filters(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute(
            """insert into custom_filters
                   (account_id, user_id, name, filter_type, query, created_at, updated_at)
               select %s, %s, 'F' || n, 0, '{}', now(), now() from generate_series(1, 1000) n""",
            [halden.account_id, halden.agent],
        )
    answer = await jonas.post("/custom_filters", json={"name": "One more", "query": {}})
    assert (answer.status_code, answer.json()["error"]) == (422, "too_many_filters")
