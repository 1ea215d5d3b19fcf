"""An account's own agent bots, and the one of an inbox."""

from tests.inbox_service.contract.operation import Operation

ACCOUNT_BOTS = (
    Operation(
        "create-an-account-agent-bot",
        body={
            "name": "Greeter",
            "description": "Says hello",
            "outgoing_url": "https://bots.example/greeter",
            "bot_type": 0,
            "bot_config": {},
        },
        keep={"bot": "id", "bot_token": "access_token"},
        says={"name": "Greeter", "account_id": "{account}"},
        refuses=({"name": ""}, {"name": "A", "outgoing_url": "not an address"}),
        administrators=True,
    ),
    Operation("list-all-account-agent-bots"),
    Operation("get-details-of-a-single-account-agent-bot", at={"id": "bot"}, says={"id": "{bot}"}),
    Operation(
        "update-an-account-agent-bot",
        at={"id": "bot"},
        body={"name": "Doorman"},
        says={"name": "Doorman"},
        refuses=({"name": ""},),
        administrators=True,
    ),
    Operation(
        "updateAgentBot",
        at={"id": "inbox"},
        body={"agent_bot": "{bot}"},
        refuses=({"agent_bot": "somebody"},),
        administrators=True,
    ),
    Operation("getInboxAgentBot", at={"id": "inbox"}, says={"agent_bot.id": "{bot}"}),
    Operation("updateAgentBot", at={"id": "inbox"}, body={"agent_bot": None}, again=True),
    Operation("delete-an-account-agent-bot", at={"id": "bot"}, administrators=True),
)
