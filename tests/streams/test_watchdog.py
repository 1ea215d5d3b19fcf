"""When a worker leaves: another broker, no partitions, or work that nobody does."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread

from desk.clock import FixedClock
from desk.events.topics import Topic
from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.outbox import begin_epoch
from streams.embedded_broker import shorten_fetch_wait
from streams.producer import Producer
from streams.topology import AGENTS, REACTIONS
from streams.watchdog import Patience, Reason, Watchdog
from tests.builders.accounts import SmallDesk
from tests.streams.arrivals import hook, journal
from tests.streams.test_publishing import others_are_done, publish

TOPICS = [agent.topic for agent in AGENTS]


class Stopwatch:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


async def yes() -> bool:
    return True


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
async def watchdog(desk: Desk, stopwatch: Stopwatch) -> Watchdog:
    """A watchdog on a quiet desk whose worker has its partitions."""
    await others_are_done(desk)
    epoch = uuid4()
    async with desk.transaction_across_accounts(reason="a test plays the relay") as tx:
        await begin_epoch(tx, epoch)
    dog = Watchdog(desk, epoch, TOPICS, answers=yes, patience=Patience(60, 60), seconds=stopwatch)
    dog.assigned()
    return dog


async def test_a_quiet_desk_lets_the_worker_go_on(watchdog: Watchdog, stopwatch: Stopwatch) -> None:
    stopwatch.at = 10_000
    assert await watchdog.look() is None


async def test_another_broker_ends_the_worker(desk: Desk, watchdog: Watchdog) -> None:
    async with desk.transaction_across_accounts(reason="a test plays the relay") as tx:
        await begin_epoch(tx, uuid4())
    assert await watchdog.look() is Reason.BROKER_CHANGED


async def test_a_worker_that_gets_no_partitions_leaves(desk: Desk, stopwatch: Stopwatch) -> None:
    epoch = uuid4()
    async with desk.transaction_across_accounts(reason="a test plays the relay") as tx:
        await begin_epoch(tx, epoch)
    dog = Watchdog(desk, epoch, TOPICS, answers=yes, patience=Patience(60, 60), seconds=stopwatch)
    assert await dog.look() is None
    stopwatch.at = 61
    assert await dog.look() is Reason.NOT_ASSIGNED


async def test_a_worker_that_does_nothing_about_what_waits_leaves(
    desk: Desk,
    halden: SmallDesk,
    clock: FixedClock,
    watchdog: Watchdog,
    stopwatch: Stopwatch,
) -> None:
    ids = [row["id"] for row in await journal(desk, halden, [hook(halden, "x")])]
    await publish(desk, halden, ids)
    clock.set(clock.now() + timedelta(seconds=61))
    for seconds, reason in ((61, None), (121, None), (122, Reason.NO_PROGRESS)):
        stopwatch.at = seconds
        assert await watchdog.look() is reason


async def test_a_worker_that_moves_on_stays(
    desk: Desk,
    halden: SmallDesk,
    clock: FixedClock,
    watchdog: Watchdog,
    stopwatch: Stopwatch,
) -> None:
    ids = [row["id"] for row in await journal(desk, halden, [hook(halden, "x")])]
    await publish(desk, halden, ids)
    clock.set(clock.now() + timedelta(seconds=61))
    for seconds in range(61, 400, 30):
        stopwatch.at = seconds
        watchdog.progressed(Topic.CHANNEL_INBOUND)
        assert await watchdog.look() is None


async def test_without_a_broker_a_worker_waits_and_does_not_leave(
    desk: Desk, stopwatch: Stopwatch
) -> None:
    epoch = uuid4()
    async with desk.transaction_across_accounts(reason="a test plays the relay") as tx:
        await begin_epoch(tx, epoch)
    asked: list[float] = []

    async def answers() -> bool:
        asked.append(stopwatch.at)
        return stopwatch.at > 100

    dog = Watchdog(
        desk,
        epoch,
        TOPICS,
        answers=answers,
        patience=Patience(60, 60, look_every=0.01),
        seconds=stopwatch,
    )
    watching = asyncio.create_task(dog.watch())
    stopwatch.at = 61
    while not asked:
        await asyncio.sleep(0.01)
    stopwatch.at = 120
    await asyncio.sleep(0.1)
    assert not watching.done()
    stopwatch.at = 122
    assert await watching is Reason.NOT_ASSIGNED


def test_the_fetch_wait_that_is_shortened_still_exists(settings: Settings) -> None:
    shorten_fetch_wait()
    shorten_fetch_wait()
    assert "_fetch_max_wait_ms" in AIOKafkaConsumer.__init__.__code__.co_names
    assert AIOKafkaConsumerThread._create_worker_consumer.__name__ == "create"


async def test_what_a_producer_is_left_with_still_exists() -> None:
    producer = Producer(bootstrap_servers="127.0.0.1:1")
    assert (producer._closed, producer._sender.sender_task) == (False, None)
    await producer.leave()
    assert producer._closed


def test_there_is_one_agent_to_a_topic_and_every_reaction_has_its_own_name() -> None:
    assert len(set(TOPICS)) == len(TOPICS)
    names = [reaction.name for reaction in REACTIONS]
    assert len(set(names)) == len(names)
