"""Looking into a broker: its records, its groups and how far they have come."""

import asyncio
from collections import defaultdict
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

SECONDS = 30.0


class Reader:
    """A stranger to the group, who sees everything."""

    def __init__(self, url: str) -> None:
        self._servers = url.split(",")

    async def records(self, topic: str, count: int) -> list[ConsumerRecord]:
        """So many records from the beginning; raises TimeoutError if there are fewer."""
        async with (
            asyncio.timeout(SECONDS),
            AIOKafkaConsumer(
                bootstrap_servers=self._servers, auto_offset_reset="earliest", fetch_max_wait_ms=50
            ) as consumer,
        ):
            partitions = [TopicPartition(topic, n) for n in range(await self.partitions(topic))]
            consumer.assign(partitions)
            found: list[ConsumerRecord] = []
            while len(found) < count:
                for batch in (await consumer.getmany(timeout_ms=200)).values():
                    found += batch
        return found

    async def partitions(self, topic: str) -> int:
        return len((await self._topic(topic))["partitions"])

    async def replicas(self, topic: str) -> int:
        return len((await self._topic(topic))["partitions"][0]["replicas"])

    async def configs(self, topic: str) -> dict[str, str]:
        """The topic's settings, where the broker tells them."""
        async with self._admin() as admin:
            answers = await admin.describe_configs(
                [ConfigResource(ConfigResourceType.TOPIC, topic)]
            )
        return {
            entry[0]: entry[1]
            for answer in answers
            for resource in answer.resources
            for entry in resource[4]
        }

    async def groups(self) -> set[str]:
        async with self._admin() as admin:
            return {group for group, _ in await admin.list_consumer_groups()}

    async def committed(self, group: str, topic: str) -> int:
        """How many records of the topic the group has done with."""
        async with self._admin() as admin:
            wanted = [TopicPartition(topic, n) for n in range(await self.partitions(topic))]
            offsets = await admin.list_consumer_group_offsets(group, partitions=wanted)
        return sum(max(0, offset.offset) for offset in offsets.values())

    async def ends(self, topic: str) -> int:
        """How many records the topic has, as the broker tells it."""
        async with AIOKafkaConsumer(bootstrap_servers=self._servers) as consumer:
            wanted = [TopicPartition(topic, n) for n in range(await self.partitions(topic))]
            return sum((await consumer.end_offsets(wanted)).values())

    async def send_again(self, records: list[ConsumerRecord]) -> None:
        """The same records once more, to the same partitions."""
        async with AIOKafkaProducer(bootstrap_servers=self._servers, acks="all") as producer:
            for record in records:
                await producer.send_and_wait(
                    record.topic,
                    record.value,
                    key=record.key,
                    partition=record.partition,
                    headers=list(record.headers),
                )

    async def delete(self, topic: str) -> None:
        async with self._admin() as admin:
            await admin.delete_topics([topic])

    async def _topic(self, topic: str) -> dict[str, Any]:
        async with self._admin() as admin:
            return dict((await admin.describe_topics([topic]))[0])

    def _admin(self) -> "_Admin":
        return _Admin(self._servers)


class _Admin:
    """aiokafka's admin client as a block: it is the only client of theirs that is none."""

    def __init__(self, servers: list[str]) -> None:
        self._client = AIOKafkaAdminClient(bootstrap_servers=servers)

    async def __aenter__(self) -> AIOKafkaAdminClient:
        await self._client.start()
        return self._client

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()


def by_key(records: list[ConsumerRecord]) -> dict[bytes, list[ConsumerRecord]]:
    """The records of each key, in the order they came."""
    found: defaultdict[bytes, list[ConsumerRecord]] = defaultdict(list)
    for record in records:
        found[record.key].append(record)
    return found
