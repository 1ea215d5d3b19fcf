"""Automation rules."""

from tests.inbox_service.contract.operation import Operation

RESOLVES = [{"action_name": "resolve_conversation", "action_params": []}]

AUTOMATION_RULES = (
    Operation(
        "add-new-automation-rule-to-account",
        body={
            "name": "Close what is thanked for",
            "description": "Polite people",
            "event_name": "message_created",
            "active": False,
            "conditions": [
                {
                    "attribute_key": "content",
                    "filter_operator": "contains",
                    "values": ["thank you"],
                    "query_operator": None,
                }
            ],
            "actions": RESOLVES,
        },
        keep={"rule": "id"},
        says={"name": "Close what is thanked for", "event_name": "message_created"},
        refuses=(
            {"name": "A", "event_name": "moon_rose", "actions": RESOLVES},
            {
                "name": "A",
                "event_name": "message_created",
                "actions": [{"action_name": "dance", "action_params": []}],
            },
            {"event_name": "message_created", "actions": RESOLVES},
        ),
        administrators=True,
    ),
    Operation("get-account-automation-rule", query={"page": 1}, administrators=True),
    Operation("get-details-of-a-single-automation-rule", at={"id": "rule"}, administrators=True),
    Operation(
        "update-automation-rule-in-account",
        at={"id": "rule"},
        body={"name": "Close what is praised"},
        refuses=({"event_name": "moon_rose"},),
        administrators=True,
    ),
    Operation("delete-automation-rule-from-account", at={"id": "rule"}, administrators=True),
)
