"""Chatwoot's public API: what a customer's own client can do with two identifiers."""

import hashlib
import hmac
from typing import Any
from uuid import uuid4

import httpx
import pytest

from desk.actions.rate_conversation import ask_for_rating
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.ids import ConversationId
from tests.builders.accounts import SmallDesk
from tests.inbox_service.conftest import ClientOf
from tests.inbox_service.contract.reference import Reference
from tests.inbox_service.partners import make_inbox


class Client:
    """A customer's client of one API inbox."""

    def __init__(self, http: httpx.AsyncClient, inbox: dict[str, Any]) -> None:
        self.http = http
        self.inbox = inbox
        self.root = f"/public/api/v1/inboxes/{inbox['inbox_identifier']}"

    async def contact(self, **said: Any) -> dict[str, Any]:
        answer = await self.http.post(f"{self.root}/contacts", json=said)
        assert answer.status_code == 200, answer.text
        contact: dict[str, Any] = answer.json()
        return contact

    async def conversation(self, contact: dict[str, Any], **said: Any) -> dict[str, Any]:
        answer = await self.http.post(self.of(contact), json=said)
        assert answer.status_code == 200, answer.text
        conversation: dict[str, Any] = answer.json()
        return conversation

    def of(self, contact: dict[str, Any], conversation: dict[str, Any] | None = None) -> str:
        address = f"{self.root}/contacts/{contact['source_id']}/conversations"
        return address if conversation is None else f"{address}/{conversation['id']}"

    async def say(
        self, contact: dict[str, Any], conversation: dict[str, Any], **said: Any
    ) -> httpx.Response:
        return await self.http.post(f"{self.of(contact, conversation)}/messages", json=said)


@pytest.fixture
async def client(maya: httpx.AsyncClient, anybody: httpx.AsyncClient, halden: SmallDesk) -> Client:
    inbox = await make_inbox(maya, type="api")
    members = {"inbox_id": inbox["id"], "user_ids": [halden.agent]}
    (await maya.post("/inbox_members", json=members)).raise_for_status()
    return Client(anybody, inbox)


async def test_every_operation_answers_as_documented(
    client: Client, jonas: httpx.AsyncClient
) -> None:
    reference, faults = Reference(), {}

    async def judged(operation: str, request: Any) -> Any:
        answer = await request
        assert answer.status_code == 200, f"{operation}: {answer.text}"
        shape = answer.json() if answer.content else None
        if shape is not None:
            faults[operation] = reference.faults(operation, shape)
        return shape

    http, root = client.http, client.root
    await judged("get-details-of-a-inbox", http.get(root))
    contact = await judged(
        "create-a-contact",
        http.post(f"{root}/contacts", json={"name": "Amara", "email": "amara@mail.example"}),
    )
    address = f"{root}/contacts/{contact['source_id']}"
    await judged("get-details-of-a-contact", http.get(address))
    changed = {"phone_number": "+2348035550199", "custom_attributes": {"plan": "gold"}}
    await judged("update-a-contact", http.patch(address, json=changed))
    conversation = await judged(
        "create-a-conversation",
        http.post(f"{address}/conversations", json={"custom_attributes": {"order": 7}}),
    )
    one = f"{address}/conversations/{conversation['id']}"
    said = await judged(
        "create-a-message", http.post(f"{one}/messages", json={"content": "Hello", "echo_id": "1"})
    )
    reply = await jonas.post(
        f"/conversations/{conversation['id']}/messages", json={"content": "Hi Amara"}
    )
    assert reply.status_code == 200
    await judged("list-all-conversation-messages", http.get(f"{one}/messages"))
    await judged("list-all-contact-conversations", http.get(f"{address}/conversations"))
    await judged("get-single-conversation", http.get(one))
    await judged("toggle-typing-status", http.post(f"{one}/toggle_typing?typing_status=on"))
    await judged("update-last-seen", http.post(f"{one}/update_last_seen"))
    await judged("resolve-conversation", http.post(f"{one}/toggle_status"))
    assert said["message_type"] == 0
    assert [fault for found in faults.values() for fault in found] == []
    assert len(faults) == 10


