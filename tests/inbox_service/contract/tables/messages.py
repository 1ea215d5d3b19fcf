"""Messages of a conversation."""

from tests.inbox_service.contract.operation import Operation

ONE = {"conversation_id": "conversation"}

MESSAGES = (
    Operation(
        "create-a-new-message-in-a-conversation",
        at=ONE,
        body={
            "content": "We have it here.",
            "message_type": "outgoing",
            "private": False,
            "content_type": "text",
            "content_attributes": {},
        },
        keep={"reply": "id"},
        says={"content": "We have it here.", "private": False, "message_type": 1},
        refuses=(
            {},
            {"content": ""},
            {"content": 7},
            {"content": "x" * 150_001},
            {"content": "A", "message_type": "sideways"},
        ),
    ),
    Operation(
        "create-a-new-message-in-a-conversation",
        at=ONE,
        body={"content": "Ask him for the tag.", "private": True},
        says={"private": True},
        again=True,
    ),
    Operation("list-all-messages", at=ONE, query={"after": 1}, refuses_query=({"after": "noon"},)),
    Operation("list-all-messages", at=ONE, query={"before": "{reply}"}, again=True),
    Operation("getConversationMessages", at=ONE),
    Operation("delete-a-message", at={**ONE, "message_id": "reply"}),
)
