"""Roles of an account's own: what they add, and that they add nothing elsewhere."""

import httpx
import pytest

from tests.builders.accounts import SmallDesk
from tests.inbox_service.conftest import ClientOf

REPORT = "/custom_reports/conversation_trends"


async def test_a_role_lets_an_agent_see_reports_until_it_is_taken_away(
    maya: httpx.AsyncClient, jonas: httpx.AsyncClient, halden: SmallDesk
) -> None:
    assert (await jonas.get(REPORT)).status_code == 403
    body = {"custom_role": {"name": "Analyst", "permissions": ["report_manage"]}}
    answer = await maya.post("/custom_roles", json=body)
    assert answer.status_code == 200, answer.text
    role = answer.json()
    assert (role["name"], role["permissions"]) == ("Analyst", ["report_manage"])
    given = await maya.patch(f"/agents/{halden.agent}", json={"custom_role_id": role["id"]})
    assert (given.json()["role"], given.json()["custom_role_id"]) == ("agent", role["id"])
    assert (await jonas.get(REPORT)).status_code in (200, 503)
    assert (await jonas.get("/custom_roles")).status_code == 403
    address = f"/custom_roles/{role['id']}"
    changed = await maya.patch(address, json={"permissions": ["contact_manage"]})
    assert changed.json()["permissions"] == ["contact_manage"]
    assert (await jonas.get(REPORT)).status_code == 403
    await maya.patch(address, json={"permissions": ["show_reports"], "name": "Reader"})
    assert (await jonas.get(REPORT)).status_code in (200, 503)
    assert (await maya.delete(address)).status_code == 200
    assert (await jonas.get(REPORT)).status_code == 403
    assert (await maya.get(f"/agents/{halden.agent}")).json()["custom_role_id"] is None
    assert (await maya.get("/custom_roles")).json() == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": " ", "permissions": []}, "name"),
        ({"name": "Analyst", "permissions": ["fly"]}, "permissions"),
        ({"name": "Taken", "permissions": []}, "name"),
    ],
)
async def test_a_role_that_cannot_be_is_refused_by_name(
    maya: httpx.AsyncClient, body: dict[str, object], field: str
) -> None:
    await maya.post("/custom_roles", json={"name": "Taken"})
    answer = await maya.post("/custom_roles", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text


async def test_another_tenants_role_can_neither_be_seen_nor_given(
    maya: httpx.AsyncClient, as_user: ClientOf, halden: SmallDesk, northgate: SmallDesk
) -> None:
    role = (await maya.post("/custom_roles", json={"name": "Analyst"})).json()["id"]
    stranger = as_user(northgate, northgate.administrator)
    assert (await stranger.get(f"/custom_roles/{role}")).status_code == 404
    given = await stranger.patch(f"/agents/{northgate.agent}", json={"custom_role_id": role})
    assert (given.status_code, given.json()["field"]) == (422, "custom_role_id")
