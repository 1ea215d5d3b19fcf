"""What was put aside: seen, run again, or let go."""

import json

import pytest

from desk.clock import FixedClock
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.event_log import event_of
from streams import parked
from streams.handlers.receive_inbound import ReceiveInbound
from streams.publishing import hook_of
from streams.reactions import React
from tests.builders.accounts import SmallDesk
from tests.builders.messages import AMARA, receive, said
from tests.settle import settle
from tests.streams.arrivals import arrive, hook, rows
from tests.streams.test_reactions import Handlers

BAD = (AMARA, b"\xff not json")


async def say(desk: Desk, *words: str) -> int:
    """Run the command with these words; replays are not waited for."""
    return await parked.run(desk, parked.parser().parse_args(list(words)))


async def the_one(desk: Desk, at: SmallDesk) -> int:
    (row,) = await rows(desk, at, "parked_messages")
    return int(row["id"])


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parked, "REPLAY_SECONDS", 0)


async def test_a_parked_hook_is_listed_and_shown_with_its_bytes(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound, capsys: pytest.CaptureFixture[str]
) -> None:
    await receive(await arrive(desk, halden, BAD))
    number = await the_one(desk, halden)
    assert await say(desk, "list", "--json") == 0
    listed = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert listed[number]["account_id"] == halden.account_id
    assert await say(desk, "show", str(number), "--json") == 0
    assert json.loads(capsys.readouterr().out)["about"]["body"] == "\\xff not json"
    assert await say(desk, "list") == 0
    assert str(number) in capsys.readouterr().out


async def test_a_hook_whose_fault_was_mended_goes_through_when_replayed(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    await receive(await arrive(desk, halden, BAD))
    number = await the_one(desk, halden)
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("update inbound set body = %s", [hook(halden, "Mended")[1]])
    assert await say(desk, "replay", str(number)) == 0
    (waiting,) = await rows(desk, halden, "inbound")
    assert (waiting["done_at"], waiting["epoch"]) == (None, None)
    await settle(desk, halden.account_id)
    assert [row["content"] for row in await rows(desk, halden, "messages")] == ["Mended"]
    (row,) = await rows(desk, halden, "parked_messages")
    assert (row["resolution"], row["resolved_at"] is None) == ("replayed", False)


async def test_a_hook_that_is_still_bad_is_open_again_after_the_replay(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    await receive(await arrive(desk, halden, BAD))
    number = await the_one(desk, halden)
    await say(desk, "replay", str(number))
    await settle(desk, halden.account_id)
    (row,) = await rows(desk, halden, "parked_messages")
    assert (row["id"], row["resolution"], row["resolved_at"]) == (number, None, None)
    assert await parked.outcome_of(desk, number, seconds=0) == "parked_again"


async def test_what_was_dropped_stays_dropped(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound, capsys: pytest.CaptureFixture[str]
) -> None:
    records = await arrive(desk, halden, BAD)
    await receive(records)
    number = await the_one(desk, halden)
    assert await say(desk, "drop", str(number)) == 0
    await receive(records)
    (row,) = await rows(desk, halden, "parked_messages")
    assert row["resolution"] == "dropped"
    assert await say(desk, "drop", str(number)) == 1
    assert "no open parked message" in capsys.readouterr().err


async def test_a_parked_reaction_runs_again_when_replayed(
    desk: Desk, halden: SmallDesk, clock: FixedClock
) -> None:
    await receive(desk, halden, said("Hello"))
    handlers = Handlers(KeyError("data"))
    consumer = React(handlers.reactions, desk, Counters())
    await consumer.react([event_of(row) for row in await rows(desk, halden, "events")])
    number = await the_one(desk, halden)
    assert await say(desk, "show", str(number)) == 0
    assert await say(desk, "replay", str(number)) == 0
    again = [row for row in await rows(desk, halden, "events") if row["done_at"] is None]
    assert len(again) == 1
    await consumer.react([event_of(row) for row in again])
    (row,) = await rows(desk, halden, "parked_messages")
    assert row["resolution"] == "replayed"
    assert await parked.outcome_of(desk, number, seconds=0) == "replayed"


async def test_the_good_parts_of_a_replayed_hook_are_not_stored_twice(
    desk: Desk, halden: SmallDesk, receive: ReceiveInbound
) -> None:
    sender, body = hook(halden, "x" * 151_000, number=1)
    half_bad = json.loads(body)
    messages = half_bad["entry"][0]["changes"][0]["value"]["messages"]
    messages.append({**messages[0], "id": "wamid.good", "text": {"body": "good"}})
    await receive(await arrive(desk, halden, (sender, json.dumps(half_bad).encode())))
    await say(desk, "replay", str(await the_one(desk, halden)))
    (row,) = await rows(desk, halden, "inbound")
    await receive.receive([hook_of({**row, "headers": json.dumps(row["headers"])})])
    assert [row["content"] for row in await rows(desk, halden, "messages")] == ["good"]
    (again,) = await rows(desk, halden, "parked_messages")
    assert again["resolved_at"] is None
