"""Answers kept for a moment, so that a busy client does not ask the database at every request."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST = 20_000


class Remembered(Generic[K, V]):
    """A small map whose entries are forgotten by themselves."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._kept: dict[K, tuple[float, V]] = {}

    def get(self, key: K) -> V | None:
        """The value, unless it is unknown or too old."""
        found = self._kept.get(key)
        if found is None or found[0] < self._clock():
            return None
        return found[1]

    def keep(self, key: K, value: V) -> V:
        """Remember the value, and give it back."""
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[key] = (self._clock() + self._seconds, value)
        return value

    def drop(self, value: V) -> None:
        """Drop the entries that hold this value."""
        for key in [key for key, (_, kept) in self._kept.items() if kept == value]:
            del self._kept[key]

    def clear(self) -> None:
        """Drop all entries."""
        self._kept.clear()

    def forget(self, *, where: Callable[[K], bool]) -> None:
        """Drop the entries whose key fits."""
        for key in [key for key in self._kept if where(key)]:
            del self._kept[key]
