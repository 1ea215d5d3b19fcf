"""The same trouble is told once in a while; what is kept back in between is counted."""

import time
from collections import deque
from collections.abc import Callable

MOST_KEYS = 1000


class Throttle:
    """Lets a key through once in so many seconds, and all keys together so often an hour."""

    def __init__(
        self,
        every: float,
        *,
        an_hour: int = 60,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._every = every
        self._an_hour = an_hour
        self._seconds = seconds
        self._last: dict[str, float] = {}
        self._kept_back: dict[str, int] = {}
        self._passed: deque[float] = deque()

    def passes(self, key: str) -> int | None:
        """How many like it were kept back before this one; nothing: this one is kept back, too."""
        now = self._seconds()
        while self._passed and now - self._passed[0] > 3600:
            self._passed.popleft()
        last = self._last.get(key)
        if len(self._passed) >= self._an_hour or (last is not None and now - last < self._every):
            self._kept_back[key] = self._kept_back.get(key, 0) + 1
            return None
        if len(self._last) >= MOST_KEYS:
            self._last.clear()
            self._kept_back.clear()
        self._last[key] = now
        self._passed.append(now)
        return self._kept_back.pop(key, 0)


class Rate:
    """Says yes when a key comes for more than the n-th time within so many seconds."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._times: dict[str, deque[float]] = {}

    def exceeds(self, key: str, over: int, within: float) -> bool:
        """Count this one; whether there are now more than `over` within `within` seconds."""
        if over <= 0:
            return True
        if len(self._times) >= MOST_KEYS:
            self._times.clear()
        times = self._times.setdefault(key, deque(maxlen=over + 1))
        now = self._seconds()
        times.append(now)
        return len(times) > over and now - times[0] <= within
