"""What visitors may ask, and what they are told."""

import asyncio
from typing import Any

import httpx
import pytest

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.websites import Website, open_website
from tests.inbox_service.widget.visiting import API, Arrive

INTERNAL = ("private", "source_id", "additional_attributes", "sentiment", "conversation", "email")


async def rows(desk: Desk, at: SmallDesk, sql: str) -> list[dict[str, Any]]:
    async with desk.transaction(at.account_id) as tx:
        return await tx.all(sql)


async def test_a_website_nobody_has_is_not_found(anybody: httpx.AsyncClient) -> None:
    for path in ("/config", "/messages", "/events"):
        answer = await anybody.post(f"{API}{path}?website_token=nobody", json={})
        assert (answer.status_code, answer.json()["error"]) == (404, "unknown_website")
    assert (await anybody.get("/widget?website_token=nobody")).status_code == 404


async def test_without_a_token_nobody_reads_or_writes(
    website: Website, anybody: httpx.AsyncClient
) -> None:
    for headers in ({}, {"X-Auth-Token": "forged"}):
        answer = await anybody.get(
            f"{API}/messages", params={"website_token": website.token}, headers=headers
        )
        assert (answer.status_code, answer.json()["error"]) == (401, "unknown_visitor")


async def test_a_token_opens_only_its_own_website(
    desk: Desk, halden: SmallDesk, website: Website, arrive: Arrive, anybody: httpx.AsyncClient
) -> None:
    other = await open_website(desk, halden)
    visitor = await arrive(website)
    answer = await anybody.get(
        f"{API}/messages",
        params={"website_token": other.token},
        headers={"X-Auth-Token": visitor.token},
    )
    assert answer.status_code == 401


async def test_a_message_is_stored_before_it_is_answered(
    desk: Desk, halden: SmallDesk, website: Website, arrive: Arrive
) -> None:
    visitor = await arrive(website)
    said = await visitor.say("Where is my bag?", echo_id="e1", referer_url="https://a.example/bags")
    (stored,) = await rows(desk, halden, "select id, content, sender_type from messages")
    assert stored == {"id": said["id"], "content": "Where is my bag?", "sender_type": "Contact"}
    (conversation,) = await rows(
        desk, halden, "select inbox_id, additional_attributes from conversations"
    )
    assert conversation["inbox_id"] == website.id
    assert conversation["additional_attributes"]["referer"] == "https://a.example/bags"
    assert (said["message_type"], said["echo_id"]) == (0, "e1")


async def test_the_same_handle_again_is_the_same_message(
    desk: Desk, halden: SmallDesk, website: Website, arrive: Arrive
) -> None:
    visitor = await arrive(website)
    answers = await asyncio.gather(*(visitor.say("Hello", echo_id="e1") for _ in range(3)))
    assert len({answer["id"] for answer in answers}) == 1
    assert len(await rows(desk, halden, "select from messages")) == 1
    another = await arrive(website)
    await another.say("Hello", echo_id="e1")
    assert len(await rows(desk, halden, "select from messages")) == 2


async def test_a_returning_browser_finds_its_conversation(website: Website, arrive: Arrive) -> None:
    visitor = await arrive(website)
    await visitor.say("Hello")
    again = await arrive(website, visitor.token)
    assert again.config["contact"] == visitor.config["contact"]
    assert await again.contents() == ["Hello"]


async def test_visitors_never_see_each_other(website: Website, arrive: Arrive) -> None:
    one, other = await arrive(website), await arrive(website)
    said = await one.say("My card ends in 4242")
    assert await other.contents() == []
    assert (await other.http.get("/conversations")).json() == {}
    rating = {"message": {"submitted_values": {"csat_survey_response": {"rating": 1}}}}
    assert (await other.http.patch(f"/messages/{said['id']}", json=rating)).status_code == 404
    quote = {"message": {"content": "?", "reply_to": said["id"]}}
    assert (await other.http.post("/messages", json=quote)).status_code == 422


async def test_nothing_internal_is_told(
    website: Website, arrive: Arrive, jonas: httpx.AsyncClient
) -> None:
    visitor = await arrive(website)
    await visitor.say("Hello")
    where = "/conversations/1"
    note = {"content": "Difficult customer", "private": True}
    await jonas.post(f"{where}/messages", json=note)
    await jonas.post(f"{where}/messages", json={"content": "Good morning"})
    await jonas.post(f"{where}/custom_attributes", json={"custom_attributes": {"risk": "high"}})
    await jonas.post(f"{where}/assignments", json={"assignee_id": None})
    messages = await visitor.read()
    assert [message["content"] for message in messages] == ["Hello", "Good morning"]
    for message in messages:
        assert not set(INTERNAL) & set(message)
        assert not set(INTERNAL) & set(message["sender"])
    for path in ("/conversations", "/contact", "/messages", "/inbox_members"):
        text = (await visitor.http.get(path)).text
        for secret in ("risk", "Difficult", "desk.example"):
            assert secret not in text, path


async def test_a_reply_is_sent_at_once_and_read_when_it_was_seen(
    website: Website, arrive: Arrive, jonas: httpx.AsyncClient
) -> None:
    visitor = await arrive(website)
    await visitor.say("Hello")
    await jonas.post("/conversations/1/messages", json={"content": "Good morning"})

    async def reply() -> dict[str, Any]:
        answer = await jonas.get("/conversations/1/messages")
        found: dict[str, Any] = answer.json()["payload"][-1]
        return found

    assert ((await reply())["status"], (await reply())["queued"]) == ("sent", False)
    assert (await visitor.http.post("/conversations/update_last_seen")).status_code == 200
    assert (await reply())["status"] == "read"
    conversation = (await jonas.get("/conversations/1")).json()
    assert conversation["contact_last_seen_at"] > 0


