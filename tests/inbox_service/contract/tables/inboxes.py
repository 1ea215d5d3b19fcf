"""Inboxes and who works in them."""

from tests.inbox_service.contract.operation import Operation

INBOXES = (
    Operation("listAllInboxes"),
    Operation(
        "inboxCreation",
        body={
            "name": "Workshop",
            "greeting_enabled": True,
            "greeting_message": "Hello",
            "enable_email_collect": True,
            "csat_survey_enabled": True,
            "enable_auto_assignment": False,
            "working_hours_enabled": True,
            "out_of_office_message": "We sleep.",
            "timezone": "Europe/Oslo",
            "allow_messages_after_resolved": True,
            "lock_to_single_conversation": True,
            "sender_name_type": "friendly",
            "business_name": "Halden Air",
            "channel": {"type": "api", "webhook_url": "https://haldenair.example/hook"},
        },
        keep={"workshop": "id"},
        says={"name": "Workshop", "channel_type": "Channel::Api", "timezone": "Europe/Oslo"},
        refuses=(
            {"name": "A"},
            {"name": "A", "channel": {"type": "pigeon"}},
            {"name": "", "channel": {"type": "api"}},
            {"name": "A", "channel": {"type": "api"}, "timezone": "Mars/Olympus"},
        ),
        administrators=True,
    ),
    Operation("GetInbox", at={"id": "workshop"}, says={"id": "{workshop}"}),
    Operation(
        "updateInbox",
        at={"id": "workshop"},
        body={"name": "Shed", "greeting_enabled": False},
        says={"name": "Shed", "greeting_enabled": False},
        refuses=({"name": ""}, {"greeting_enabled": "perhaps"}, {"timezone": "Mars/Olympus"}),
        administrators=True,
    ),
    Operation(
        "add-new-agent-to-inbox",
        body={"inbox_id": "{workshop}", "user_ids": ["{agent}"]},
        says={"payload.0.id": "{agent}"},
        refuses=(
            {"user_ids": ["{agent}"]},
            {"inbox_id": "{workshop}"},
            {"inbox_id": "{workshop}", "user_ids": "all"},
            {"inbox_id": "{workshop}", "user_ids": [999_999_999]},
        ),
        administrators=True,
    ),
    Operation("get-inbox-members", at={"inbox_id": "workshop"}, says={"payload.0.id": "{agent}"}),
    Operation(
        "update-agents-in-inbox",
        body={"inbox_id": "{workshop}", "user_ids": ["{outsider}"]},
        says={"payload.0.id": "{outsider}"},
        refuses=({"inbox_id": "{workshop}", "user_ids": "all"},),
        administrators=True,
    ),
    Operation(
        "delete-agent-in-inbox",
        body={"inbox_id": "{workshop}", "user_ids": ["{outsider}"]},
        refuses=({"inbox_id": "{workshop}", "user_ids": "all"},),
        administrators=True,
    ),
)
