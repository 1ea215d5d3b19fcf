"""What agents do with a conversation, and what is remembered of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from desk.actions.assign_conversation import assign_conversation, assign_team
from desk.actions.change_status import change_status
from desk.actions.judge_conversation import set_labels, set_priority
from desk.actions.mark_read import mark_read, mark_unread
from desk.actions.open_inbox import InboxDetails, open_inbox
from desk.actions.rate_conversation import ask_for_rating, record_rating
from desk.actions.record_send import record_failed, record_sent, retry_message
from desk.actions.send_reply import send_reply
from desk.clock import FixedClock
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.store.event_log import event_of
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.channels import ChannelKind, DeliveryReceipt
from desk.words.conversation import ConversationStatus, DeliveryStatus, Priority
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.ids import ConversationId, DisplayId
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import receive, said


@asynccontextmanager
async def opened(
    desk: Desk, at: SmallDesk, number: int = 1
) -> AsyncIterator[tuple[TenantTx, ConversationRow]]:
    async with desk.transaction(at.account_id) as tx:
        viewer = at.viewer(at.administrator)
        yield tx, await conversation_by_number(tx, DisplayId(number), viewer)


async def last_facts(desk: Desk, at: SmallDesk, count: int) -> list[str]:
    async with desk.transaction(at.account_id) as tx:
        found = await tx.all("select * from events order by id desc limit %s", [count])
    return [type(event_of(row).fact).__name__ for row in reversed(found)]


async def lines(desk: Desk, at: SmallDesk) -> list[str]:
    async with desk.transaction(at.account_id) as tx:
        found = await tx.all("select content from messages where message_type = 2 order by id")
    return [row["content"] for row in found]


@pytest.fixture
async def waiting(desk: Desk, halden: SmallDesk) -> SmallDesk:
    """An account in which Amara waits for an answer."""
    await receive(desk, halden, said("Where is my bag?"))
    return halden


async def test_a_reply_is_stored_with_the_obligation_to_send_it(
    desk: Desk, waiting: SmallDesk
) -> None:
    async with opened(desk, waiting) as (tx, conversation):
        message_id = await send_reply(tx, conversation, "Looking for it", by=waiting.agent)
        assert conversation.waiting_since is None
        assert conversation.first_reply_created_at == tx.now
    async with desk.transaction(waiting.account_id) as tx:
        job = await tx.one("select * from jobs")
        message = await tx.one("select * from messages where id = %s", [message_id])
    assert (job["kind"], job["payload"]) == ("send_message", {"message_id": message_id})
    assert (message["status"], message["source_id"]) == (0, None)


async def test_a_private_note_is_never_sent_and_answers_nobody(
    desk: Desk, waiting: SmallDesk
) -> None:
    async with opened(desk, waiting) as (tx, conversation):
        await send_reply(tx, conversation, "She is upset", by=waiting.agent, private=True)
        assert conversation.waiting_since is not None
        assert conversation.first_reply_created_at is None
        assert await tx.all("select from jobs") == []


async def test_receipts_only_move_a_message_forward(desk: Desk, waiting: SmallDesk) -> None:
    async with opened(desk, waiting) as (tx, conversation):
        message_id = await send_reply(tx, conversation, "Found it", by=waiting.agent)
        await record_sent(tx, message_id, "wamid.out")
    for news in (DeliveryStatus.READ, DeliveryStatus.DELIVERED, DeliveryStatus.SENT):
        await receive(desk, waiting, DeliveryReceipt("wamid.out", news))
    async with desk.transaction(waiting.account_id) as tx:
        message = await tx.one("select status from messages where id = %s", [message_id])
    assert message["status"] == DeliveryStatus.READ


async def test_a_receipt_that_echoes_our_id_tells_how_an_unknown_send_came_out(
    desk: Desk, waiting: SmallDesk
) -> None:
    async with opened(desk, waiting) as (tx, conversation):
        message_id = await send_reply(tx, conversation, "Found it", by=waiting.agent)
    echo = DeliveryReceipt("wamid.x", DeliveryStatus.SENT, message_ref=str(message_id))
    await receive(desk, waiting, echo)
    async with desk.transaction(waiting.account_id) as tx:
        message = await tx.one("select source_id from messages where id = %s", [message_id])
    assert message["source_id"] == "wamid.x"


async def test_a_failed_message_says_why_and_can_be_sent_again(
    desk: Desk, waiting: SmallDesk
) -> None:
    async with opened(desk, waiting) as (tx, conversation):
        message_id = await send_reply(tx, conversation, "Found it", by=waiting.agent)
        await record_failed(tx, message_id, "131026: undeliverable")
        with pytest.raises(NotFound):
            await retry_message(
                tx, ConversationId(conversation.id + 1), message_id, by=Actor.user(waiting.agent)
            )
        await retry_message(
            tx, ConversationId(conversation.id), message_id, by=Actor.user(waiting.agent)
        )
        message = await tx.one(
            "select status, content_attributes from messages where id = %s", [message_id]
        )
        assert message == {"status": 0, "content_attributes": {}}
        with pytest.raises(Conflict):
            await retry_message(
                tx, ConversationId(conversation.id), message_id, by=Actor.user(waiting.agent)
            )


async def test_a_conversation_goes_only_to_agents_of_its_inbox(
    desk: Desk, waiting: SmallDesk
) -> None:
    by = Actor.user(waiting.administrator)
    async with opened(desk, waiting) as (tx, conversation):
        with pytest.raises(Invalid):
            await assign_conversation(tx, conversation, waiting.outsider, by=by)
        await assign_conversation(tx, conversation, waiting.agent, by=by)
    assert await lines(desk, waiting) == ["Maya assigned the conversation to Jonas"]
    assert await last_facts(desk, waiting, 2) == ["ConversationAssigned", "MessageCreated"]


async def test_a_team_takes_the_conversation_from_an_assignee_outside_it(
    desk: Desk, waiting: SmallDesk
) -> None:
    by = Actor.user(waiting.administrator)
    async with opened(desk, waiting) as (tx, conversation):
        await assign_conversation(tx, conversation, waiting.administrator, by=by)
        await assign_team(tx, conversation, waiting.team, by=by)
        assert (conversation.assignee_id, conversation.team_id) == (None, waiting.team)


async def test_labels_and_priority_leave_their_facts_and_lines(
    desk: Desk, waiting: SmallDesk
) -> None:
    by = Actor.user(waiting.agent)
    async with opened(desk, waiting) as (tx, conversation):
        await set_labels(tx, conversation, ["Baggage", "vip"], by=by)
        await set_labels(tx, conversation, ["vip"], by=by)
        await set_priority(tx, conversation, Priority.URGENT, by=by)
        with pytest.raises(Invalid):
            await set_labels(tx, conversation, ["nonsense"], by=by)
    assert await lines(desk, waiting) == [
        "Jonas added baggage, vip",
        "Jonas removed baggage",
        "Jonas set the priority to urgent",
    ]


async def test_resolving_ends_the_wait_and_snoozing_sets_the_alarm(
    desk: Desk, waiting: SmallDesk, clock: FixedClock
) -> None:
    by = Actor.user(waiting.agent)
    until = clock.now() + timedelta(hours=2)
    async with opened(desk, waiting) as (tx, conversation):
        await change_status(
            tx, conversation, ConversationStatus.SNOOZED, by=by, snoozed_until=until
        )
        job = await tx.one("select kind, due_at from jobs")
        assert job == {"kind": "wake_conversation", "due_at": until}
        await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)
        assert conversation.waiting_since is None
        assert await tx.all("select from jobs") == []
        with pytest.raises(Invalid):
            await change_status(
                tx,
                conversation,
                ConversationStatus.SNOOZED,
                by=by,
                snoozed_until=clock.now() - timedelta(hours=1),
            )


async def test_seeing_a_conversation_clears_its_unread_mark_until_taken_back(
    desk: Desk, waiting: SmallDesk
) -> None:
    async with opened(desk, waiting) as (tx, conversation):
        await mark_read(tx, conversation, by=waiting.agent)
        assert conversation.unread_count == 0
        await mark_unread(tx, conversation, by=waiting.agent)
        assert conversation.unread_count == 1


async def test_a_customer_is_asked_once_and_the_last_answer_counts(
    desk: Desk, waiting: SmallDesk
) -> None:
    async with opened(desk, waiting) as (tx, conversation):
        await send_reply(tx, conversation, "Found it", by=waiting.agent)
        asked = await ask_for_rating(
            tx, conversation, survey_url="https://desk.example/s", by=Actor.system()
        )
        again = await ask_for_rating(
            tx, conversation, survey_url="https://desk.example/s", by=Actor.system()
        )
        assert (asked is not None, again) == (True, None)
        for rating in (2, 5):
            await record_rating(tx, conversation.uuid, rating, "Thanks")
        survey = await tx.one("select rating, agent_id from csat_surveys")
        assert survey == {"rating": 5, "agent_id": waiting.agent}
        with pytest.raises(Invalid):
            await record_rating(tx, conversation.uuid, 6)


async def test_an_agent_outside_the_inbox_finds_no_conversation(
    desk: Desk, waiting: SmallDesk
) -> None:
    async with desk.transaction(waiting.account_id) as tx:
        with pytest.raises(NotFound):
            await conversation_by_number(tx, DisplayId(1), waiting.viewer(waiting.outsider))
        found = await conversation_by_number(tx, DisplayId(1), waiting.viewer(waiting.agent))
        assert found.display_id == 1


async def test_too_long_a_message_is_refused_with_the_field_named(
    desk: Desk, waiting: SmallDesk
) -> None:
    async with opened(desk, waiting) as (tx, conversation):
        with pytest.raises(Invalid) as refusal:
            await send_reply(tx, conversation, "x" * 151_000, by=waiting.agent)
        assert refusal.value.details == {"field": "content"}


async def test_two_accounts_cannot_open_the_same_door(desk: Desk, halden: SmallDesk) -> None:
    other = await small_desk(desk, name="Northgate")
    door = InboxDetails("Copy", ChannelKind.WHATSAPP, halden.phone_number)
    with pytest.raises(Conflict):
        async with desk.transaction(other.account_id) as tx:
            await open_inbox(tx, door, secrets=desk.secrets, by=Actor.system())


async def test_every_change_of_the_row_grows_its_version(desk: Desk, waiting: SmallDesk) -> None:
    async with desk.transaction(waiting.account_id) as tx:
        before = await tx.one("select version from conversations")
    async with opened(desk, waiting) as (tx, conversation):
        await set_priority(tx, conversation, Priority.HIGH, by=Actor.user(waiting.agent))
    async with desk.transaction(waiting.account_id) as tx:
        after = await tx.one("select version from conversations")
    assert after["version"] > before["version"]