async def test_files_come_with_a_message_and_only_its_readers_find_them(
    desk: Desk,
    halden: SmallDesk,
    website: Website,
    arrive: Arrive,
    anybody: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
) -> None:
    visitor = await arrive(website)
    answer = await visitor.http.post(
        "/messages",
        data={"message[content]": "My tag", "message[echo_id]": "f1"},
        files={"message[attachments][]": ("tag.png", b"\x89PNG-tag", "image/png")},
    )
    (file,) = answer.raise_for_status().json()["attachments"]
    assert (file["file_name"], file["file_type"]) == ("tag.png", "image")
    fetched = await anybody.get(file["data_url"])
    assert (fetched.content, fetched.headers["content-type"]) == (b"\x89PNG-tag", "image/png")
    guessed = file["data_url"].rpartition("/")[0] + "/0000"
    assert (await anybody.get(guessed)).status_code == 404
    seen = (await jonas.get("/conversations/1/messages")).json()["payload"][-1]
    assert seen["attachments"][0]["file_name"] == "tag.png"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"message": {"content": ""}}, 422),
        ({"message": {"content": "x" * 150_001}}, 422),
        ({"message": {"content": "a\x00b"}}, 422),
        ({"message": {"content": "a", "echo_id": "two words"}}, 422),
        ({"content": "a"}, 422),
        ([], 422),
    ],
)
async def test_what_cannot_be_stored_is_refused(
    website: Website, arrive: Arrive, body: object, status: int
) -> None:
    visitor = await arrive(website)
    assert (await visitor.http.post("/messages", json=body)).status_code == status


async def test_odd_files_are_refused(website: Website, arrive: Arrive) -> None:
    visitor = await arrive(website)
    answer = await visitor.http.post(
        "/messages",
        files={"message[attachments][]": ("run.exe", b"MZ", "application/x-msdownload")},
    )
    assert (answer.status_code, answer.json()["error"]) == (422, "file_type_refused")


async def test_too_many_messages_are_put_off_with_the_time_to_wait(
    website: Website, arrive: Arrive
) -> None:
    visitor = await arrive(website)
    for number in range(30):
        await visitor.say(str(number))
    answer = await visitor.http.post("/messages", json={"message": {"content": "one more"}})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60


async def test_a_blocked_visitor_is_not_heard(
    desk: Desk, halden: SmallDesk, website: Website, arrive: Arrive, jonas: httpx.AsyncClient
) -> None:
    visitor = await arrive(website)
    await visitor.say("Spam")
    contact = visitor.config["contact"]["id"]
    assert (await jonas.put(f"/contacts/{contact}", json={"blocked": True})).status_code == 200
    answer = await visitor.http.post("/messages", json={"message": {"content": "More spam"}})
    assert (answer.status_code, answer.json()["error"]) == (403, "contact_blocked")


async def test_what_was_asked_before_the_first_message_is_kept(
    website: Website, arrive: Arrive, jonas: httpx.AsyncClient
) -> None:
    visitor = await arrive(website)
    begun = {
        "contact": {"name": "Amara Okonkwo", "email": "amara@okonkwo.example"},
        "message": {"content": "Hello", "echo_id": "e1"},
        "custom_attributes": {"booking": "LX4T9P"},
    }
    answer = await visitor.http.post("/conversations", json=begun)
    assert (answer.status_code, answer.json()["messages"][0]["content"]) == (200, "Hello")
    conversation = (await jonas.get("/conversations/1")).json()
    assert conversation["meta"]["sender"]["name"] == "Amara Okonkwo"
    assert conversation["custom_attributes"] == {"booking": "LX4T9P"}
    about = (await visitor.http.get("/contact")).json()
    assert (about["has_email"], "email" in about) == (True, False)
    wrong = {"contact": {"email": "amara"}, "message": {"content": "Hello"}}
    refused = await visitor.http.post("/conversations", json=wrong)
    assert (refused.status_code, refused.json()["field"]) == (422, "email")


async def test_labels_attributes_and_the_end_come_from_the_page(
    website: Website, arrive: Arrive, jonas: httpx.AsyncClient
) -> None:
    visitor = await arrive(website)
    await visitor.say("Hello")
    assert (await visitor.http.post("/labels", json={"label": "vip"})).status_code == 204
    unknown = await visitor.http.post("/labels", json={"label": "made-up"})
    assert unknown.status_code == 422
    attributes = {"custom_attributes": {"plan": "gold", "seat": "12A"}}
    await visitor.http.post("/conversations/set_custom_attributes", json=attributes)
    gone = {"custom_attribute": ["seat"]}
    await visitor.http.post("/conversations/destroy_custom_attributes", json=gone)
    assert (await visitor.http.get("/conversations/toggle_status")).status_code == 200
    conversation = (await jonas.get("/conversations/1")).json()
    assert conversation["labels"] == ["vip"]
    assert conversation["custom_attributes"] == {"plan": "gold"}
    assert conversation["status"] == "resolved"
    await visitor.http.delete("/labels/vip")
    assert (await jonas.get("/conversations/1")).json()["labels"] == []


async def test_the_agents_are_known_by_their_first_names_and_whether_they_are_there(
    website: Website, arrive: Arrive, halden: SmallDesk
) -> None:
    visitor = await arrive(website)
    answer = (await visitor.http.get("/inbox_members")).json()["payload"]
    assert answer == [
        {"id": halden.agent, "name": "Jonas", "availability_status": "offline", "avatar_url": ""}
    ]
    event = await visitor.http.post("/events", json={"name": "webwidget.triggered"})
    assert event.status_code == 204
    assert (await visitor.http.post("/events", json={"name": "else"})).status_code == 422
