"""One node of Apache Kafka and two workers: whatever dies or moves, nothing is lost or twice."""

from collections.abc import Iterator
from functools import partial

import pytest

from desk.events.topics import Topic
from tests.kafka.apache import Apache
from tests.kafka.fault_table import Cost, note
from tests.kafka.reading import Reader
from tests.kafka.storm import ROUNDS, THOROUGH, Storm
from tests.streams.customers import Customers, customers_of
from tests.streams.live_house import LiveHouse, Running

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.timeout(600)]

RELAY, WORKER = "streams.relay", "streams.worker"
BOTH_TOPICS = 16


@pytest.fixture(scope="module")
def relay(live: LiveHouse) -> Iterator[Running]:
    with live.processes(RELAY) as (relay,):
        yield relay


@pytest.fixture(scope="module")
def house(live: LiveHouse, relay: Running) -> LiveHouse:
    """A house whose relay is at work."""
    return live


@pytest.fixture
async def customers(house: LiveHouse) -> Customers:
    return await customers_of(house)


@pytest.fixture(scope="module")
def staying(house: LiveHouse) -> Iterator[Running]:
    """The worker that stays through all faults."""
    with house.processes(WORKER) as (worker,):
        yield worker


@pytest.fixture
def worker(house: LiveHouse, staying: Running) -> Running:
    """The same, with nothing behind it, and alone."""
    house.until(lambda: house.all_done() and _assigned(house, BOTH_TOPICS, times=1), seconds=90)
    house.forget_log_of(WORKER)
    staying.exit_codes.clear()
    return staying


def test_a_worker_joins(
    house: LiveHouse, customers: Customers, worker: Running, request: pytest.FixtureRequest
) -> None:
    storm, before = Storm(house, customers), _epochs(house)
    for _ in range(ROUNDS):
        house.forget_log_of(WORKER)
        storm.blow(1)
        with house.processes(WORKER, supervised=False):
            storm.until(lambda: _assigned(house, BOTH_TOPICS // 2, times=2))
            storm.blow(2)
    _settle(storm, "a worker joins", customers, request)
    assert (_epochs(house), worker.exit_codes) == (before, [])


def test_a_worker_leaves(
    house: LiveHouse, customers: Customers, worker: Running, request: pytest.FixtureRequest
) -> None:
    storm, before = Storm(house, customers), _epochs(house)
    for _ in range(ROUNDS):
        with house.processes(WORKER, supervised=False) as (second,):
            house.until(lambda: _assigned(house, BOTH_TOPICS // 2, times=2), seconds=60)
            storm.blow(1)
            house.forget_log_of(WORKER)
            second.tell_to_stop()
            storm.until(lambda: _assigned(house, BOTH_TOPICS, times=1))
            storm.blow(2)
    _settle(storm, "a worker leaves", customers, request)
    assert (_epochs(house), worker.exit_codes) == (before, [])


def test_a_worker_is_killed(
    house: LiveHouse, customers: Customers, worker: Running, request: pytest.FixtureRequest
) -> None:
    storm, before = Storm(house, customers), _epochs(house)
    for _ in range(ROUNDS):
        with house.processes(WORKER, supervised=False) as (second,):
            house.until(lambda: _assigned(house, BOTH_TOPICS // 2, times=2), seconds=60)
            storm.blow(1)
            house.forget_log_of(WORKER)
            second.kill()
            storm.until_caught_up()
            storm.blow(1)
    _settle(storm, "a worker is killed (-9), session 6 s", customers, request)
    assert (_epochs(house), worker.exit_codes) == (before, [])


def test_the_broker_is_killed_and_comes_back(
    house: LiveHouse, customers: Customers, worker: Running, request: pytest.FixtureRequest
) -> None:
    storm, before = Storm(house, customers), _epochs(house)
    with house.processes(WORKER) as (second,):
        house.until(lambda: _assigned(house, BOTH_TOPICS // 2, times=2), seconds=60)
        for _ in range(ROUNDS):
            storm.blow(1)
            house.broker.kill()
            storm.blow(1)
            _apache(house).start_node(1)
            storm.until_caught_up()
            storm.blow(1)
        _settle(storm, "the broker is killed (-9), 1 s down", customers, request)
    assert (_epochs(house), worker.exit_codes, second.exit_codes) == (before, [], [])


def test_the_broker_comes_back_empty(
    house: LiveHouse, customers: Customers, worker: Running, request: pytest.FixtureRequest
) -> None:
    storm, before = Storm(house, customers), _epochs(house)
    with house.processes(WORKER) as (second,):
        house.until(lambda: _assigned(house, BOTH_TOPICS // 2, times=2), seconds=60)
        for number in range(1, ROUNDS + 1):
            storm.blow(1)
            house.broker.kill()
            house.broker.empty()
            _apache(house).start_node(1)
            storm.until(partial(_have_left, number, worker, second))
            storm.until_caught_up()
            storm.blow(1)
        _settle(storm, "the broker comes back empty: a new epoch", customers, request)
    assert worker.exit_codes == second.exit_codes == [0] * ROUNDS
    assert len(_epochs(house)) == len(before) + ROUNDS


@pytest.mark.skipif(not THOROUGH, reason="STREAMDESK_ALL_TURNS=1 tries this fault, too")
async def test_the_topics_are_deleted_and_made_with_more_parts(
    house: LiveHouse,
    customers: Customers,
    relay: Running,
    worker: Running,
    request: pytest.FixtureRequest,
) -> None:
    storm, before = Storm(house, customers), _epochs(house)
    reader = Reader(house.broker.url)
    with house.processes(WORKER) as (second,):
        house.until(lambda: _assigned(house, BOTH_TOPICS // 2, times=2), seconds=60)
        storm.blow(1)
        house.environment["KAFKA_PARTITIONS"] = "12"
        relay.kill()
        for topic in (Topic.CHANNEL_INBOUND, Topic.DESK_EVENTS):
            await reader.delete(topic)
            storm.blow(0.5)
        storm.until(partial(_have_left, 1, worker, second))
        storm.until_caught_up()
        _settle(storm, "topics are deleted, made with more parts", customers, request, times=1)
    assert worker.exit_codes == second.exit_codes == [0]
    assert len(_epochs(house)) > len(before)
    for topic in (Topic.CHANNEL_INBOUND, Topic.DESK_EVENTS):
        assert await reader.partitions(topic) == 12


def _settle(
    storm: Storm,
    fault: str,
    customers: Customers,
    request: pytest.FixtureRequest,
    *,
    times: int = ROUNDS,
) -> None:
    """All that was accepted is there once, in order; what it cost goes into the table."""
    cost: Cost = storm.over(fault, times=times)
    note(request, cost)
    assert (cost.lost, cost.twice) == (0, 0)
    customers.check()


def _apache(house: LiveHouse) -> Apache:
    assert isinstance(house.broker, Apache)
    return house.broker


def _epochs(house: LiveHouse) -> list[object]:
    rows = house.database.execute("select epoch from broker_epochs order by id").fetchall()
    return [row[0] for row in rows]


def _have_left(times: int, *workers: Running) -> bool:
    return all(len(worker.exit_codes) == times for worker in workers)


def _assigned(house: LiveHouse, partitions: int, *, times: int) -> bool:
    return house.log_of(WORKER).count(f'"partitions":{partitions}') >= times
