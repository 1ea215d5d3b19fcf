"""What Faust must be told about the embedded broker, which does not wake a waiting fetch."""

from typing import Any

from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread

SESSION_SECONDS = 6
"""Half of it is how long this broker lets a worker wait for its partitions."""
FETCH_WAIT_MS = 50
"""Faust asks for 1,500 and lets nobody change it; half of that would be every message's delay."""


def shorten_fetch_wait() -> None:
    """Let Faust's consumers ask every 50 ms; harmless when repeated."""
    original = AIOKafkaConsumerThread._create_worker_consumer
    if getattr(original, "shortened", False):
        return

    def create(self: Any, transport: Any) -> Any:
        consumer = original(self, transport)
        if not hasattr(consumer, "_fetch_max_wait_ms"):
            raise AttributeError("aiokafka has renamed the wait that must be shortened")
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return consumer

    create.shortened = True  # type: ignore[attr-defined]
    AIOKafkaConsumerThread._create_worker_consumer = create
