"""Our answers, held to Chatwoot's own description of its API."""

import httpx
import pytest

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.reference import AMENDMENTS, DOCUMENT, Reference

pytestmark = pytest.mark.skipif(
    not (DOCUMENT.exists() and AMENDMENTS.exists()),
    reason="Chatwoot's OpenAPI file is not part of the project and is not here.",
)

Call = tuple[str, str, str, object]

CALLS: list[Call] = [
    ("conversationList", "GET", "/conversations", None),
    ("conversationListMeta", "GET", "/conversations/meta", None),
    ("get-details-of-a-conversation", "GET", "/conversations/1", None),
    ("update-conversation", "PATCH", "/conversations/1", {"priority": "low"}),
    ("assign-a-conversation", "POST", "/conversations/1/assignments", {"assignee_id": "{agent}"}),
    ("assign-a-conversation", "POST", "/conversations/1/assignments", {"team_id": "{team}"}),
    ("assign-a-conversation", "POST", "/conversations/1/assignments", {"assignee_id": None}),
    (
        "toggle-status-of-a-conversation",
        "POST",
        "/conversations/1/toggle_status",
        {"status": "open"},
    ),
    (
        "toggle-priority-of-a-conversation",
        "POST",
        "/conversations/1/toggle_priority",
        {"priority": "none"},
    ),
    ("conversation-add-labels", "POST", "/conversations/1/labels", {"labels": ["vip"]}),
    ("list-all-labels-of-a-conversation", "GET", "/conversations/1/labels", None),
    (
        "update-custom-attributes-of-a-conversation",
        "POST",
        "/conversations/1/custom_attributes",
        {"custom_attributes": {"order": "7"}},
    ),
    (
        "create-a-new-message-in-a-conversation",
        "POST",
        "/conversations/1/messages",
        {"content": "Hi"},
    ),
    ("list-all-messages", "GET", "/conversations/1/messages", None),
    (
        "newConversation",
        "POST",
        "/conversations",
        {"inbox_id": "{inbox}", "contact_id": "{contact}"},
    ),
    ("listAllInboxes", "GET", "/inboxes", None),
    ("GetInbox", "GET", "/inboxes/{inbox}", None),
    ("get-inbox-members", "GET", "/inbox_members/{inbox}", None),
    ("list-all-labels", "GET", "/labels", None),
    ("create-a-label", "POST", "/labels", {"title": "contract"}),
    ("list-all-teams", "GET", "/teams", None),
    ("get-details-of-a-single-team", "GET", "/teams/{team}", None),
    ("create-a-team", "POST", "/teams", {"name": "contract"}),
    ("get-team-members", "GET", "/teams/{team}/team_members", None),
    ("get-account-agents", "GET", "/agents", None),
    (
        "add-new-canned-response-to-account",
        "POST",
        "/canned_responses",
        {"short_code": "hi", "content": "Hello, {{contact.name}}"},
    ),
    ("get-account-canned-response", "GET", "/canned_responses?search=h", None),
    (
        "create-a-webhook",
        "POST",
        "/webhooks",
        {"url": "https://example.com/hook", "subscriptions": ["message_created"]},
    ),
    ("list-all-webhooks", "GET", "/webhooks", None),
    ("contactList", "GET", "/contacts", None),
    ("contactSearch", "GET", "/contacts/search?q=amara", None),
    (
        "contactCreate",
        "POST",
        "/contacts",
        {"name": "N", "inbox_id": "{inbox}", "phone_number": "+4790000001"},
    ),
    ("contactDetails", "GET", "/contacts/{contact}", None),
    ("list-all-labels-of-a-contact", "GET", "/contacts/{contact}/labels", None),
    ("contact-add-labels", "POST", "/contacts/{contact}/labels", {"labels": ["vip"]}),
    ("contactUpdate", "PUT", "/contacts/{contact}", {"name": "Amara O."}),
    ("contactConversations", "GET", "/contacts/{contact}/conversations", None),
    (
        "add-new-automation-rule-to-account",
        "POST",
        "/automation_rules",
        {
            "name": "Contract",
            "event_name": "message_created",
            "conditions": [],
            "actions": [{"action_name": "resolve_conversation", "action_params": []}],
        },
    ),
    ("get-account-automation-rule", "GET", "/automation_rules", None),
    ("contactableInboxesGet", "GET", "/contacts/{contact}/contactable_inboxes", None),
]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference()


@pytest.fixture
async def worked(desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient) -> dict[str, int]:
    """An account in which something has happened; the ids its calls need."""
    await receive(desk, halden, said("Where is my bag?"), said("A second one", sender="4711"))
    await maya.post("/conversations/1/assignments", json={"assignee_id": halden.agent})
    async with desk.transaction(halden.account_id) as tx:
        contact = await tx.one("select id from contacts order by id limit 1")
    return {
        "agent": halden.agent,
        "team": halden.team,
        "inbox": halden.inbox,
        "contact": contact["id"],
    }


async def test_every_answer_is_one_of_chatwoots(
    reference: Reference, worked: dict[str, int], maya: httpx.AsyncClient
) -> None:
    faults: list[str] = []
    for operation_id, method, path, body in CALLS:
        if isinstance(body, dict):
            body = {k: _filled(v, worked) for k, v in body.items()}
        answer = await maya.request(method, path.format(**worked), json=body)
        assert answer.status_code == 200, (operation_id, answer.text)
        faults += [f"{operation_id}: {f}" for f in reference.faults(operation_id, answer.json())]
    assert not faults, "\n".join(faults)


async def test_the_profile_is_chatwoots(
    reference: Reference, halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    headers = {"api_access_token": halden.tokens[halden.agent]}
    profile = (await anybody.get("/api/v1/profile", headers=headers)).json()
    assert reference.faults("fetchProfile", profile) == []


async def test_our_document_knows_the_operations_by_chatwoots_names(
    reference: Reference, anybody: httpx.AsyncClient
) -> None:
    ours = (await anybody.get("/openapi.json")).json()["paths"]
    names = {
        (method, _bare(path)): operation["operationId"]
        for path, item in ours.items()
        for method, operation in item.items()
    }
    differing = []
    for path, item in reference.document["paths"].items():
        for method, operation in item.items():
            own = names.get((method, _bare(path)))
            if own is not None and own != operation["operationId"]:
                differing.append((method, path, own))
    assert differing == []


def _bare(path: str) -> str:
    """The path with its parameters' names left out."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def _filled(value: object, ids: dict[str, int]) -> object:
    return ids[value.strip("{}")] if isinstance(value, str) and value.startswith("{") else value
