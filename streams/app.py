"""The Faust app, made by a function: a pump of bytes from assigned partitions into our consumers."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, NoReturn
from uuid import UUID

import faust
import structlog

from desk.settings import Settings
from desk.watching.watch import end_watching
from streams.embedded_broker import SESSION_SECONDS as EMBEDDED_SESSION_SECONDS
from streams.embedded_broker import shorten_fetch_wait
from streams.record import Consume, Record
from streams.topology import Agent

log = structlog.get_logger()

BUG_EXIT_CODE = 70


def build_app(
    settings: Settings,
    epoch: UUID,
    agents: Sequence[tuple[Agent, Consume]],
    *,
    progressed: Callable[[Agent], None],
) -> faust.App:
    """An app whose consumer group is of this broker alone: another's offsets mean nothing here."""
    storage = settings.storage
    if storage.embedded_broker:
        shorten_fetch_wait()
    # Faust makes a folder before anything else, and keeps nothing in it: we have no tables.
    folder = settings.home / "faust"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = faust.App(
        f"streamdesk.{epoch}",
        broker=";".join(f"kafka://{server}" for server in storage.kafka_url.split(",")),
        autodiscover=False,
        broker_commit_interval=1.0,
        broker_heartbeat_interval=1.0,
        broker_max_poll_records=500,
        broker_session_timeout=(
            EMBEDDED_SESSION_SECONDS if storage.embedded_broker else storage.kafka_session_seconds
        ),
        consumer_auto_offset_reset="earliest",
        consumer_metadata_max_age_ms=5000,
        datadir=folder,
        key_serializer="raw",
        processing_guarantee="at_least_once",
        store="memory://",
        stream_buffer_maxsize=2000,
        stream_wait_empty=True,
        table_standby_replicas=0,
        topic_disable_leader=True,
        value_serializer="raw",
        web_enabled=False,
    )
    for agent, consume in agents:
        topic = app.topic(
            agent.topic.value,
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
        )
        app.agent(topic, name=agent.name, concurrency=1, use_reply_headers=False)(
            _pump(agent, epoch, consume, progressed)
        )
    app.finalize()
    return app


def _pump(agent: Agent, epoch: UUID, consume: Consume, progressed: Callable[[Agent], None]) -> Any:
    async def pump(stream: Any) -> None:
        batches: AsyncIterator[list[Any]] = stream.noack_take(agent.batch, within=agent.within)
        async for batch in batches:
            try:
                # A worker that outlives its broker begins anywhere in the next one's topics, and
                # would take newer messages before older ones.
                records = [_record(event.message) for event in batch]
                if ours := [record for record in records if record.is_of(epoch)]:
                    await consume(ours)
            except asyncio.CancelledError:
                raise
            except BaseException:  # noqa: BLE001 - nothing may reach Faust
                leave_unacknowledged(agent.name)
            for event in batch:
                await stream.ack(event)
            progressed(agent)

    pump.__name__ = pump.__qualname__ = agent.name
    return pump


def _record(message: Any) -> Record:
    return Record(message.value, dict(message.headers or ()))


def leave_unacknowledged(agent: str) -> NoReturn:
    """End the process at once: an exception that reaches Faust would acknowledge the batch."""
    log.critical("agent_failed", agent=agent, exc_info=True)
    sys.stdout.flush()
    end_watching()
    os._exit(BUG_EXIT_CODE)
