"""The same actions that agents and customers take, read back as numbers."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from msgspec import structs

from assets.extract.sync import sync_lake
from desk.actions.assign_conversation import assign_conversation, assign_team
from desk.actions.change_status import change_status
from desk.actions.merge_conversations import merge_conversations
from desk.actions.rate_conversation import ask_for_rating, record_rating
from desk.actions.send_reply import send_reply
from desk.clock import FixedClock
from desk.settings import Settings, Storage
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import ConversationId, DisplayId
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.dropping import drop_database
from tests.builders.messages import receive, said
from warehouse.behind import conversations_behind
from warehouse.lake import Lake
from warehouse.metrics.dimensions import CHANNEL, TEAM
from warehouse.metrics.responsiveness import FIRST_RESPONSE, NEXT_REPLY, WAITING
from warehouse.metrics.workload import BACKLOG, CUSTOMER_MESSAGES, REPLIES
from warehouse.period import Period
from warehouse.report import measure
from warehouse.standard_reports import agent_performance, conversation_trends


@pytest.fixture
def storage(settings: Settings, tmp_path: Path) -> Iterator[Storage]:
    """The whole tests' desk, followed by a lake of this test alone."""
    catalogue = f"{settings.storage.lake_catalog_url}_{tmp_path.name[:40].lower()}"
    yield structs.replace(
        settings.storage, lake_catalog_url=catalogue, lake_path=str(tmp_path / "lake")
    )
    with psycopg.connect(settings.storage.database_url, autocommit=True) as server:
        name = psycopg.conninfo.conninfo_to_dict(catalogue)["dbname"]
        drop_database(server, str(name))


@asynccontextmanager
async def opened(desk: Desk, at: SmallDesk) -> AsyncIterator[tuple[TenantTx, ConversationRow]]:
    async with desk.transaction(at.account_id) as tx:
        viewer = at.viewer(at.administrator)
        yield tx, await conversation_by_number(tx, DisplayId(1), viewer)


async def test_a_conversation_worked_through_is_counted_as_it_happened(
    desk: Desk, halden: SmallDesk, clock: FixedClock, storage: Storage, lake: Lake
) -> None:
    start = clock.now()

    def after(**passed: float) -> None:
        clock.set(start + timedelta(**passed))

    await receive(desk, halden, said("Where is my bag?"))
    after(seconds=30)
    await receive(desk, halden, said("Hello?"))
    after(seconds=60)
    async with opened(desk, halden) as (tx, conversation):
        await assign_team(tx, conversation, halden.team, by=Actor.user(halden.administrator))
        await assign_conversation(tx, conversation, halden.agent, by=Actor.user(halden.agent))
        await send_reply(tx, conversation, "Upset", by=halden.agent, private=True)
    after(seconds=252)
    async with opened(desk, halden) as (tx, conversation):
        await send_reply(tx, conversation, "Looking for it", by=halden.agent)
    after(minutes=10)
    await receive(desk, halden, said("And?"))
    after(minutes=12)
    async with opened(desk, halden) as (tx, conversation):
        await send_reply(tx, conversation, "Found", by=halden.agent)
    after(minutes=126)
    async with opened(desk, halden) as (tx, conversation):
        await change_status(
            tx, conversation, ConversationStatus.RESOLVED, by=Actor.user(halden.agent)
        )
        await ask_for_rating(
            tx, conversation, survey_url="https://desk.example/s", by=Actor.system()
        )
    after(minutes=140)
    async with opened(desk, halden) as (tx, conversation):
        await record_rating(tx, conversation.uuid, 5, "Thanks")

    sync_lake(storage, lake)
    day = Period.of_days(start.date(), start.date())
    report = agent_performance(lake, halden.account_id, day)
    row = next(row for row in report.data({}) if row["agent_id"] == halden.agent)
    assert row == {
        "agent_id": halden.agent,
        "agent_name": None,
        "total_conversations": 1,
        "resolved_conversations": 1,
        "average_first_response_time": 252.0,
        "median_first_response_time": 252.0,
        "p90_first_response_time": 252.0,
        "first_response_n": 1,
        "average_resolution_time": 7560.0,
        "median_resolution_time": 7560.0,
        "p90_resolution_time": 7560.0,
        "resolution_n": 1,
        "average_reply_time": 120.0,
        "median_reply_time": 120.0,
        "p90_reply_time": 120.0,
        "reply_n": 1,
        "csat_score": 1.0,
        "csat_n": 1,
    }
    assert conversation_trends(lake, halden.account_id, day).total == 1
    assert measure(lake, halden.account_id, CUSTOMER_MESSAGES, day)["n"].item() == 3
    assert measure(lake, halden.account_id, REPLIES, day)["n"].item() == 2
    first = measure(lake, halden.account_id, FIRST_RESPONSE, day, by=(CHANNEL, TEAM))
    assert first.select("channel", "team_id", "n").rows() == [("whatsapp", halden.team, 1)]
    behind = conversations_behind(lake, halden.account_id, NEXT_REPLY, day)
    assert behind.select("display_id", "seconds").rows() == [(1, 120.0)]


