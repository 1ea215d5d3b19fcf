"""Chatwoot's numbers of accounts with few rows: read once for all times, added up in Python."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from warehouse.calendars import microseconds
from warehouse.chatwoot.window import Window
from warehouse.few import AT_ONCE, FEW
from warehouse.view import View

ALWAYS = Window(datetime(1970, 1, 2, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC))
"""Every event there is."""

FEW_ASKED = 3_000
"""So many rows are added up at a time; of more DuckDB makes quicker work."""


class Happened(Struct, frozen=True):
    """What happened and when, in order."""

    instants: list[int]
    rows: list[tuple[Any, ...]]
    too_many: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def within(self, window: Window) -> range | None:
        """Which of the rows are of the window; nothing if they are too many."""
        first = bisect_left(self.instants, microseconds(window.since))
        last = bisect_left(self.instants, microseconds(window.until))
        return range(first, last) if last - first <= FEW_ASKED else None


def happened(view: View, labels: Sequence[str], rows: Callable[[], str]) -> Happened | None:
    """What a query says, the instant in microseconds first, if its tables are so small."""
    sizes = [view.lake.rows_in(view.of(label)) for label in labels]
    size = sum(one for one in sizes if one is not None)
    if None in sizes or size > FEW:
        return None
    question = ("happened", rows())
    if size > AT_ONCE and view.lake.is_new(question):
        return None
    found = view.lake.remembered(question, lambda: _read(view, rows()))
    return None if found.too_many else found


def _read(view: View, sql: str) -> Happened:
    rows = view.lake.rows(f"{sql} order by 1 limit {FEW + 1}")
    if len(rows) > FEW:
        return Happened([], [], too_many=True)
    return Happened([row[0] for row in rows], [row[1:] for row in rows])


def by_bucket(
    found: Happened, window: Window, starts: Sequence[datetime]
) -> dict[tuple[str, int], tuple[int, float | None]] | None:
    """How many and on average how much, by metric and the number of the bucket."""
    asked = found.within(window)
    if asked is None:
        return None
    since = [microseconds(start) for start in starts]
    counts: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for number in asked:
        metric, value = found.rows[number]
        cell = counts[metric, bisect_right(since, found.instants[number]) - 1]
        cell[0] += 1
        if value is not None:
            cell[1] += 1
            cell[2] += value
    return {
        key: (n, total / valued if valued else None) for key, (n, valued, total) in counts.items()
    }
