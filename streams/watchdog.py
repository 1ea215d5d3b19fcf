"""Whether this worker should go on: the broker is still the same, and work gets done."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from enum import StrEnum
from uuid import UUID

import msgspec
import structlog

from desk.events.topics import Topic
from desk.store.desk import Desk
from desk.store.outbox import EVENTS, INBOUND, Log, current_epoch, oldest_in_flight
from streams.failures import Verdict, judge

log = structlog.get_logger()

LOG_OF: Mapping[Topic, Log] = {Topic.CHANNEL_INBOUND: INBOUND, Topic.DESK_EVENTS: EVENTS}


class Reason(StrEnum):
    """Why a worker leaves."""

    STOPPED = "stopped"
    BROKER_CHANGED = "broker_changed"
    NOT_ASSIGNED = "not_assigned"
    NO_PROGRESS = "no_progress"
    CRASHED = "crashed"

    @property
    def exit_code(self) -> int:
        return 0 if self in (Reason.STOPPED, Reason.BROKER_CHANGED) else 1


_THE_BROKERS_FAULT = (Reason.NOT_ASSIGNED, Reason.NO_PROGRESS)
"""What is no wonder while there is no broker."""


class Patience(msgspec.Struct, frozen=True):
    """How long, in seconds, things may take before something must be wrong."""

    assignment: float = 60
    progress: float = 60
    look_every: float = 1


class Watchdog:
    """Looks into Postgres, which knows on every broker what is not done."""

    def __init__(
        self,
        desk: Desk,
        epoch: UUID,
        topics: Iterable[Topic],
        *,
        answers: Callable[[], Awaitable[bool]],
        patience: Patience | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desk = desk
        self._epoch = epoch
        self._answers = answers
        self._patience = patience or Patience()
        self._seconds = seconds
        self._assigned = False
        self._logs = {topic: LOG_OF[topic] for topic in topics}
        self.begin_anew()
        self._oldest: dict[Topic, int | None] = dict.fromkeys(self._logs)

    def assigned(self) -> None:
        self._assigned = True

    def progressed(self, topic: Topic) -> None:
        """A batch of this topic was finished and acknowledged."""
        self._progressed_at[topic] = self._seconds()

    def begin_anew(self) -> None:
        """Forget how long things have taken."""
        self._began = self._seconds()
        self._progressed_at = dict.fromkeys(self._logs, self._began)

    async def watch(self) -> Reason:
        """Returns when the worker must leave, with the reason."""
        while True:
            await asyncio.sleep(self._patience.look_every)
            try:
                reason = await self.look()
            except Exception as error:
                # Without Postgres nothing can be judged, and nothing can be done either.
                if judge(error) is not Verdict.PASSES:
                    raise
                continue
            if reason in _THE_BROKERS_FAULT and not await self._answers():
                # Another process would have to wait for the broker just the same.
                log.warning("broker_unreachable", instead_of=reason)
                self.begin_anew()
            elif reason is not None:
                return reason

    async def look(self) -> Reason | None:
        """One look; nothing: all is well."""
        async with self._desk.transaction_across_accounts(
            reason="the watchdog asks what no worker has done"
        ) as tx:
            if await current_epoch(tx) != self._epoch:
                return Reason.BROKER_CHANGED
            if not self._assigned:
                late = self._seconds() - self._began > self._patience.assignment
                return Reason.NOT_ASSIGNED if late else None
            for topic, of in self._logs.items():
                oldest = await oldest_in_flight(tx, of, seconds=self._patience.progress)
                if oldest is None or oldest != self._oldest[topic]:
                    # Somebody moves on, if not this worker then another one.
                    self._oldest[topic] = oldest
                    self._progressed_at[topic] = self._seconds()
                elif self._seconds() - self._progressed_at[topic] > self._patience.progress:
                    log.error("no_progress", topic=topic.value, oldest=oldest)
                    return Reason.NO_PROGRESS
        return None
