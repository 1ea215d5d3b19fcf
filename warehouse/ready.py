"""Brings what was asked for lately to each new snapshot first, and then lets it be seen."""

import threading
from collections.abc import Callable
from time import monotonic

import duckdb
import structlog

from desk.settings import Storage
from desk.words.errors import Transient
from warehouse.following import Following
from warehouse.freshness import Snapshot
from warehouse.held import Held, Key

LATELY = 180.0
"""For so many seconds after a question an account is kept ready for the next one."""

LONGEST = 4.0
"""Seconds that a new snapshot waits at most; the next question brings what is still to be done."""

_NOT_AGAIN_WITHIN = 600.0
"""A large table that had to make room is not copied again sooner."""


class Ready:
    """Keeps a process's copies ready in the background."""

    def __init__(self, storage: Storage, held: Held, take: Callable[[Key, int], None]) -> None:
        self._held = held
        self._take = take
        self._asked: dict[int, float] = {}
        self._begun: dict[Key, float] = {}
        self._wanted = threading.Event()
        self._stop = threading.Event()
        self._busy = False
        self._following = Following(storage, self._moved_on)
        threading.Thread(target=self._take_large, name="lake-copying", daemon=True).start()

    def newest(self) -> Snapshot | None:
        """The newest snapshot that may be seen, or nothing while it is not known for certain."""
        return self._following.newest()

    def was_asked(self, account: int) -> None:
        """Somebody reads this account's numbers."""
        self._asked[account] = monotonic()

    def is_wanted(self) -> None:
        """Something was asked of the lake that could be held."""
        self._wanted.set()

    def is_copying(self) -> bool:
        """Is something large still being copied, or about to be?"""
        return self._busy or self._wanted.is_set()

    def stop(self) -> None:
        """Let the threads end."""
        self._stop.set()
        self._following.stop()
        self._wanted.set()

    def _moved_on(self, snapshot: Snapshot) -> None:
        began = monotonic()
        lately = sorted(self._asked.items(), key=lambda one: -one[1])
        for account, at in lately:
            if began - at > LATELY:
                self._asked.pop(account, None)
            elif monotonic() - began < LONGEST and not self._stop.is_set():
                try:
                    self._held.carry_on(account, snapshot.id)
                except (duckdb.Error, Transient) as error:
                    # The next question does it itself, and says what is wrong.
                    structlog.get_logger().warning(
                        "lake_not_carried_on", account=account, error=type(error).__name__
                    )

    def _take_large(self) -> None:
        while not self._stop.is_set():
            self._busy = False
            self._wanted.wait()
            self._busy = True
            self._wanted.clear()
            for key in self._held.too_large():
                newest = self.newest()
                began = monotonic()
                if (
                    self._stop.is_set()
                    or newest is None
                    or began - self._begun.get(key, -_NOT_AGAIN_WITHIN) < _NOT_AGAIN_WITHIN
                ):
                    continue
                self._begun[key] = began
                try:
                    self._take(key, newest.id)
                except (duckdb.Error, Transient) as error:
                    structlog.get_logger().warning(
                        "lake_not_copied", table=key[0], error=type(error).__name__
                    )
