"""What the streams rely on, held against the embedded broker and against Apache Kafka alike."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from desk.events import inbound
from desk.events.topics import ACCOUNT_HEADER, INBOUND_HEADER, Topic
from tests.kafka.reading import Reader, by_key
from tests.streams.customers import Customers, customers_of
from tests.streams.live_house import LiveHouse

pytestmark = [pytest.mark.broker, pytest.mark.timeout(300)]

RELAY, WORKER = "streams.relay", "streams.worker"
INBOUND, EVENTS = Topic.CHANNEL_INBOUND.value, Topic.DESK_EVENTS.value
PARTITIONS = 8
KILOBYTE = 1024


@pytest.fixture(scope="module")
def house(either: LiveHouse) -> Iterator[LiveHouse]:
    """A house at work: one relay, one worker, and the first hooks done."""
    with either.processes(RELAY, WORKER):
        either.until(lambda: '"assigned"' in either.log_of(WORKER), seconds=60)
        yield either


@pytest.fixture
def reader(house: LiveHouse) -> Reader:
    return Reader(house.broker.url)


@pytest.fixture
async def customers(house: LiveHouse) -> Customers:
    return await customers_of(house)


async def test_topics_are_made_as_the_settings_say(house: LiveHouse, reader: Reader) -> None:
    assert [await reader.partitions(topic.value) for topic in Topic] == [PARTITIONS, PARTITIONS, 1]
    assert {await reader.replicas(topic.value) for topic in Topic} == {1}
    if not house.broker.embedded:  # which keeps nothing for longer than it lives
        week = str(7 * 24 * 3600 * 1000)
        for topic, retention in ((INBOUND, week), (EVENTS, week), (Topic.PLATFORM_EPOCH, "-1")):
            configs = await reader.configs(topic)
            assert (configs["retention.ms"], configs["min.insync.replicas"]) == (retention, "1")
        assert (await reader.configs(Topic.PLATFORM_EPOCH))["retention.bytes"] == "-1"


async def test_the_group_is_of_the_epoch_that_postgres_and_the_broker_hold(
    house: LiveHouse, reader: Reader
) -> None:
    epoch = house.value("select epoch from broker_epochs order by id desc limit 1")
    (record,) = await reader.records(Topic.PLATFORM_EPOCH, 1)
    assert record.value == epoch.bytes
    if not house.broker.embedded:  # which lists no groups
        assert await reader.groups() == {_group(house)}


async def test_one_persons_messages_travel_in_order_and_name_their_tenant(
    house: LiveHouse, reader: Reader, customers: Customers
) -> None:
    for _ in range(5):
        customers.write(60, again=6)
    house.until(house.all_done, seconds=60)
    customers.check()
    records = await reader.records(INBOUND, house.value("select count(*) from inbound"))
    mine = [r for r in records if inbound.decode(r.value).account_id == customers.at.account_id]
    assert len(mine) == 5 * 66
    for key, of_one in by_key(mine).items():
        hooks = [inbound.decode(record.value) for record in of_one]
        assert [hook.id for hook in hooks] == sorted(hook.id for hook in hooks)
        assert len({record.partition for record in of_one}) == 1
        assert key.startswith(f"{customers.at.account_id}:{customers.at.inbox}:".encode())
        for record, hook in zip(of_one, hooks, strict=True):
            headers = dict(record.headers)
            assert headers[ACCOUNT_HEADER] == str(customers.at.account_id).encode()
            assert headers[INBOUND_HEADER] == str(hook.id).encode()


async def test_many_customers_keep_every_partition_busy(
    house: LiveHouse, reader: Reader, customers: Customers
) -> None:
    customers.write(800, of=400)
    house.until(house.all_done, seconds=60)
    customers.check()
    for topic, log in ((INBOUND, "inbound"), (EVENTS, "events")):
        records = await reader.records(topic, house.value(f"select count(*) from {log}"))
        assert {record.partition for record in records} == set(range(PARTITIONS))


async def test_a_large_hook_travels_and_a_very_large_one_leaves_its_body_at_home(
    house: LiveHouse, reader: Reader, customers: Customers
) -> None:
    before = house.value("select count(*) from inbound")
    customers.write(2, padding=500 * KILOBYTE)
    customers.write(2, padding=3000 * KILOBYTE)
    house.until(house.all_done, seconds=60)
    customers.check()
    records = await reader.records(INBOUND, before + 4)
    hooks = [inbound.decode(record.value) for record in records]
    sizes = [len(hook.body) for hook in hooks if hook.account_id == customers.at.account_id]
    assert sorted(size > 500 * KILOBYTE for size in sizes) == [False, False, True, True]
    assert [hook.in_journal for hook in hooks if not hook.body] == [True, True]


async def test_records_that_come_again_change_nothing_and_are_done_with(
    house: LiveHouse, reader: Reader, customers: Customers
) -> None:
    customers.write(100)
    house.until(house.all_done, seconds=60)
    records = await reader.records(INBOUND, house.value("select count(*) from inbound"))
    facts = house.value("select count(*) from events")
    await reader.send_again(records)
    group = _group(house)
    expected = len(records) * 2
    until = time.monotonic() + 30
    while await reader.committed(group, INBOUND) < expected:
        assert time.monotonic() < until, "the group never came to the end"
        await asyncio.sleep(0.3)
    assert await reader.committed(group, INBOUND) == expected
    customers.check()
    assert house.value("select count(*) from events") == facts
    if not house.broker.embedded:  # which counts a batch as one record
        assert await reader.ends(INBOUND) == expected


async def test_a_second_worker_takes_half_and_gives_it_back(
    house: LiveHouse, customers: Customers
) -> None:
    both = 2 * PARTITIONS
    with house.processes(WORKER, supervised=False) as (second,):
        _until_assigned(house, both // 2, times=2)
        customers.write(100)
        house.until(house.all_done, seconds=60)
        house.forget_log_of(WORKER)
        second.tell_to_stop()
        customers.write(100)
        _until_assigned(house, both, times=1)
    house.until(house.all_done, seconds=60)
    customers.check()


async def test_nothing_waits_when_all_is_quiet(
    house: LiveHouse, reader: Reader, customers: Customers
) -> None:
    customers.write(50)
    house.until(house.all_done, seconds=60)
    group = _group(house)
    for topic, log in ((INBOUND, "inbound"), (EVENTS, "events")):
        sent = house.value(f"select count(*) from {log}")
        until = time.monotonic() + 30
        while await reader.committed(group, topic) < max(sent, await _end(house, reader, topic)):
            assert time.monotonic() < until, f"{topic}: the group never came to the end"
            await asyncio.sleep(0.3)


async def _end(house: LiveHouse, reader: Reader, topic: str) -> int:
    """Records in the topic: what was published again counts again. The embedded broker cannot say."""
    return 0 if house.broker.embedded else await reader.ends(topic)


def _group(house: LiveHouse) -> str:
    epoch = house.value("select epoch from broker_epochs order by id desc limit 1")
    return f"streamdesk.{epoch}"


def _until_assigned(house: LiveHouse, partitions: int, *, times: int) -> None:
    said = f'"partitions":{partitions}'
    house.until(lambda: house.log_of(WORKER).count(said) >= times, seconds=60)
