"""Integrations and their hooks."""

from tests.inbox_service.contract.operation import Operation

INTEGRATIONS = (
    Operation("get-details-of-all-integrations"),
    Operation(
        "create-an-integration-hook",
        body={
            "app_id": "dialogflow",
            "inbox_id": "{inbox}",
            "status": 1,
            "settings": {
                "project_id": "halden-7",
                "credentials": {
                    "type": "service_account",
                    "project_id": "halden-7",
                    "private_key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                    "client_email": "bot@halden-7.example",
                },
            },
        },
        keep={"hook": "id"},
        says={"app_id": "dialogflow"},
        refuses=({}, {"app_id": "pigeon"}),
        administrators=True,
    ),
    Operation(
        "update-an-integrations-hook",
        at={"hook_id": "hook"},
        body={"status": 0},
        says={"id": "{hook}"},
        refuses=({"status": "perhaps"},),
        administrators=True,
    ),
    Operation("delete-an-integration-hook", at={"hook_id": "hook"}, administrators=True),
)
