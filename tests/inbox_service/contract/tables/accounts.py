"""Platform API: accounts."""

from tests.inbox_service.contract.operation import Operation

ACCOUNTS = (
    Operation(
        "create-an-account",
        body={
            "name": "Halden Cargo {run}",
            "locale": "en",
            "domain": "cargo.example",
            "support_email": "help@cargo.example",
            "status": "active",
            "custom_attributes": {"plan": "gold"},
        },
        keep={"platform_account": "id"},
        says={"name": "Halden Cargo {run}"},
        refuses=({"name": ""}, {"name": 7}, {"name": "A", "status": "asleep"}),
    ),
    Operation(
        "get-details-of-an-account",
        at={"account_id": "platform_account"},
        says={"id": "{platform_account}"},
    ),
    Operation(
        "update-an-account",
        at={"account_id": "platform_account"},
        body={"name": "Halden Freight {run}"},
        says={"name": "Halden Freight {run}"},
        refuses=({"name": ""}, {"status": "asleep"}),
    ),
)

CLOSING_ACCOUNTS = (Operation("delete-an-account", at={"account_id": "platform_account"}),)
"""Driven last: the account's users are tried before it goes."""
