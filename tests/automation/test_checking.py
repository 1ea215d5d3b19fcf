"""A rule that makes no sense is refused when it is saved, and the answer names the field."""

from typing import Any

import pytest

from desk.automation.action_catalogue import ACTIONS
from desk.automation.check import RuleGiven, checked
from desk.store.desk import Desk
from desk.words.errors import Invalid
from tests.automation.rules import action, condition
from tests.builders.accounts import SmallDesk, small_desk

LABEL = action("add_label", "vip")


async def _refused(desk: Desk, at: SmallDesk, **wrong: Any) -> Invalid:
    right: dict[str, Any] = {
        "name": "R",
        "event_name": "message_created",
        "conditions": [],
        "actions": [LABEL],
    }
    async with desk.transaction(at.account_id) as tx:
        with pytest.raises(Invalid) as refused:
            await checked(tx, RuleGiven(**(right | wrong)), secrets=desk.secrets)
    return refused.value


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"event_name": "weather_changed"}, "event_name"),
        ({"actions": []}, "actions"),
        ({"actions": ["add_label"]}, "actions[0]"),
        ({"actions": [LABEL, action("make_coffee")]}, "actions[1].action_name"),
        (
            {"actions": [{"action_name": "add_label", "action_params": "vip"}]},
            "actions[0].action_params",
        ),
        ({"actions": [action("add_label")]}, "actions[0].action_params"),
        ({"actions": [action("add_label", "gold")]}, "actions[0].action_params"),
        ({"actions": [action("remove_label", "gold")]}, "actions[0].action_params"),
        ({"actions": [action("assign_agent", 999999999)]}, "actions[0].action_params"),
        ({"actions": [action("assign_agent", True)]}, "actions[0].action_params"),
        ({"actions": [action("assign_team", "999999999")]}, "actions[0].action_params"),
        ({"actions": [action("send_message", "  ")]}, "actions[0].action_params"),
        ({"actions": [action("send_message", "a", "b")]}, "actions[0].action_params"),
        ({"actions": [action("add_private_note")]}, "actions[0].action_params"),
        ({"actions": [action("change_priority", "asap")]}, "actions[0].action_params"),
        ({"actions": [action("send_sms", "555 01")]}, "actions[0].action_params"),
        ({"actions": [action("send_sms")]}, "actions[0].action_params"),
        (
            {"actions": [action("trigger_zapier_webhook", "hooks.example")]},
            "actions[0].action_params",
        ),
        ({"actions": [action("send_webhook_event", 7)]}, "actions[0].action_params"),
        ({"actions": [action("create_external_ticket", "x")]}, "actions[0].action_params"),
        (
            {
                "actions": [
                    action("create_external_ticket", {"api_endpoint": "x", "api_token": "t"})
                ]
            },
            "actions[0].action_params[0].api_endpoint",
        ),
        (
            {"actions": [action("create_external_ticket", {"api_endpoint": "https://t.example"})]},
            "actions[0].action_params[0].api_token",
        ),
        (
            {
                "actions": [
                    action(
                        "create_external_ticket",
                        {
                            "api_endpoint": "https://t.example",
                            "api_token": "t",
                            "assignee_email": "nobody",
                        },
                    )
                ]
            },
            "actions[0].action_params[0].assignee_email",
        ),
        ({"conditions": ["x"]}, "conditions[0]"),
        ({"conditions": [condition("mood", "equal_to", "bad")]}, "conditions[0].attribute_key"),
        ({"conditions": [condition("status", "contains", "op")]}, "conditions[0].filter_operator"),
        (
            {"conditions": [condition("content", "sounds_like", "x")]},
            "conditions[0].filter_operator",
        ),
        ({"conditions": [condition("content", "contains")]}, "conditions[0].values"),
        ({"conditions": [condition("status", "equal_to", "ajar")]}, "conditions[0].values"),
        ({"conditions": [condition("priority", "equal_to", 3)]}, "conditions[0].values"),
        ({"conditions": [condition("inbox_id", "equal_to", 999999999)]}, "conditions[0].values"),
        ({"conditions": [condition("team_id", "equal_to", "x")]}, "conditions[0].values"),
        ({"conditions": [condition("assignee_id", "equal_to", 999999999)]}, "conditions[0].values"),
        ({"conditions": [condition("labels", "equal_to", "gold")]}, "conditions[0].values"),
        ({"conditions": [condition("private_note", "equal_to", "maybe")]}, "conditions[0].values"),
        (
            {"conditions": [condition("email", "is_present"), condition("name", "is_present")]},
            "conditions[0].query_operator",
        ),
        (
            {"conditions": [condition("email", "is_present", joined="XOR")]},
            "conditions[0].query_operator",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_makes_no_sense_is_refused_by_name(
    desk: Desk, halden: SmallDesk, wrong: dict[str, Any], field: str
) -> None:
    refused = await _refused(desk, halden, **wrong)
    assert refused.details["field"] == field
    assert refused.sentence.endswith(".")


async def test_what_is_another_accounts_is_unknown_here(desk: Desk, halden: SmallDesk) -> None:
    other = await small_desk(desk, name="Northgate")
    for wrong in (
        {"actions": [action("assign_agent", other.agent)]},
        {"actions": [action("assign_team", other.team)]},
        {"conditions": [condition("inbox_id", "equal_to", other.inbox)]},
    ):
        await _refused(desk, halden, **wrong)


async def test_chatwoots_own_example_is_taken(desk: Desk, halden: SmallDesk) -> None:
    given = RuleGiven(
        "Help",
        "message_created",
        [
            condition("message_type", "equal_to", "incoming", joined="and"),
            condition("content", "contains", "help", joined="OR"),
        ],
        [LABEL, action("assign_team", str(halden.team)), action("resolve_conversation", "")],
    )
    async with desk.transaction(halden.account_id) as tx:
        kept = await checked(tx, given, secrets=desk.secrets)
    assert [one["query_operator"] for one in kept.conditions] == ["AND", None]
    assert [one["action_params"] for one in kept.actions] == [["vip"], [halden.team], []]


async def test_an_accounts_own_attributes_can_be_asked_about(desk: Desk, halden: SmallDesk) -> None:
    own = condition("tier", "equal_to", "gold", 7) | {"custom_attribute_type": "contact_attribute"}
    given = RuleGiven("Gold", "conversation_created", [own], [LABEL])
    async with desk.transaction(halden.account_id) as tx:
        kept = await checked(tx, given, secrets=desk.secrets)
    assert kept.conditions[0]["values"] == ["gold", "7"]


def test_every_action_has_a_name_of_its_own_and_a_docstring() -> None:
    assert all(name == one.name and type(one).__doc__ for name, one in ACTIONS.items())