async def test_a_customer_who_writes_again_reopens_and_waits_anew(
    desk: Desk, clock: FixedClock, storage: Storage, lake: Lake
) -> None:
    halden = await small_desk(desk, locked_to_single=True)
    start = clock.now()
    await receive(desk, halden, said("Where is my bag?"))
    clock.set(start + timedelta(minutes=1))
    async with opened(desk, halden) as (tx, conversation):
        await assign_conversation(tx, conversation, halden.agent, by=Actor.user(halden.agent))
        await send_reply(tx, conversation, "Here", by=halden.agent)
        await change_status(
            tx, conversation, ConversationStatus.RESOLVED, by=Actor.user(halden.agent)
        )
    clock.set(start + timedelta(minutes=3))
    await receive(desk, halden, said("It is not mine"))
    sync_lake(storage, lake)
    ((last, reopened_by),) = lake.rows(
        "select is_last, reopened_by from lake.facts.resolution "
        f"where account_id = {halden.account_id}"
    )
    assert (last, reopened_by) == (False, "customer_message")
    day = Period.of_days(start.date(), start.date())
    row = next(
        row
        for row in agent_performance(lake, halden.account_id, day).data({})
        if row["agent_id"] == halden.agent
    )
    assert row["resolved_conversations"] == 1
    assert row["average_resolution_time"] is None


async def test_two_conversations_merged_at_the_desk_are_answered_as_one(
    desk: Desk, halden: SmallDesk, clock: FixedClock, storage: Storage, lake: Lake
) -> None:
    start = clock.now()
    by = Actor.user(halden.agent)
    await receive(desk, halden, said("Where is my bag?"))
    clock.set(start + timedelta(minutes=1))
    async with opened(desk, halden) as (tx, conversation):
        await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)
    clock.set(start + timedelta(minutes=2))
    await receive(desk, halden, said("Hello?"))
    async with desk.transaction(halden.account_id) as tx:
        viewer = halden.viewer(halden.administrator)
        one, other = [await conversation_by_number(tx, DisplayId(n), viewer) for n in (2, 1)]
        await change_status(tx, other, ConversationStatus.OPEN, by=by)
    sync_lake(storage, lake)
    day = Period.of_days(start.date(), start.date())
    assert measure(lake, halden.account_id, BACKLOG, day)["n"].item() == 2
    clock.set(start + timedelta(minutes=3))
    async with desk.transaction(halden.account_id) as tx:
        ids = ConversationId(one.id), ConversationId(other.id)
        await merge_conversations(tx, *ids, by=by)
    sync_lake(storage, lake)
    assert measure(lake, halden.account_id, BACKLOG, day)["n"].item() == 1
    clock.set(start + timedelta(minutes=5))
    async with opened(desk, halden) as (tx, conversation):
        await send_reply(tx, conversation, "Found it", by=halden.agent)
    sync_lake(storage, lake)
    # From the first question on, although what was merged into it was asked later.
    for metric, minutes in ((FIRST_RESPONSE, 5), (WAITING, 2)):
        frame = measure(lake, halden.account_id, metric, day)
        assert frame["n"].item() == (1 if metric is FIRST_RESPONSE else 2)
        assert frame["mean"].item() == minutes * 60


async def test_what_was_said_while_a_merge_waited_for_its_turn_is_before_it_and_goes_on(
    desk: Desk, halden: SmallDesk, clock: FixedClock, storage: Storage, lake: Lake
) -> None:
    start = clock.now()
    by = Actor.user(halden.agent)
    viewer = halden.viewer(halden.administrator)
    ids: list[ConversationId] = []
    for number in (1, 2):
        await receive(desk, halden, said("Where is my bag?"))
        async with desk.transaction(halden.account_id) as tx:
            conversation = await conversation_by_number(tx, DisplayId(number), viewer)
            await send_reply(tx, conversation, "Found it", by=halden.agent)
            await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)
            ids.append(ConversationId(conversation.id))
    absorbed, survivor = reversed(ids)
    async with opened(desk, halden) as (tx, conversation):
        await change_status(tx, conversation, ConversationStatus.OPEN, by=by)
    async with desk.transaction(halden.account_id) as merging:
        # The merge has begun; before it holds the two, the customer writes into the absorbed one,
        # and an agent in the survivor.
        clock.set(start + timedelta(minutes=1))
        async with opened(desk, halden) as (tx, conversation):
            await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)
            await send_reply(tx, conversation, "Anything else?", by=halden.agent)
        async with desk.transaction(halden.account_id) as tx:
            other = await conversation_by_number(tx, DisplayId(2), viewer)
            await change_status(tx, other, ConversationStatus.OPEN, by=by)
        clock.set(start + timedelta(minutes=2))
        await receive(desk, halden, said("It is torn"))
        await merge_conversations(merging, absorbed, survivor, by=by)
    clock.set(start + timedelta(minutes=3))
    # From now on the customer's messages are the survivor's.
    await receive(desk, halden, said("Hello?"))
    clock.set(start + timedelta(minutes=5))
    async with opened(desk, halden) as (tx, conversation):
        await send_reply(tx, conversation, "We pay for it", by=halden.agent)
    sync_lake(storage, lake)
    waits = lake.rows(
        "select conversation_id, begun_in, ended_by, calendar_seconds::int from lake.facts.waiting "
        f"where account_id = {halden.account_id} and calendar_seconds is distinct from 0"
    )
    assert waits == [(survivor, absorbed, "reply", 180)]
    said_in = lake.rows(
        "select conversation_id from lake.facts.message "
        f"where account_id = {halden.account_id} and said = 'customer' order by event_id"
    )
    assert [one for (one,) in said_in] == [survivor, absorbed, absorbed, survivor]