async def test_a_message_goes_in_and_the_reply_comes_out(
    client: Client, jonas: httpx.AsyncClient
) -> None:
    contact = await client.contact(name="Amara Okonkwo")
    conversation = await client.conversation(contact)
    said = (await client.say(contact, conversation, content="Is the pool heated?")).json()
    assert (said["content"], said["message_type"]) == ("Is the pool heated?", 0)
    assert said["conversation_id"] == conversation["id"]
    seen = (await jonas.get(f"/conversations/{conversation['id']}/messages")).json()["payload"]
    assert [m["content"] for m in seen] == ["Is the pool heated?"]
    assert seen[0]["sender"]["name"] == "Amara Okonkwo"
    path = f"/conversations/{conversation['id']}/messages"
    reply = (await jonas.post(path, json={"content": "From May on."})).json()
    assert (reply["queued"], reply["status"]) == (False, "sent")
    await jonas.post(path, json={"content": "He asks every year", "private": True})
    page = (await client.http.get(f"{client.of(contact, conversation)}/messages")).json()
    assert [m["content"] for m in page] == ["Is the pool heated?", "From May on."]
    assert page[1]["sender"]["type"] == "user"


async def test_a_repeated_request_is_one_message(client: Client, jonas: httpx.AsyncClient) -> None:
    contact = await client.contact()
    conversation = await client.conversation(contact)
    first = await client.say(contact, conversation, content="Once", echo_id="e1")
    again = await client.say(contact, conversation, content="Once", echo_id="e1")
    assert first.json() == again.json()
    own = await client.say(contact, conversation, content="Mine", source_id="app-1")
    own_again = await client.say(contact, conversation, content="Mine", source_id="app-1")
    assert own.json()["id"] == own_again.json()["id"]
    seen = (await jonas.get(f"/conversations/{conversation['id']}/messages")).json()["payload"]
    assert [m["content"] for m in seen] == ["Once", "Mine"]


async def test_other_words_under_the_same_handle_are_another_message(
    client: Client, jonas: httpx.AsyncClient
) -> None:
    contact = await client.contact()
    conversation = await client.conversation(contact)
    for words in ("One", "Two"):
        assert (
            await client.say(contact, conversation, content=words, echo_id="1")
        ).status_code == 200
    seen = (await jonas.get(f"/conversations/{conversation['id']}/messages")).json()["payload"]
    assert [m["content"] for m in seen] == ["One", "Two"]


async def test_two_customers_may_use_the_same_handle(client: Client) -> None:
    amara, ben = await client.contact(name="Amara"), await client.contact(name="Ben")
    ids = set()
    for contact in (amara, ben):
        conversation = await client.conversation(contact)
        ids.add((await client.say(contact, conversation, content="Hi", echo_id="1")).json()["id"])
    assert len(ids) == 2


async def test_a_message_reopens_the_conversation_it_names(
    client: Client, jonas: httpx.AsyncClient
) -> None:
    contact = await client.contact()
    old, new = await client.conversation(contact), await client.conversation(contact)
    assert old["id"] != new["id"]
    await client.http.post(f"{client.of(contact, old)}/toggle_status")
    resolved = await jonas.get(f"/conversations/{old['id']}")
    assert resolved.json()["status"] == "resolved"
    said = await client.say(contact, old, content="One more thing")
    assert said.json()["conversation_id"] == old["id"]
    assert (await jonas.get(f"/conversations/{old['id']}")).json()["status"] == "open"
    assert (await jonas.get(f"/conversations/{new['id']}/messages")).json()["payload"] == []


async def test_files_come_as_a_form_and_are_fetched_by_their_address(client: Client) -> None:
    contact = await client.contact()
    conversation = await client.conversation(contact)
    answer = await client.http.post(
        f"{client.of(contact, conversation)}/messages",
        data={"content": "The scratch", "echo_id": "f1"},
        files={"attachments[]": ("scratch.png", b"\x89PNG-bytes", "image/png")},
    )
    assert answer.status_code == 200, answer.text
    (file,) = answer.json()["attachments"]
    assert file["file_type"] == "image"
    fetched = await client.http.get(httpx.URL(file["data_url"]).path)
    assert (fetched.status_code, fetched.content) == (200, b"\x89PNG-bytes")


