"""Automation over the API: rules, what they did, and the sender of text messages."""

from typing import Any

import httpx

from desk.store.desk import Desk
from tests.automation.rules import action, condition
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.settle import settle

RULE: dict[str, Any] = {
    "name": "Lost bags",
    "description": "Bags go to the baggage team.",
    "event_name": "message_created",
    "conditions": [condition("content", "contains", "suitcase")],
    "actions": [action("add_label", "vip")],
}
TICKET = action(
    "create_external_ticket", {"api_endpoint": "https://t.example/api", "api_token": "secret"}
)


async def test_a_rule_is_made_listed_shown_changed_copied_and_dropped(
    maya: httpx.AsyncClient,
) -> None:
    made = (await maya.post("/automation_rules", json=RULE)).json()
    assert made["active"] is True
    assert made["conditions"][0]["values"] == ["suitcase"]
    (listed,) = (await maya.get("/automation_rules")).json()["payload"]
    assert listed == made
    path = f"/automation_rules/{made['id']}"
    assert (await maya.get(path)).json()["payload"] == made
    changed = (await maya.patch(path, json={"active": False})).json()["payload"]
    assert changed == made | {"active": False}
    copied = (await maya.post(f"{path}/clone")).json()["payload"]
    assert (copied["name"], copied["active"]) == ("Lost bags (copy)", False)
    assert (await maya.delete(path)).status_code == 200
    assert (await maya.get(path)).status_code == 404


async def test_a_rule_that_makes_no_sense_is_refused_and_the_field_is_named(
    maya: httpx.AsyncClient,
) -> None:
    wrong = RULE | {"actions": [action("assign_team", 999999999)]}
    answer = await maya.post("/automation_rules", json=wrong)
    assert answer.status_code == 422
    assert answer.json()["field"] == "actions[0].action_params"
    made = (await maya.post("/automation_rules", json=RULE)).json()
    answer = await maya.patch(f"/automation_rules/{made['id']}", json={"event_name": "rain"})
    assert (answer.status_code, answer.json()["field"]) == (422, "event_name")
    for nameless in ({"name": " "}, {"name": "x" * 256}):
        answer = await maya.patch(f"/automation_rules/{made['id']}", json=nameless)
        assert (answer.status_code, answer.json()["field"]) == (422, "name")


async def test_a_token_is_never_shown_and_stays_when_what_is_shown_comes_back(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    made = await maya.post("/automation_rules", json=RULE | {"actions": [TICKET]})
    assert "secret" not in made.text
    path = f"/automation_rules/{made.json()['id']}"

    async def kept() -> str:
        async with desk.transaction(halden.account_id) as tx:
            row = await tx.one("select actions from automation_rules order by id desc limit 1")
        return str(row["actions"][0]["action_params"][0]["api_token"])

    first = await kept()
    again = await maya.patch(path, json={"actions": made.json()["actions"], "name": "Renamed"})
    assert again.status_code == 200
    assert await kept() == first
    elsewhere = made.json()["actions"]
    elsewhere[0]["action_params"][0]["api_endpoint"] = "https://evil.example"
    refused = await maya.patch(path, json={"actions": elsewhere})
    assert refused.json()["field"] == "actions[0].action_params[0].api_token"


async def test_what_a_rule_did_is_told_with_its_reasons(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
) -> None:
    made = (await maya.post("/automation_rules", json=RULE)).json()
    await receive(desk, halden, said("My suitcase is lost"))
    await settle(desk, halden.account_id)
    (run,) = (await maya.get(f"/automation_rules/{made['id']}/runs")).json()["payload"]
    assert run["conversation_id"] == 1
    assert run["conditions"][0]["found"] == "My suitcase is lost"
    assert run["actions"] == [{"action_name": "add_label", "ending": "done", "detail": None}]
    (rule,) = (await maya.get("/automation_rules")).json()["payload"]
    assert (rule["runs_count"], rule["failed_count"], rule["last_error"]) == (1, 0, None)
    (line,) = [
        message
        for message in (await jonas.get("/conversations/1/messages")).json()["payload"]
        if message["message_type"] == 2
    ]
    run_id = line["content_attributes"]["automation_run_id"]
    path = f"/conversations/1/automation_runs/{run_id}"
    assert (await jonas.get(path)).json() == run
    assert (await priya.get(path)).status_code == 404
    assert (await jonas.get("/conversations/1/automation_runs/999999999")).status_code == 404


async def test_the_sms_sender_is_named_changed_and_dropped(maya: httpx.AsyncClient) -> None:
    assert (await maya.get("/sms_sender")).status_code == 404
    sender = {
        "account_sid": "AC" + "0" * 32,
        "auth_token": "very secret",
        "from_number": "+1 555 0100",
    }
    named = await maya.put("/sms_sender", json=sender)
    assert "very secret" not in named.text
    assert named.json() == {
        "account_sid": "AC" + "0" * 32,
        "from_number": "+15550100",
        "api_base_url": "https://api.twilio.com",
        "has_auth_token": True,
    }
    without_token = {key: sender[key] for key in ("account_sid", "from_number")}
    assert (await maya.put("/sms_sender", json=without_token)).status_code == 200
    for field, value in (("account_sid", "XX1"), ("from_number", "555"), ("auth_token", " ")):
        answer = await maya.put("/sms_sender", json=sender | {field: value})
        assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert (await maya.delete("/sms_sender")).status_code == 200
    assert (await maya.get("/sms_sender")).status_code == 404
    answer = await maya.put("/sms_sender", json=without_token)
    assert (answer.status_code, answer.json()["field"]) == (422, "auth_token")
