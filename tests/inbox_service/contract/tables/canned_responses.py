"""Canned responses, which every agent may write."""

from tests.inbox_service.contract.operation import Operation

CANNED_RESPONSES = (
    Operation(
        "add-new-canned-response-to-account",
        body={"short_code": "hi", "content": "Hello, {{contact.name}}"},
        keep={"canned": "id"},
        says={"short_code": "hi", "content": "Hello, {{contact.name}}"},
        refuses=({"short_code": "hi"}, {"short_code": "", "content": "Hello"}),
    ),
    Operation("get-account-canned-response", says={"0.id": "{canned}"}),
    Operation(
        "update-canned-response-in-account",
        at={"id": "canned"},
        body={"content": "Good morning"},
        says={"content": "Good morning"},
        refuses=({"content": ""}, {"content": 7}),
    ),
    Operation("delete-canned-response-from-account", at={"id": "canned"}),
)