async def test_what_was_read_is_read(client: Client, jonas: httpx.AsyncClient) -> None:
    contact = await client.contact()
    conversation = await client.conversation(contact)
    path = f"/conversations/{conversation['id']}/messages"
    await jonas.post(path, json={"content": "Anything else?"})
    await client.http.post(f"{client.of(contact, conversation)}/update_last_seen")
    (reply,) = (await jonas.get(path)).json()["payload"]
    assert reply["status"] == "read"
    shown = (await client.http.get(client.of(contact, conversation))).json()
    assert shown["contact_last_seen_at"] > 0


async def test_somebody_the_account_knows_stays_who_they_are(
    client: Client, maya: httpx.AsyncClient
) -> None:
    known = (await maya.post("/contacts", json={"name": "Amara", "identifier": "u-7"})).json()[
        "payload"
    ]["contact"]
    contact = await client.contact(identifier="u-7", name="Somebody else")
    again = await client.contact(identifier="u-7")
    assert contact["id"] == again["id"] == known["id"]
    assert contact["name"] == "Amara"
    assert contact["source_id"] != again["source_id"]
    same = await client.contact(source_id=contact["source_id"])
    assert same == contact


async def test_a_verified_identity_sees_its_conversations_and_nobody_elses(
    client: Client,
) -> None:
    token = client.inbox["hmac_token"]
    proof = hmac.digest(token.encode(), b"u-9", hashlib.sha256).hex()
    phone = await client.contact(identifier="u-9", identifier_hash=proof)
    laptop = await client.contact(identifier="u-9", identifier_hash=proof)
    stranger = await client.contact(identifier="u-9")
    conversation = await client.conversation(phone)
    await client.say(phone, conversation, content="From my phone")
    theirs = (await client.http.get(client.of(laptop))).json()
    assert [one["id"] for one in theirs] == [conversation["id"]]
    assert (await client.http.get(client.of(stranger))).json() == []
    assert (await client.http.get(client.of(stranger, conversation))).status_code == 404
    wrong = await client.http.post(
        f"{client.root}/contacts", json={"identifier": "u-9", "identifier_hash": "0" * 64}
    )
    assert wrong.status_code == 401


async def test_an_inbox_may_insist_on_proof(client: Client, maya: httpx.AsyncClient) -> None:
    address = f"/inboxes/{client.inbox['id']}"
    await maya.patch(address, json={"channel": {"hmac_mandatory": True}})
    inbox = (await maya.get(address)).json()
    strict = Client(client.http, inbox | {"inbox_identifier": inbox["inbox_identifier"]})
    refused = await strict.http.post(f"{strict.root}/contacts", json={"name": "Amara"})
    assert refused.status_code == 401
    proof = hmac.digest(inbox["hmac_token"].encode(), b"u-1", hashlib.sha256).hex()
    assert (await strict.contact(identifier="u-1", identifier_hash=proof))["source_id"]


async def test_a_customer_corrects_what_is_known(client: Client) -> None:
    contact = await client.contact(name="Amara", custom_attributes={"plan": "silver"})
    address = f"{client.root}/contacts/{contact['source_id']}"
    record = (
        await client.http.patch(
            address, json={"email": "amara@mail.example", "custom_attributes": {"since": 2020}}
        )
    ).json()
    assert record["email"] == "amara@mail.example"
    assert record["custom_attributes"] == {"plan": "silver", "since": 2020}
    assert (await client.http.get(address)).json()["email"] == "amara@mail.example"


async def test_a_question_how_it_went_is_answered(
    client: Client, desk: Desk, halden: SmallDesk
) -> None:
    contact = await client.contact()
    conversation = await client.conversation(contact)
    async with desk.transaction(halden.account_id) as tx:
        row = await tx.one(
            "select id from conversations where display_id = %s", [conversation["id"]]
        )
        locked = await lock_conversation(tx, ConversationId(row["id"]))
        await ask_for_rating(tx, locked, survey_url="http://desk/x", by=Actor.system())
    where = f"{client.of(contact, conversation)}/messages"
    (question,) = (await client.http.get(where)).json()
    answer = await client.http.patch(
        f"{where}/{question['id']}",
        json={"submitted_values": {"csat_survey_response": {"rating": 5, "feedback_message": "!"}}},
    )
    assert answer.status_code == 200, answer.text
    given = answer.json()["content_attributes"]["submitted_values"]["csat_survey_response"]
    assert given == {"rating": 5, "feedback_message": "!"}
    assert Reference().faults("update-a-message", answer.json()) == []


