"""Three nodes of Apache Kafka and two workers: one node after the other dies, nobody notices."""

import pytest

from desk.events.topics import Topic
from tests.kafka.apache import Apache
from tests.kafka.fault_table import note
from tests.kafka.reading import Reader
from tests.kafka.storm import ROUNDS, Storm
from tests.streams.customers import customers_of
from tests.streams.live_house import LiveHouse

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.timeout(900)]

RELAY, WORKER = "streams.relay", "streams.worker"


async def test_three_nodes_are_killed_one_after_the_other(
    cluster: LiveHouse, request: pytest.FixtureRequest
) -> None:
    customers, reader = await customers_of(cluster), Reader(cluster.broker.url)
    storm, nodes = Storm(cluster, customers), cluster.broker
    assert isinstance(nodes, Apache)
    with cluster.processes(RELAY, WORKER, WORKER) as running:
        cluster.until(lambda: cluster.log_of(WORKER).count('"partitions":8') >= 2, seconds=90)
        for topic in Topic:
            assert await reader.replicas(topic.value) == 3
            assert (await reader.configs(topic.value))["min.insync.replicas"] == "2"
        for _ in range(ROUNDS):
            for node in nodes.nodes:
                storm.blow(1)
                nodes.kill_node(node)
                storm.until_caught_up()
                nodes.start_node(node)
                storm.until(nodes.is_whole)
        cost = storm.over("three nodes are killed (-9) one by one", times=3 * ROUNDS)
        assert [process.exit_codes for process in running] == [[], [], []]
    note(request, cost)
    assert (cost.lost, cost.twice) == (0, 0)
    assert cluster.value("select count(*) from broker_epochs") == 1
    customers.check()
