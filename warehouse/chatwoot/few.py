"""Chatwoot's numbers of accounts that are not large: read once for all times, then looked up."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from msgspec import Struct

from warehouse.calendars import microseconds
from warehouse.chatwoot.window import Window
from warehouse.few import AT_ONCE
from warehouse.view import View

ALWAYS = Window(datetime(1970, 1, 2, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC))
"""Every event there is."""

MOST = 100_000
"""So many rows of an account are kept."""

PAYS_AFTER = 15_000
"""Rows that are read for each question that was asked of the same state before."""

_OF_A_ROW = 5
"""So many of these rows take the memory of one that is remembered as it came."""

Measured = tuple[int, float | None]


class Course(Struct, frozen=True):
    """When something happened, in order, and how much it came to until then."""

    instants: "array[int]"
    valued: "array[int]"
    sums: list[int]

    def between(self, since: int, until: int) -> Measured:
        """How many, and on average how much."""
        return self.from_to(bisect_left(self.instants, since), bisect_left(self.instants, until))

    def from_to(self, first: int, last: int) -> Measured:
        """The same between two places in the order."""
        valued = self.valued[last] - self.valued[first]
        return last - first, (self.sums[last] - self.sums[first]) / valued if valued else None


class Courses(Struct, frozen=True):
    """Everything that happened, each thing by itself."""

    of: dict[tuple[Any, ...], Course]
    rows: int
    too_many: bool = False

    def __len__(self) -> int:
        return self.rows // _OF_A_ROW

    def within(self, window: Window) -> dict[tuple[Any, ...], Measured]:
        """What happened in a window at all."""
        since, until = microseconds(window.since), microseconds(window.until)
        found = ((what, course.between(since, until)) for what, course in self.of.items())
        return {what: measured for what, measured in found if measured[0]}

    def by_bucket(
        self, window: Window, starts: Sequence[datetime]
    ) -> dict[tuple[str, int], Measured]:
        """What happened in each bucket, by the name of it and the number of the bucket."""
        until = microseconds(window.until)
        bounds = [microseconds(at) for at in starts]
        bounds[0] = max(bounds[0], microseconds(window.since))
        bounds.append(until)
        found: dict[tuple[str, int], Measured] = {}
        for (what,), course in self.of.items():
            places = [bisect_left(course.instants, bound) for bound in bounds]
            if places[0] < places[-1]:
                found |= {
                    (what, number): course.from_to(first, last)
                    for number, (first, last) in enumerate(pairwise(places))
                    if first < last
                }
        return found


def courses(view: View, labels: Sequence[str], rows: Callable[[], str]) -> Courses | None:
    """What a query says, the instant in microseconds first and the value last, if that pays."""
    sizes = [view.lake.rows_in(view.of(label)) for label in labels]
    size = sum(one for one in sizes if one is not None)
    if None in sizes or size > MOST:
        return None
    question = ("courses", rows())
    if size > AT_ONCE and view.lake.times_heard(question) <= size // PAYS_AFTER + 1:
        return None
    found = view.lake.remembered(question, lambda: _read(view, rows()))
    return None if found.too_many else found


def _read(view: View, sql: str) -> Courses:
    rows = view.lake.rows(f"{sql} order by 1 limit {MOST + 1}")
    if len(rows) > MOST:
        return Courses({}, 0, too_many=True)
    found: dict[tuple[Any, ...], Course] = {}
    for instant, *what, value in rows:
        course = found.setdefault(tuple(what), Course(array("q"), array("q", [0]), [0]))
        course.instants.append(instant)
        course.valued.append(course.valued[-1] + (value is not None))
        course.sums.append(course.sums[-1] + (value or 0))
    return Courses(found, len(rows))
