"""Webhooks of an account."""

from tests.inbox_service.contract.operation import Operation

ONE = {"webhook_id": "webhook"}

WEBHOOKS = (
    Operation(
        "create-a-webhook",
        body={
            "url": "https://haldenair.example/hook",
            "name": "Orders",
            "subscriptions": ["message_created", "conversation_created"],
        },
        keep={"webhook": "payload.webhook.id"},
        says={"payload.webhook.url": "https://haldenair.example/hook"},
        refuses=(
            {},
            {"url": "not an address"},
            {"url": "https://haldenair.example/other", "subscriptions": ["moon_rose"]},
        ),
        administrators=True,
    ),
    Operation(
        "list-all-webhooks", says={"payload.webhooks.0.id": "{webhook}"}, administrators=True
    ),
    Operation(
        "update-a-webhook",
        at=ONE,
        body={"url": "https://haldenair.example/hooks", "subscriptions": ["message_created"]},
        says={"payload.webhook.subscriptions": ["message_created"]},
        refuses=({"url": "not an address"}, {"subscriptions": ["moon_rose"]}),
        administrators=True,
    ),
    Operation("delete-a-webhook", at=ONE, administrators=True),
)
