"""Platform API: users, and their places in accounts."""

from tests.inbox_service.contract.operation import Operation

USERS = (
    Operation(
        "create-a-user",
        body={
            "name": "Ines Calder",
            "display_name": "Ines",
            "email": "ines.{run}@cargo.example",
            "password": "Correct-horse-7-battery!",
            "custom_attributes": {"badge": "7"},
        },
        keep={"platform_user": "id"},
        says={"name": "Ines Calder", "email": "ines.{run}@cargo.example"},
        refuses=({"name": "Nobody"}, {"name": "A", "email": "no address", "password": "x"}),
    ),
    Operation("get-details-of-a-user", at={"id": "platform_user"}, says={"id": "{platform_user}"}),
    Operation(
        "update-a-user",
        at={"id": "platform_user"},
        body={"name": "Ines Calder-Roy"},
        says={"name": "Ines Calder-Roy"},
        refuses=({"email": "no address"},),
    ),
    Operation("get-sso-url-of-a-user", at={"id": "platform_user"}),
)

ACCOUNT_USERS = (
    Operation(
        "create-an-account-user",
        at={"account_id": "platform_account"},
        body={"user_id": "{platform_user}", "role": "agent"},
        says={"role": "agent", "user_id": "{platform_user}"},
        refuses=({"user_id": "{platform_user}", "role": "captain"}, {"role": "agent"}),
    ),
    Operation("list-all-account-users", at={"account_id": "platform_account"}),
    Operation(
        "delete-an-account-user",
        at={"account_id": "platform_account"},
        body={"user_id": "{platform_user}"},
        refuses=({"user_id": "somebody"},),
    ),
)

DELETING_USERS = (Operation("delete-a-user", at={"id": "platform_user"}),)
