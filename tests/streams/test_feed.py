"""What screens are told: the right shapes, to the right people, in the order of the log."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from desk.actions.assign_conversation import assign_conversation
from desk.actions.change_status import change_status
from desk.actions.judge_conversation import set_labels
from desk.actions.mark_read import mark_read
from desk.actions.record_send import record_sent
from desk.actions.send_reply import send_reply
from desk.actions.welcome_visitor import welcome_visitor
from desk.store import feed
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.store.feed import Frame
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import ConversationId
from streams.feeding import feed_once
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import receive, said
from tests.builders.websites import open_website
from tests.streams.arrivals import rows


class Screen:
    """Somebody who listens to an account."""

    def __init__(self, desk: Desk, pubsub: Any) -> None:
        self._desk = desk
        self._pubsub = pubsub

    async def frames(self) -> list[Frame]:
        """Feed everything, and what was heard of it."""
        while await feed_once(self._desk):
            pass
        heard = []
        while message := await self._pubsub.get_message(
            ignore_subscribe_messages=True, timeout=0.05
        ):
            heard.append(feed.decode(message["data"]))
        return heard


@contextlib.asynccontextmanager
async def listening(desk: Desk, at: SmallDesk) -> AsyncIterator[Screen]:
    while await feed_once(desk):
        pass
    async with desk.redis.pubsub() as pubsub:
        await pubsub.subscribe(feed.channel(at.account_id))
        await pubsub.get_message(timeout=1)
        yield Screen(desk, pubsub)


@contextlib.asynccontextmanager
async def changing(desk: Desk, at: SmallDesk) -> AsyncIterator[tuple[TenantTx, ConversationRow]]:
    """The account's only conversation, locked."""
    (row,) = await rows(desk, at, "conversations")
    async with desk.transaction(at.account_id) as tx:
        yield tx, await lock_conversation(tx, ConversationId(row["id"]))


def data(frame: Frame) -> Any:
    return msgspec.json.decode(frame.data)


async def test_a_customers_message_reaches_the_list_and_the_thread(
    desk: Desk, halden: SmallDesk
) -> None:
    async with listening(desk, halden) as screen:
        await receive(desk, halden, said("Where is my bag?"))
        frames = await screen.frames()
    assert [frame.event for frame in frames] == [
        "contact.created",
        "conversation.created",
        "message.created",
        "conversation.updated",
        "conversation.unread_count_changed",
    ]
    contact, created, message, updated, counted = frames
    assert (contact.inbox_id, data(contact)["name"]) == (None, "Amara Okonkwo")
    assert data(counted) == {"account_id": halden.account_id}
    assert data(message)["content"] == "Where is my bag?"
    assert data(message)["conversation"]["unread_count"] == 1
    assert data(created)["messages"][0]["id"] == data(message)["id"]
    assert data(updated)["unread_count"] == 1
    assert {frame.inbox_id for frame in frames[1:]} == {halden.inbox}
    assert all(data(frame)["account_id"] == halden.account_id for frame in frames)


async def test_frames_carry_the_order_of_publication(desk: Desk, halden: SmallDesk) -> None:
    async with listening(desk, halden) as screen:
        await receive(desk, halden, said("One"), said("Two"))
        frames = await screen.frames()
    positions = [frame.position or 0 for frame in frames]
    assert positions == sorted(positions)
    placed = [row["position"] for row in await rows(desk, halden, "events")]
    assert placed == sorted(placed)
    assert positions[-1] == placed[-1]


async def test_the_sender_recognises_its_own_copy(desk: Desk, halden: SmallDesk) -> None:
    await receive(desk, halden, said("Hello"))
    async with listening(desk, halden) as screen:
        async with changing(desk, halden) as (tx, conversation):
            await send_reply(tx, conversation, "Hi", by=halden.agent, echo_id='e"1')
        frames = await screen.frames()
    assert [data(f)["echo_id"] for f in frames if f.event == "message.created"] == ['e"1']


