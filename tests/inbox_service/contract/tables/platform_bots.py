"""Platform API: agent bots."""

from tests.inbox_service.contract.operation import Operation

PLATFORM_BOTS = (
    Operation(
        "create-an-agent-bot",
        body={
            "name": "Porter",
            "description": "Answers at night",
            "outgoing_url": "https://bots.example/porter",
            "account_id": "{platform_account}",
        },
        keep={"platform_bot": "id"},
        says={"name": "Porter"},
        refuses=({"name": ""}, {"name": "A", "outgoing_url": "not an address"}),
    ),
    Operation("list-all-agent-bots"),
    Operation(
        "get-details-of-a-single-agent-bot",
        at={"id": "platform_bot"},
        says={"id": "{platform_bot}"},
    ),
    Operation(
        "update-an-agent-bot",
        at={"id": "platform_bot"},
        body={"name": "Night porter"},
        says={"name": "Night porter"},
        refuses=({"name": ""},),
    ),
    Operation("delete-an-agent-bot", at={"id": "platform_bot"}),
)
