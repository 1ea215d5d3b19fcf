"""The public API of an API inbox, and the survey's page: what a customer's client asks."""

from tests.inbox_service.contract.operation import Operation

INBOX = {"inbox_identifier": "inbox_identifier"}
CONTACT = {**INBOX, "contact_identifier": "source"}
TALK = {**CONTACT, "conversation_id": "talk"}
QUESTION = {
    **INBOX,
    "contact_identifier": "rater",
    "conversation_id": "rated_talk",
    "message_id": "question",
}

PUBLIC_INBOX = (
    Operation("get-details-of-a-inbox", at=INBOX, says={"identifier": "{inbox_identifier}"}),
)

PUBLIC_CONTACTS = (
    Operation(
        "create-a-contact",
        at=INBOX,
        body={
            "identifier": "customer-{run}",
            "name": "Lena Voss",
            "email": "lena.{run}@home.example",
            "phone_number": "+4915{digits}",
            "custom_attributes": {"tier": "gold"},
        },
        keep={"source": "source_id"},
        says={"name": "Lena Voss", "email": "lena.{run}@home.example"},
        refuses=({"email": "no address"}, {"name": 7}, {"phone_number": "four"}),
    ),
    Operation("get-details-of-a-contact", at=CONTACT, says={"source_id": "{source}"}),
    Operation(
        "update-a-contact",
        at=CONTACT,
        body={"name": "Lena Voss-Hahn"},
        says={"name": "Lena Voss-Hahn"},
        refuses=({"email": "no address"},),
    ),
)

PUBLIC_CONVERSATIONS = (
    Operation(
        "create-a-conversation",
        at=CONTACT,
        body={"custom_attributes": {"order": "7"}},
        keep={"talk": "id"},
        says={"status": "open"},
        refuses=({"custom_attributes": 7},),
    ),
    Operation("list-all-contact-conversations", at=CONTACT, says={"0.id": "{talk}"}),
    Operation("get-single-conversation", at=TALK, says={"id": "{talk}"}),
    Operation("resolve-conversation", at=TALK, says={"status": "resolved"}),
    Operation(
        "toggle-typing-status",
        at=TALK,
        query={"typing_status": "on"},
        body={"typing_status": "on"},
        refuses=({"typing_status": "perhaps"},),
    ),
    Operation("update-last-seen", at=TALK),
)

PUBLIC_MESSAGES = (
    Operation(
        "create-a-message",
        at=TALK,
        body={"content": "Where is my order?", "echo_id": "e-7"},
        keep={"said": "id"},
        says={"content": "Where is my order?"},
        refuses=({"content": 7}, {"content": "x" * 150_001}),
    ),
    Operation("list-all-conversation-messages", at=TALK, says={"0.id": "{said}"}),
    Operation(
        "update-a-message",
        at=QUESTION,
        body={
            "submitted_values": {"csat_survey_response": {"rating": 5, "feedback_message": "Quick"}}
        },
        refuses=({"submitted_values": 7},),
    ),
)

SURVEY = (Operation("get-csat-survey-page", at={"conversation_uuid": "uuid"}),)