async def test_notes_and_activity_never_reach_the_visitor(desk: Desk, halden: SmallDesk) -> None:
    website = await open_website(desk, halden)
    async with desk.transaction(halden.account_id) as tx:
        address = await welcome_visitor(tx, website.id)
    await receive(desk, replace(halden, inbox=website.id), said("Hello", sender=address.source_id))
    async with listening(desk, halden) as screen:
        async with changing(desk, halden) as (tx, conversation):
            await send_reply(tx, conversation, "For you", by=halden.agent)
            await send_reply(tx, conversation, "For us", by=halden.agent, private=True)
            await change_status(
                tx, conversation, ConversationStatus.RESOLVED, by=Actor.user(halden.agent)
            )
        frames = await screen.frames()
    to_visitor = [frame for frame in frames if frame.contact_token is not None]
    assert {frame.contact_token for frame in to_visitor} == {address.pubsub_token}
    assert [(frame.event, data(frame).get("content")) for frame in to_visitor] == [
        ("message.created", "For you"),
        ("conversation.status_changed", None),
    ]


async def test_customers_without_a_line_of_their_own_cost_no_frames(
    desk: Desk, halden: SmallDesk
) -> None:
    async with listening(desk, halden) as screen:
        await receive(desk, halden, said("Hello"))
        frames = await screen.frames()
    assert [frame for frame in frames if frame.contact_token is not None] == []


async def test_whoever_loses_a_conversation_is_told_so(desk: Desk, halden: SmallDesk) -> None:
    await receive(desk, halden, said("Hello"))
    by = Actor.user(halden.administrator)
    async with listening(desk, halden) as screen:
        async with changing(desk, halden) as (tx, conversation):
            await assign_conversation(tx, conversation, halden.agent, by=by)
        async with changing(desk, halden) as (tx, conversation):
            await assign_conversation(tx, conversation, halden.administrator, by=by)
        frames = await screen.frames()
    (changed,) = [frame for frame in frames if frame.event == "assignee.changed"]
    assert set(changed.assignee_ids) == {halden.agent, halden.administrator}
    assert data(changed)["meta"]["assignee"]["id"] == halden.administrator
    updated = [frame for frame in frames if frame.event == "conversation.updated"]
    assert set(updated[-1].assignee_ids) == {halden.agent, halden.administrator}


async def test_of_frames_that_would_say_the_same_only_the_last_is_made(
    desk: Desk, halden: SmallDesk
) -> None:
    async with listening(desk, halden) as screen:
        await receive(desk, halden, *[said(str(number)) for number in range(20)])
        frames = await screen.frames()
    assert len([f for f in frames if f.event == "message.created"]) == 20
    assert len([f for f in frames if f.event == "conversation.updated"]) == 1
    assert frames[-1].event == "conversation.unread_count_changed"
    assert data(frames[-2])["unread_count"] == 20


async def test_every_kind_of_change_has_its_name(desk: Desk, halden: SmallDesk) -> None:
    await receive(desk, halden, said("Hello"))
    by = Actor.user(halden.agent)
    async with listening(desk, halden) as screen:
        async with changing(desk, halden) as (tx, conversation):
            message_id = await send_reply(tx, conversation, "Hi", by=halden.agent)
            await mark_read(tx, conversation, by=halden.agent)
            await set_labels(tx, conversation, ["vip"], by=by)
            await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)
        async with desk.transaction(halden.account_id) as tx:
            await record_sent(tx, message_id, "wamid.x")
        names = [frame.event for frame in await screen.frames()]
    for name in (
        "message.created",
        "message.updated",
        "conversation.read",
        "conversation.status_changed",
        "conversation.updated",
    ):
        assert name in names


async def test_an_account_without_listeners_is_placed_but_not_shaped(
    desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Hello"))
    while await feed_once(desk):
        pass
    assert all(row["position"] is not None for row in await rows(desk, halden, "events"))


async def test_one_account_never_hears_another(desk: Desk, halden: SmallDesk) -> None:
    other = await small_desk(desk, name="Northgate")
    async with listening(desk, halden) as mine, listening(desk, other) as theirs:
        await receive(desk, halden, said("For Halden only"))
        assert await mine.frames() != []
        assert await theirs.frames() == []


async def test_whoever_asks_where_the_log_stands_waits_for_a_feeding_under_way(
    desk: Desk, halden: SmallDesk
) -> None:
    async with desk.transaction_across_accounts(reason="a test plays the relay") as feeding:
        await feed.hold_feed(feeding)
        async with desk.transaction(halden.account_id) as reading:
            waiting = asyncio.create_task(feed.wait_for_feed(reading))
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.shield(waiting), 0.1)
            await feeding.connection.commit()
            await waiting
