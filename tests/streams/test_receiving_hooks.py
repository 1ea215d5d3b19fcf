"""`receive`: what becomes of a batch of records from the broker."""

from collections.abc import Iterator

import msgspec
import pytest
from typing_extensions import override

from desk.clock import FixedClock
from desk.events.inbound import decode
from desk.store.desk import Desk
from desk.words.channels import Inbound
from ingest.channel_contract import Config, Hook
from ingest.channels.whatsapp.adapter import WhatsApp
from streams.handlers.receive_inbound import ReceiveInbound
from streams.publishing import LARGEST_BODY
from streams.record import Record
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import AMARA
from tests.streams.arrivals import arrive, hook, rows


async def undone(desk: Desk, at: SmallDesk) -> int:
    return len([row for row in await rows(desk, at, "inbound") if row["done_at"] is None])


async def test_every_hook_of_a_batch_becomes_a_message_in_order(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    await receive(await arrive(desk, halden, *[hook(halden, str(n), number=n) for n in range(50)]))
    assert [row["content"] for row in await rows(desk, halden, "messages")] == [
        str(n) for n in range(50)
    ]
    assert await undone(desk, halden) == 0


async def test_records_that_come_again_change_nothing(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    records = await arrive(desk, halden, *[hook(halden, str(n), number=n) for n in range(5)])
    await receive(records + records[:2])
    await receive(records)
    assert len(await rows(desk, halden, "messages")) == 5
    (conversation,) = await rows(desk, halden, "conversations")
    assert conversation["unread_count"] == 5


async def test_a_provider_that_delivers_a_message_twice_is_heard_once(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    same = hook(halden, "Hello", number=1)
    await receive(await arrive(desk, halden, same, same))
    await receive(await arrive(desk, halden, same))
    assert len(await rows(desk, halden, "messages")) == 1
    assert await undone(desk, halden) == 0


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe not utf-8", b"not json", b"[]", b"{}" * 3],
    ids=["undecodable", "not json", "a list", "two objects"],
)
async def test_poison_is_parked_with_a_reason_and_its_neighbours_go_through(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound, body: bytes
) -> None:
    await receive(
        await arrive(
            desk,
            halden,
            hook(halden, "before", number=1),
            (AMARA, body),
            hook(halden, "after", number=2),
        )
    )
    assert [row["content"] for row in await rows(desk, halden, "messages")] == ["before", "after"]
    (parked,) = await rows(desk, halden, "parked_messages")
    assert parked["reason"]
    assert (parked["source"], parked["resolved_at"]) == ("inbound", None)
    assert await undone(desk, halden) == 0


async def test_a_message_longer_than_can_be_kept_is_parked_and_its_neighbours_go_through(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    await receive(
        await arrive(
            desk, halden, hook(halden, "x" * 151_000, number=1), hook(halden, "short", number=2)
        )
    )
    assert [row["content"] for row in await rows(desk, halden, "messages")] == ["short"]
    (parked,) = await rows(desk, halden, "parked_messages")
    assert "151,000" in parked["reason"]
    assert "xxx" not in parked["reason"]


async def test_a_record_that_is_no_hook_of_ours_is_parked_under_its_headers(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    (record,) = await arrive(desk, halden, hook(halden, "Hello"))
    await receive([Record(b"\xc1garbage", record.headers), Record(None, {})])
    (parked,) = await rows(desk, halden, "parked_messages")
    (journalled,) = await rows(desk, halden, "inbound")
    assert parked["source_id"] == journalled["id"]
    assert journalled["done_at"] is not None


async def test_a_record_whose_header_names_another_account_is_parked(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    other = await small_desk(desk, name="Northgate")
    (record,) = await arrive(desk, halden, hook(halden, "Hello"))
    headers = {**record.headers, "account_id": str(other.account_id).encode()}
    await receive([Record(record.value, headers)])
    assert await rows(desk, halden, "messages") == []
    assert len(await rows(desk, other, "parked_messages")) == 1


class Stumbling(WhatsApp):
    """An adapter with a bug."""

    @override
    def read(self, hook: Hook, config: Config) -> Iterator[Inbound]:
        if b"stumble" in hook.body:
            raise AttributeError("nobody thought of this")
        return super().read(hook, config)


async def test_an_adapter_that_stumbles_parks_the_whole_hook(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.handlers.receive_inbound.channel_of", lambda _: Stumbling())
    await receive(
        await arrive(desk, halden, hook(halden, "stumble", number=1), hook(halden, "x", number=2))
    )
    assert [row["content"] for row in await rows(desk, halden, "messages")] == ["x"]
    (parked,) = await rows(desk, halden, "parked_messages")
    assert "nobody thought of this" in parked["reason"]
    assert await undone(desk, halden) == 0


async def test_a_hook_too_large_for_a_record_is_read_from_the_journal(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    sender, body = hook(halden, "Hello")
    padded = body[:-1] + b', "padding": "' + b"x" * LARGEST_BODY + b'"}'
    (record,) = await arrive(desk, halden, (sender, padded))
    assert record.value is not None
    assert len(record.value) < 1000
    assert decode(record.value).in_journal
    await receive([record])
    assert [row["content"] for row in await rows(desk, halden, "messages")] == ["Hello"]


async def test_a_message_that_waited_long_counts_as_slow(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound, clock: FixedClock
) -> None:
    records = await arrive(desk, halden, hook(halden, "Hello"))
    clock.set(clock.now().replace(second=6))
    await receive(records)
    assert receive._counters._waiting["inbound_slow"] == 1


async def test_a_receipt_moves_the_message_it_names(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    await receive(await arrive(desk, halden, hook(halden, "Hello")))
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute(
            """insert into messages (account_id, inbox_id, conversation_id, message_type, content,
                   source_id, created_at, updated_at)
               select account_id, inbox_id, id, 1, 'Hi', 'wamid.sent', %s, %s from conversations""",
            [tx.now, tx.now],
        )
    status = {
        "id": "wamid.sent",
        "status": "read",
        "timestamp": "1749416390",
        "recipient_id": AMARA,
    }
    body = msgspec.json.decode(hook(halden, "x")[1])
    value = body["entry"][0]["changes"][0]["value"]
    del value["messages"]
    value["statuses"] = [status]
    await receive(await arrive(desk, halden, (AMARA, msgspec.json.encode(body))))
    assert [row["status"] for row in await rows(desk, halden, "messages")] == [0, 2]
