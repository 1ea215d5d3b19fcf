"""Conversations: their lists, their state, and whose they are."""

from tests.inbox_service.contract.operation import Operation

ONE = {"conversation_id": "conversation"}

LISTS = (
    Operation(
        "conversationListMeta",
        query={"status": "all", "inbox_id": "{inbox}"},
        refuses_query=({"status": "asleep"}, {"inbox_id": "a house"}),
    ),
    Operation(
        "conversationList",
        query={"status": "open", "assignee_type": "all", "inbox_id": "{inbox}", "page": 1},
        refuses_query=(
            {"status": "asleep"},
            {"sort_by": "mood"},
            {"page": "first"},
            {"assignee_type": "them"},
        ),
    ),
    Operation("conversationList", query={"q": "bag", "team_id": "{team}"}, again=True),
    Operation("conversationList", query={"labels[]": "vip"}, again=True),
    Operation(
        "conversationFilter",
        query={"page": 1},
        body={
            "payload": [
                {
                    "attribute_key": "status",
                    "filter_operator": "equal_to",
                    "values": ["open"],
                    "query_operator": None,
                }
            ]
        },
        refuses=(
            {"payload": 7},
            {
                "payload": [
                    {"attribute_key": "mood", "filter_operator": "equal_to", "values": ["good"]}
                ]
            },
            {
                "payload": [
                    {"attribute_key": "status", "filter_operator": "resembles", "values": ["open"]}
                ]
            },
        ),
    ),
)

CONVERSATIONS = (
    *LISTS,
    Operation(
        "newConversation",
        body={
            "source_id": "{address}",
            "inbox_id": "{inbox}",
            "contact_id": "{contact}",
            "additional_attributes": {"referer": "https://haldenair.example"},
            "custom_attributes": {"order": "7"},
            "status": "open",
            "assignee_id": "{agent}",
            "team_id": "{team}",
            "message": {"content": "We found your bag."},
        },
        says={"status": "open", "inbox_id": "{inbox}", "custom_attributes": {"order": "7"}},
        refuses=(
            {},
            {"source_id": "{address}", "inbox_id": "a house"},
            {"source_id": "{address}", "inbox_id": "{inbox}", "status": "asleep"},
        ),
    ),
    Operation("newConversation", body={"source_id": "{address}"}, again=True),
    Operation("get-details-of-a-conversation", at=ONE, says={"id": 1}),
    Operation(
        "update-conversation",
        at=ONE,
        body={"priority": "low"},
        says={"priority": "low"},
        refuses=({"priority": "tomorrow"}, {"priority": 7}),
    ),
    Operation(
        "toggle-status-of-a-conversation",
        at=ONE,
        body={"status": "snoozed", "snoozed_until": 1_900_000_000},
        says={"payload.current_status": "snoozed", "payload.snoozed_until": 1_900_000_000},
        refuses=({"status": "asleep"}, {"status": "snoozed", "snoozed_until": "soon"}),
    ),
    Operation(
        "toggle-status-of-a-conversation",
        at=ONE,
        body={"status": "open"},
        says={"payload.success": True, "payload.current_status": "open"},
        again=True,
    ),
    Operation(
        "toggle-priority-of-a-conversation",
        at=ONE,
        body={"priority": "urgent"},
        refuses=({"priority": "tomorrow"},),
    ),
    Operation("toggle-priority-of-a-conversation", at=ONE, body={"priority": "none"}, again=True),
    Operation(
        "toggle-typing-status-of-a-conversation",
        at=ONE,
        body={"typing_status": "on", "is_private": True},
        refuses=({"typing_status": "perhaps"},),
    ),
    Operation(
        "update-custom-attributes-of-a-conversation",
        at=ONE,
        body={"custom_attributes": {"order": "7"}},
        says={"custom_attributes": {"order": "7"}},
        refuses=({}, {"custom_attributes": "7"}),
    ),
    Operation(
        "conversation-add-labels",
        at=ONE,
        body={"labels": ["vip", "refund"]},
        says={"payload": ["refund", "vip"]},
        refuses=({}, {"labels": "vip"}),
    ),
    Operation("list-all-labels-of-a-conversation", at=ONE, says={"payload": ["refund", "vip"]}),
    Operation("get-conversation-reporting-events", at=ONE),
)

ASSIGNMENTS = (
    Operation(
        "assign-a-conversation",
        at=ONE,
        body={"assignee_id": "{agent}"},
        says={"id": "{agent}"},
        refuses=({}, {"assignee_id": "somebody"}, {"assignee_id": "{outsider}"}),
    ),
    Operation(
        "assign-a-conversation",
        at=ONE,
        body={"team_id": "{team}"},
        says={"id": "{team}"},
        again=True,
    ),
    Operation("assign-a-conversation", at=ONE, body={"assignee_id": None}, again=True),
)
