"""Carries things to a receiver from a thread of its own, so that nobody ever waits for it."""

import queue
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

import structlog

T = TypeVar("T")
Deliver = Callable[[list[T]], None]

log = structlog.get_logger()

ROOM = 2000
MOST_TOGETHER = 500
SAY_EVERY_SECONDS = 60.0
REST_SECONDS = 1.0


class Courier(Generic[T]):
    """A bounded queue and its thread; what does not fit or cannot be delivered is counted."""

    def __init__(
        self,
        name: str,
        open_receiver: Callable[[], Deliver[T]],
        *,
        gather: float = 0,
        room: int = ROOM,
    ) -> None:
        self.name = name
        self.untold = 0
        """Dropped because there was no room, or because the receiver did not take them."""
        self._open = open_receiver
        self._gather = gather
        self._queue: queue.Queue[T] = queue.Queue(room)
        self._hurry = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._said_at = -SAY_EVERY_SECONDS

    def put(self, thing: T) -> None:
        """Never waits, never raises."""
        try:
            self._queue.put_nowait(thing)
        except queue.Full:
            self.untold += 1
        if self._thread is None:
            self._start()

    def flush(self, seconds: float) -> bool:
        """Wait at most so long until all is delivered; whether it is."""
        self._hurry.set()
        done = self._queue.all_tasks_done
        with done:
            return done.wait_for(lambda: not self._queue.unfinished_tasks, seconds)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._carry_for_ever, name=f"telling {self.name}", daemon=True
                )
                self._thread.start()

    def _carry_for_ever(self) -> None:
        deliver: Deliver[T] | None = None
        while True:
            batch = [self._queue.get()]
            if self._gather:
                self._hurry.wait(self._gather)
                self._hurry.clear()
            self._fill(batch)
            try:
                deliver = deliver or self._open()
                deliver(batch)
            except Exception as error:  # noqa: BLE001 - whatever it is, the desk goes on
                self.untold += len(batch)
                self._say(error)
                time.sleep(REST_SECONDS)
            for _ in batch:
                self._queue.task_done()

    def _fill(self, batch: list[T]) -> None:
        while len(batch) < MOST_TOGETHER:
            try:
                batch.append(self._queue.get_nowait())
            except queue.Empty:
                return

    def _say(self, error: Exception) -> None:
        now = time.monotonic()
        if now - self._said_at >= SAY_EVERY_SECONDS:
            self._said_at = now
            # The type alone: the sentence may hold the receiver's address, which is a secret.
            log.warning("not_told", receiver=self.name, error=type(error).__name__)
