"""What happens at the desk when customers write."""

from typing import Any

import msgspec

from desk.clock import FixedClock
from desk.events.conversations import ConversationStatusChanged, StatusReason
from desk.store.desk import Desk
from desk.store.event_log import event_of
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import AMARA, receive, said


async def rows(desk: Desk, at: SmallDesk, table: str) -> list[dict[str, Any]]:
    async with desk.transaction(at.account_id) as tx:
        return await tx.all(f"select * from {table} order by id")


async def facts(desk: Desk, at: SmallDesk) -> list[object]:
    async with desk.transaction(at.account_id) as tx:
        found = await tx.all("select * from events order by id")
    return [event_of(row).fact for row in found]


async def test_a_first_message_makes_contact_conversation_and_message(
    desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Where is my bag?"))
    (contact,) = await rows(desk, halden, "contacts")
    assert (contact["name"], contact["phone_number"]) == ("Amara Okonkwo", f"+{AMARA}")
    (conversation,) = await rows(desk, halden, "conversations")
    assert (conversation["display_id"], conversation["status"]) == (1, 0)
    assert conversation["unread_count"] == 1
    assert conversation["waiting_since"] is not None
    (message,) = await rows(desk, halden, "messages")
    assert (message["content"], message["message_type"]) == ("Where is my bag?", 0)
    assert message["sender_type"] == "Contact"
    names = [type(fact).__name__ for fact in (await facts(desk, halden))[-3:]]
    assert names == ["ContactCreated", "ConversationCreated", "MessageCreated"]


async def test_a_redelivered_message_is_stored_once(desk: Desk, halden: SmallDesk) -> None:
    message = said("Hello")
    await receive(desk, halden, message)
    await receive(desk, halden, message, message)
    assert len(await rows(desk, halden, "messages")) == 1
    (conversation,) = await rows(desk, halden, "conversations")
    assert conversation["unread_count"] == 1


async def test_messages_of_one_batch_keep_their_order_and_share_a_conversation(
    desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, *[said(str(number)) for number in range(20)])
    assert [row["content"] for row in await rows(desk, halden, "messages")] == [
        str(number) for number in range(20)
    ]
    (conversation,) = await rows(desk, halden, "conversations")
    assert conversation["unread_count"] == 20


async def test_conversations_are_numbered_from_one_in_every_account(
    desk: Desk, halden: SmallDesk
) -> None:
    other = await small_desk(desk, name="Northgate")
    for at in (halden, other):
        await receive(desk, at, *[said("Hi", sender=f"4790000{n}") for n in range(3)])
        numbers = [row["display_id"] for row in await rows(desk, at, "conversations")]
        assert sorted(numbers) == [1, 2, 3]


async def test_after_a_resolved_conversation_the_next_message_begins_a_new_one(
    desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Hello"))
    await _set_status(desk, halden, 1)
    await receive(desk, halden, said("Me again"))
    assert [row["status"] for row in await rows(desk, halden, "conversations")] == [1, 0]


async def test_in_a_locked_inbox_the_next_message_reopens_the_conversation(
    desk: Desk, clock: FixedClock
) -> None:
    at = await small_desk(desk, locked_to_single=True)
    await receive(desk, at, said("Hello"))
    await _set_status(desk, at, 1)
    await receive(desk, at, said("Me again"))
    (conversation,) = await rows(desk, at, "conversations")
    assert conversation["status"] == 0
    changes = [f for f in await facts(desk, at) if isinstance(f, ConversationStatusChanged)]
    assert [(c.before, c.after, c.reason) for c in changes] == [
        (1, 0, StatusReason.CUSTOMER_MESSAGE)
    ]


async def test_a_customers_message_ends_a_snooze(desk: Desk, halden: SmallDesk) -> None:
    await receive(desk, halden, said("Hello"))
    await _set_status(desk, halden, 3)
    await receive(desk, halden, said("Still waiting"))
    (conversation,) = await rows(desk, halden, "conversations")
    assert conversation["status"] == 0


async def test_a_blocked_contact_opens_no_conversation(desk: Desk, halden: SmallDesk) -> None:
    await receive(desk, halden, said("Hello"))
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("update contacts set blocked = true")
        await tx.execute("update conversations set status = 1")
    await receive(desk, halden, said("Buy my coins"))
    assert len(await rows(desk, halden, "conversations")) == 1
    assert len(await rows(desk, halden, "messages")) == 1


async def test_one_account_never_sees_anothers_rows(desk: Desk, halden: SmallDesk) -> None:
    other = await small_desk(desk, name="Northgate")
    await receive(desk, halden, said("For Halden only"))
    for table in ("contacts", "conversations", "messages", "inbound"):
        assert await rows(desk, other, table) == []
    seen = {row["account_id"] for row in await rows(desk, other, "events")}
    assert seen == {other.account_id}


async def test_facts_hold_no_names_addresses_or_text(desk: Desk, halden: SmallDesk) -> None:
    await receive(desk, halden, said("The secret word is zyxwquark"))
    everything = msgspec.json.encode(await facts(desk, halden)).decode()
    for private in ("zyxwquark", "Amara", AMARA):
        assert private not in everything


async def _set_status(desk: Desk, at: SmallDesk, status: int) -> None:
    async with desk.transaction(at.account_id) as tx:
        await tx.execute("update conversations set status = %s", [status])