async def test_a_message_that_asks_nothing_takes_no_answer(client: Client) -> None:
    contact = await client.contact()
    conversation = await client.conversation(contact)
    said = (await client.say(contact, conversation, content="Hi")).json()
    where = f"{client.of(contact, conversation)}/messages/{said['id']}"
    refused = await client.http.patch(where, json={"submitted_values": {"name": "x"}})
    assert (refused.status_code, refused.json()["field"]) == (422, "submitted_values")


async def test_a_blocked_customer_is_not_heard(client: Client, maya: httpx.AsyncClient) -> None:
    contact = await client.contact(name="Mallory")
    conversation = await client.conversation(contact)
    await maya.patch(f"/contacts/{contact['id']}", json={"blocked": True})
    assert (await client.say(contact, conversation, content="Hey")).status_code == 403


async def test_strangers_find_nothing(
    client: Client, as_user: ClientOf, northgate: SmallDesk
) -> None:
    contact = await client.contact()
    conversation = await client.conversation(contact)
    elsewhere = await make_inbox(as_user(northgate, northgate.administrator), type="api")
    other = Client(client.http, elsewhere)
    gets = (
        "/public/api/v1/inboxes/nowhere",
        f"{other.root}/contacts/{contact['source_id']}",
        other.of(contact, conversation),
        f"{client.root}/contacts/{uuid4()}",
        client.of(contact, {"id": conversation["id"] + 1}),
        client.of(contact, {"id": 2**70}),
    )
    for address in gets:
        assert (await client.http.get(address)).status_code == 404, address


@pytest.mark.parametrize(
    ("said", "status", "field"),
    [
        ({}, 422, "content"),
        ({"content": ""}, 422, "content"),
        ({"content": "x" * 150_001}, 422, "content"),
        ({"content": "a\u0000b"}, 422, "content"),
        ({"content": 7}, 422, "content"),
        ({"content": "x", "content_attributes": {"in_reply_to": 1}}, 422, "content_attributes"),
    ],
)
async def test_a_message_that_cannot_be_kept_is_refused_by_name(
    client: Client, said: dict[str, Any], status: int, field: str
) -> None:
    contact = await client.contact()
    conversation = await client.conversation(contact)
    answer = await client.say(contact, conversation, **said)
    assert (answer.status_code, answer.json()["field"]) == (status, field), answer.text


async def test_a_client_cannot_name_files_of_others(client: Client) -> None:
    contact = await client.contact()
    conversation = await client.conversation(contact)
    upload = {"file_key": "1/x", "file_type": "file", "name": "x", "mime_type": "x/y", "size": 1}
    answer = await client.say(contact, conversation, content="Hi", stored_uploads=[upload])
    assert answer.json()["attachments"] == []


async def test_pages_of_any_site_may_ask(client: Client) -> None:
    asked = await client.http.options(
        f"{client.root}/contacts", headers={"Origin": "https://shop.example"}
    )
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == "*"
    for answer in (await client.http.get(client.root), await client.http.get(f"{client.root}x")):
        assert answer.headers["access-control-allow-origin"] == "*"


async def test_an_api_inbox_takes_no_webhooks(client: Client) -> None:
    knock = await client.http.post(
        f"/webhooks/api/{client.inbox['inbox_identifier']}", json={"content": "Hi"}
    )
    assert knock.status_code == 401


async def test_a_program_writes_customers_messages_in_an_api_inbox_only(
    client: Client, maya: httpx.AsyncClient, desk: Desk, halden: SmallDesk
) -> None:
    contact = await client.contact(name="Amara")
    conversation = await client.conversation(contact)
    path = f"/conversations/{conversation['id']}/messages"
    said = {"content": "By telefax", "message_type": "incoming", "source_id": "fax-1"}
    first, again = await maya.post(path, json=said), await maya.post(path, json=said)
    assert first.status_code == 200, first.text
    message = first.json()
    assert (message["message_type"], message["source_id"]) == (0, "fax-1")
    assert message["sender"]["type"] == "contact"
    assert again.json()["id"] == message["id"]
    assert (await maya.get(f"/conversations/{conversation['id']}")).json()["unread_count"] == 1
    async with desk.transaction(halden.account_id) as tx:
        rows = await tx.all("select name from events where name = 'message_created'")
    assert len(rows) == 1
