"""The account itself, and what was changed in it."""

from tests.inbox_service.contract.operation import Operation

ACCOUNT = (
    Operation("get-account-details", says={"id": "{account}", "name": "Halden Air"}),
    Operation(
        "update-account",
        body={
            "name": "Halden Airways",
            "locale": "en",
            "support_email": "help@haldenair.example",
            "auto_resolve_after": 1440,
            "industry": "Airlines",
            "timezone": "Europe/Oslo",
        },
        says={"name": "Halden Airways", "locale": "en"},
        refuses=({"name": ""}, {"locale": "klingon"}, {"auto_resolve_after": "soon"}),
        administrators=True,
    ),
)

AUDIT_LOGS = (
    Operation(
        "get-account-audit-logs",
        query={"page": 1},
        says={"current_page": 1},
        refuses_query=({"page": "first"},),
        administrators=True,
    ),
)
