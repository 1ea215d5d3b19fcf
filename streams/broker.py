"""The broker as the relay sees it: is it still the same one, and has it our topics."""

import asyncio
from collections.abc import Sequence
from typing import Any, Self
from uuid import UUID, uuid4

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code
from aiokafka.structs import RecordMetadata

from desk.events.topics import EPOCH_HEADER, Topic
from desk.settings import Storage
from streams.producer import Producer

log = structlog.get_logger()

_EPOCH = TopicPartition(Topic.PLATFORM_EPOCH.value, 0)
_TOPICS = frozenset(topic.value for topic in Topic)
_SEVEN_DAYS = {"retention.ms": str(7 * 24 * 3600 * 1000)}
_FOR_EVER = {"retention.ms": "-1", "retention.bytes": "-1"}
ANSWER_SECONDS = 5.0
LARGEST_RECORD = 900_000


def wanted_topics(storage: Storage, brokers: int) -> list[NewTopic]:
    """Our topics on a cluster of so many brokers: one of three may be away and nothing waits."""
    replicas = min(storage.kafka_replicas, brokers)
    safe = (
        {} if storage.embedded_broker else {"min.insync.replicas": str(min(2, replicas - 1 or 1))}
    )
    log_of_partitions = (storage.kafka_partitions, {**_SEVEN_DAYS, **safe})
    return [
        NewTopic(topic.value, partitions, replicas, topic_configs=configs)
        for topic, (partitions, configs) in {
            Topic.CHANNEL_INBOUND: log_of_partitions,
            Topic.DESK_EVENTS: log_of_partitions,
            Topic.PLATFORM_EPOCH: (1, {**_FOR_EVER, **safe}),
        }.items()
    ]


class Broker:
    """One connection to the broker, good until an error; then a new one must be opened."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        servers: dict[str, Any] = {"bootstrap_servers": storage.kafka_url.split(",")}
        self._admin = AIOKafkaAdminClient(**servers, request_timeout_ms=5000)
        self._reader = AIOKafkaConsumer(
            **servers, enable_auto_commit=False, auto_offset_reset="earliest"
        )
        self._producer = Producer(
            **servers,
            acks="all",
            enable_idempotence=not storage.embedded_broker,
            linger_ms=0 if storage.embedded_broker else 5,
            max_batch_size=LARGEST_RECORD,
            max_request_size=LARGEST_RECORD + 100_000,
            request_timeout_ms=5000 if storage.embedded_broker else 40_000,
        )

    async def __aenter__(self) -> Self:
        try:
            for client in (self._admin, self._reader, self._producer):
                await client.start()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        for close in (self._producer.leave, self._reader.stop, self._admin.close):
            try:
                await asyncio.wait_for(close(), 2)
            except (KafkaError, TimeoutError, OSError) as error:
                log.info("broker_closed_badly", error=type(error).__name__)

    async def epoch(self) -> UUID | None:
        """The newest record of the topic that never expires; nothing: this broker is new.

        So is one that lost a topic: what it had of it is gone, and old offsets mean nothing.
        """
        if not set(await self._admin.list_topics()) >= _TOPICS:
            return None
        ends = await asyncio.wait_for(self._reader.end_offsets([_EPOCH]), ANSWER_SECONDS)
        if not ends[_EPOCH]:
            return None
        self._reader.assign([_EPOCH])
        self._reader.seek(_EPOCH, ends[_EPOCH] - 1)
        record = await asyncio.wait_for(self._reader.getone(_EPOCH), ANSWER_SECONDS)
        return UUID(bytes=record.value)

    async def found(self) -> UUID:
        """Give a new broker its topics and its epoch."""
        await self._make_topics()
        epoch = uuid4()
        await self._producer.send_and_wait(_EPOCH.topic, epoch.bytes, partition=0)
        return epoch

    async def partitions(self) -> dict[str, int]:
        """How many parts each of our topics has."""
        found = await self._admin.describe_topics(sorted(_TOPICS))
        return {topic["topic"]: len(topic["partitions"]) for topic in found}

    async def send(
        self,
        topic: Topic,
        records: Sequence[tuple[bytes, bytes, list[tuple[str, bytes]]]],
        epoch: UUID,
    ) -> None:
        """Hand over records in order, and return when the broker has acknowledged all."""
        of_epoch = (EPOCH_HEADER, epoch.bytes)
        waiting: list[asyncio.Future[RecordMetadata]] = [
            await self._producer.send(topic.value, value, key=key, headers=[*headers, of_epoch])
            for key, value, headers in records
        ]
        await asyncio.gather(*waiting)

    async def _make_topics(self) -> None:
        existing = _TOPICS & set(await self._admin.list_topics())
        if self._storage.embedded_broker and existing:
            # Whoever asks this broker about a topic makes it, with a number of partitions that
            # nobody chose. Real ones may have been made with care, and are left as they are.
            await self._admin.delete_topics(sorted(existing))
            existing = frozenset()
        cluster = await self._admin.describe_cluster()
        missing = [
            topic
            for topic in wanted_topics(self._storage, len(cluster["brokers"]))
            if topic.name not in existing
        ]
        answer = await self._admin.create_topics(missing)
        for problem in answer.topic_errors:
            error = for_code(problem[1])
            if problem[1] and error is not TopicAlreadyExistsError:
                raise error(f"topic {problem[0]} could not be made")
