"""Outgoing webhooks: what is told, to whom, in which words."""

from typing import Any

import pytest

from desk.actions.assign_conversation import assign_conversation
from desk.actions.keep_contact import update_contact
from desk.actions.keep_webhook import (
    delete_webhook,
    update_webhook,
)
from desk.actions.tell_in_passing import tell_of_widget
from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.ids import ContactId, ConversationId
from streams.handlers.queue_webhooks import queue_webhooks
from streams.jobs.workshop import Workshop
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.streams.arrivals import rows
from tests.streams.promises import reply
from tests.streams.webhook_receiver import Delivered, Receiver
from tests.streams.webhook_stories import MESSAGES, deliver, facts, happened, log_of, subscribe


@pytest.fixture
def transactions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The accounts whose transactions were opened from now on."""
    opened: list[int] = []
    transaction = Desk.transaction

    def noted(self: Desk, account_id: Any, **more: Any) -> Any:
        opened.append(account_id)
        return transaction(self, account_id, **more)

    monkeypatch.setattr(Desk, "transaction", noted)
    return opened


async def test_a_customers_message_is_delivered_and_signed_by_both_rules(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver, clock: FixedClock
) -> None:
    _, secret = await subscribe(desk, halden, receiver.url)
    await receive(desk, halden, said("Где мой чемодан? 🧳"))
    await happened(desk, halden)
    assert receiver.delivered == []
    await deliver(desk, halden, way_out)
    assert sorted(receiver.events) == ["contact_created", "conversation_created", "message_created"]
    for one in receiver.delivered:
        assert one.is_standard(secret, clock.now().timestamp())
        assert one.is_chatwoots(secret)
        assert one.headers["x-chatwoot-delivery"] == one.headers["webhook-id"]
        forged = Delivered(one.headers, one.body + b" ")
        assert not forged.is_standard(secret, clock.now().timestamp())
        assert not forged.is_chatwoots(secret)
    assert len({one.headers["webhook-id"] for one in receiver.delivered}) == 3


async def test_the_body_of_a_message_is_chatwoots(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    await receive(desk, halden, said("Where is my bag?"))
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    (body,) = [one.json for one in receiver.delivered]
    assert body["event"] == "message_created"
    assert (body["content"], body["message_type"], body["private"]) == (
        "Where is my bag?",
        "incoming",
        False,
    )
    assert body["account"] == {"id": halden.account_id, "name": "Halden Air"}
    assert body["inbox"] == {"id": halden.inbox, "name": "WhatsApp"}
    assert body["created_at"] == "2026-11-23T09:00:00Z"
    assert body["sender"]["name"] == "Amara Okonkwo"
    assert (body["conversation"]["id"], body["conversation"]["status"]) == (1, "open")
    assert body["conversation"]["contact_inbox"]["inbox_id"] == halden.inbox


async def test_private_notes_are_delivered_as_such_and_activity_lines_never(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    await subscribe(desk, halden, receiver.url, *MESSAGES)
    await reply(desk, halden, "Only for us", private=True)
    (row,) = await rows(desk, halden, "conversations")
    async with desk.transaction(halden.account_id) as tx:
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await assign_conversation(tx, conversation, halden.agent, by=Actor.user(halden.agent))
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    (body,) = [one.json for one in receiver.delivered]
    assert (body["content"], body["private"], body["message_type"]) == (
        "Only for us",
        True,
        "outgoing",
    )
    assert body["sender"]["email"] == halden.emails[halden.agent]


async def test_a_change_says_what_was_before_and_what_is_now(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    await subscribe(desk, halden, receiver.url, "conversation_updated", "contact_updated")
    (row,) = await rows(desk, halden, "conversations")
    async with desk.transaction(halden.account_id) as tx:
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await assign_conversation(tx, conversation, halden.agent, by=Actor.user(halden.agent))
        await update_contact(
            tx, ContactId(row["contact_id"]), {"name": "Amara O."}, by=Actor.user(halden.agent)
        )
    await happened(desk, halden)
    await deliver(desk, halden, way_out)
    changes = {one.json["event"]: one.json["changed_attributes"] for one in receiver.delivered}
    assert changes == {
        "conversation_updated": [
            {"assignee_id": {"previous_value": None, "current_value": halden.agent}}
        ],
        "contact_updated": [{"name": {"previous_value": None, "current_value": "Amara O."}}],
    }


async def test_an_opened_website_chat_is_told_with_its_visitor(
    desk: Desk, halden: SmallDesk, way_out: Workshop, receiver: Receiver
) -> None:
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    (address,) = await rows(desk, halden, "contact_inboxes")
    async with desk.transaction(halden.account_id) as tx:
        await tell_of_widget(tx, address["id"], {"referer": "https://halden.example"})
    await subscribe(desk, halden, receiver.url, "webwidget_triggered")
    async with desk.transaction(halden.account_id) as tx:
        await tell_of_widget(tx, address["id"], {"referer": "https://halden.example"})
    await deliver(desk, halden, way_out)
    (body,) = [one.json for one in receiver.delivered]
    assert (body["event"], body["source_id"]) == ("webwidget_triggered", address["source_id"])
    assert body["contact"]["name"] == "Amara Okonkwo"
    assert body["current_conversation"]["id"] == 1
    assert body["event_info"] == {"referer": "https://halden.example"}


async def test_an_event_that_comes_by_again_is_not_queued_again(
    desk: Desk, halden: SmallDesk, receiver: Receiver
) -> None:
    await subscribe(desk, halden, receiver.url)
    await receive(desk, halden, said("Hello"))
    await happened(desk, halden)
    before = await log_of(desk, halden)
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("update events set done_at = null where account_id = %s", [tx.account_id])
    await happened(desk, halden)
    assert await log_of(desk, halden) == before


async def test_an_account_that_never_had_a_webhook_is_asked_about_never(
    desk: Desk, halden: SmallDesk, transactions: list[int]
) -> None:
    await receive(desk, halden, said("One"), said("Two"), said("Three"))
    found = await facts(desk, halden)
    transactions.clear()
    for event in found:
        await queue_webhooks(event, desk)
    assert transactions == []


async def test_an_account_whose_webhooks_want_something_else_is_asked_about_once(
    desk: Desk, halden: SmallDesk, receiver: Receiver, transactions: list[int]
) -> None:
    await subscribe(desk, halden, receiver.url, "contact_updated")
    await receive(desk, halden, said("One"), said("Two"), said("Three"))
    found = await facts(desk, halden)
    transactions.clear()
    for event in found:
        await queue_webhooks(event, desk)
    assert transactions == [halden.account_id]


async def test_the_first_event_after_a_webhook_was_made_changed_or_ended_knows_it(
    desk: Desk, halden: SmallDesk, receiver: Receiver, settings: Settings, clock: FixedClock
) -> None:
    other = Desk.open(settings, clock=clock, connections=2)
    by = Actor.user(halden.administrator)

    async def queued() -> int:
        before = len(await log_of(desk, halden))
        await receive(other, halden, said("Hello"))
        await happened(desk, halden)
        return len(await log_of(desk, halden)) - before

    try:
        for _ in range(5):
            assert await queued() == 0
            webhook_id, _ = await subscribe(other, halden, receiver.url, *MESSAGES)
            assert await queued() == 1
            changes = {"subscriptions": ["contact_updated"]}
            async with other.transaction(halden.account_id) as tx:
                await update_webhook(tx, webhook_id, changes, by=by)
            assert await queued() == 0
            async with other.transaction(halden.account_id) as tx:
                await delete_webhook(tx, webhook_id, by=by)
    finally:
        await other.close()
