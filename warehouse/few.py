"""Aggregates an account's facts in Python where they are so few that SQL would take longer.

DuckDB needs most of a millisecond to understand a question; Postgres has answered it by then. What
is counted, and by which condition, is still the metric's SQL: it runs once for all days, and only
the days asked for are added up here, in the same way and to the last digit.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import add, sub
from typing import Any

from msgspec import Struct

from warehouse.lake import Lake
from warehouse.metrics.dimensions import HOUR, LABEL
from warehouse.metrics.metric import Dimension, Metric, Totals, Unit
from warehouse.period import Every, Period

FEW = 20_000
"""So many rows are kept to be added up here."""

AT_ONCE = 2_000
"""In a table of more rows only from the second question on: the first may be the last of its state."""

FEW_ASKED = 1_500
"""So many of them at a time; of more DuckDB makes quicker work."""

MOST_ADDED = 400_000
"""In so many rows of a table days are added up beforehand, though one of them alone is asked for."""

MICROSECONDS = 1_000_000

Chosen = list[tuple[Dimension, tuple[int, ...] | tuple[str, ...]]]
Line = tuple[Any, ...]


class Facts(Struct, frozen=True):
    """What is counted, of all days and in their order."""

    days: list[date]
    rows: list[Line]
    """The dimensions asked by, then those that are chosen from, then what is counted."""
    kinds: list[str]
    """The SQL types of the dimensions asked by."""
    sums: "list[tuple[Line, list[date], list[Line]]]"
    """Where it adds up: of each group its days, and what it came to until each of them."""
    too_many: bool = False

    def __len__(self) -> int:
        return len(self.rows)


def facts_among(lake: Lake, size: int, source: str, where: str, how: "How") -> Facts | None:
    """What a metric counts in a source of a size, read once for all days, if that pays."""
    sql = (
        f"select {how.columns} from {source} where {where} "
        f"{'group by all ' if how.adds_up else ''}order by day limit {FEW + 1}"
    )
    question = ("few", len(how.by), sql)
    if size > AT_ONCE and lake.times_heard(question) == 1:
        return None
    facts = lake.remembered(question, lambda: _read(lake, sql, how))
    return None if facts.too_many else facts


def _read(lake: Lake, sql: str, how: "How") -> Facts:
    found = lake.result(sql)
    width = len(how.by)
    kinds = [kind.removesuffix("[]") for _, kind in found.columns[1 : width + 1]]
    if len(found.rows) > FEW:
        return Facts([], [], kinds, [], too_many=True)
    days, rows = [row[0] for row in found.rows], [row[1:] for row in found.rows]
    sums = _summed_up(days, rows, width) if how.has_sums else []
    return Facts(days, rows, kinds, sums)


def _summed_up(
    days: list[date], rows: list[Line], width: int
) -> list[tuple[Line, list[date], list[Line]]]:
    groups: dict[Line, tuple[list[date], list[Line]]] = {}
    for day, row in zip(days, rows, strict=True):
        values = row[width:]
        group = groups.setdefault(row[:width], ([], [(0,) * len(values)]))
        group[0].append(day)
        group[1].append(tuple(map(add, group[1][-1], values)))
    return [(key, *groups[key]) for key in sorted(groups, key=_order)]


class How(Struct, frozen=True):
    """How a metric is counted: split by what, of which facts, and from a mart's column or not."""

    metric: Metric
    by: tuple[Dimension, ...]
    chosen: Chosen
    mart: str
    """The mart that holds the sums, if one does."""
    business: bool

    @property
    def adds_up(self) -> bool:
        """A period's value is the sum of its days'."""
        return self.metric.unit is not Unit.SECONDS and not self.metric.distinct

    def suits(self, rows: int) -> bool:
        """May all days of a table with so many rows be added up before one is asked for?"""
        return rows <= FEW or (self.adds_up and rows <= MOST_ADDED and HOUR not in self.by)

    @property
    def has_sums(self) -> bool:
        """So it is, and each fact is in one group at most."""
        return self.adds_up and not self.chosen and LABEL not in self.by

    @property
    def columns(self) -> str:
        """The day, the dimensions, and what is counted."""
        dimensions = [*self.by, *(dimension for dimension, _ in self.chosen)]
        names = ["label_ids" if one is LABEL else one.sql for one in dimensions]
        return ", ".join(["day", *names, self._counted])

    @property
    def _counted(self) -> str:
        metric = self.metric
        if self.mart:
            return f"sum({metric.column})::bigint"
        match metric.unit:
            case Unit.COUNT if metric.totals is Totals.STANDING:
                return f"sum({metric.value})::bigint"
            case Unit.COUNT:
                return metric.distinct or "count(*)::bigint"
            case Unit.SHARE:
                return f"count(*)::bigint, count(*) filter ({metric.value})::bigint"
            case Unit.SECONDS:
                value = metric.business if self.business else metric.value
                # As wide as it gets: eleven days in microseconds are more than its own type holds.
                return f"(({value})::decimal(38, 6) * {MICROSECONDS})::bigint"


def lines(facts: Facts, how: How, period: Period, every: Every | None) -> list[Line] | None:
    """Each group's dimensions, its bucket and its values, in order; nothing if it is too much."""
    by = how.by
    standing = how.metric.totals is Totals.STANDING
    if every is None and how.has_sums:
        return _from_sums(facts, how, period)
    asked = _asked(facts, period, standing=standing)
    if asked is None:
        return None
    if every is Every.DAY and how.adds_up and not standing and not (by or how.chosen):
        # There is one row for each day.
        if how.metric.unit is Unit.COUNT:
            return [(facts.days[number], *facts.rows[number]) for number in asked]
        return [(facts.days[number], *_share([facts.rows[number]])) for number in asked]
    groups: dict[Line, list[Line]] = {}
    width = len(by)
    value = width + len(how.chosen)
    where = _where(how)
    label = next((number for number, one in enumerate(by) if one is LABEL), None)
    labels = next((values for at, values, is_label in where if is_label), None)
    plain = every is None and label is None
    bucket = _bucketed(period, every, standing=standing)
    for number in asked:
        row = facts.rows[number]
        if where and not _fits(row, where):
            continue
        if plain:
            groups.setdefault(row[:width], []).append(row[value:])
            continue
        for key in _keys(row[:width], label, labels):
            groups.setdefault(key + bucket(facts.days[number]), []).append(row[value:])
    if not by and every is None:
        groups.setdefault((), [])
    values = _values(how.metric)
    return [key + values(groups[key]) for key in sorted(groups, key=_order)]


def _from_sums(facts: Facts, how: How, period: Period) -> list[Line]:
    standing = how.metric.totals is Totals.STANDING
    values = _values(how.metric)
    found: list[Line] = []
    for key, days, sums in facts.sums:
        first = 0 if standing else bisect_left(days, period.start)
        last = bisect_left(days, period.end)
        if first < last:
            found.append(key + values([tuple(map(sub, sums[last], sums[first]))]))
    return found if found or how.by else [values([])]


def spread(
    facts: Facts, how: How, period: Period, edges: Sequence[int]
) -> list[tuple[int, int]] | None:
    """How many durations lie in each band between the edges; nothing if it is too much."""
    asked = _asked(facts, period, standing=False)
    if asked is None:
        return None
    limits = [edge * MICROSECONDS for edge in edges]
    where = _where(how)
    rows = (facts.rows[number] for number in asked)
    counts = Counter(
        bisect_right(limits, row[-1])
        for row in rows
        if row[-1] is not None and (not where or _fits(row, where))
    )
    return [(band, counts[band]) for band in range(len(edges) + 1)]


def fill(
    found: Sequence[Line], width: int, metric: Metric, period: Period, every: Every
) -> list[Line]:
    """Every bucket of the period for every group, in order; what stands is carried along."""
    at = {line[: width + 1]: line[width + 1 :] for line in found}
    groups = dict.fromkeys(line[:width] for line in found) if width else {(): None}
    nothing = _values(metric)([])
    standing = metric.totals is Totals.STANDING
    buckets = list(period.buckets(every))
    if not width and not standing:
        lines_at = {line[0]: line for line in found}
        return [lines_at.get(bucket) or (bucket, *nothing) for bucket in buckets]
    filled: list[Line] = []
    for group in groups:
        stands = 0
        for bucket in buckets:
            key = (*group, bucket)
            values = at.get(key, nothing)
            if standing:
                stands += values[0]
                values = (stands,)
            filled.append(key + values)
    return filled


def _asked(facts: Facts, period: Period, *, standing: bool) -> range | None:
    """Which of the rows are of the period; nothing if they are too many."""
    first = 0 if standing else bisect_left(facts.days, period.start)
    last = bisect_left(facts.days, period.end)
    return range(first, last) if last - first <= FEW_ASKED else None


def _where(how: How) -> list[tuple[int, set[Any], bool]]:
    return [
        (len(how.by) + number, set(values), dimension is LABEL)
        for number, (dimension, values) in enumerate(how.chosen)
    ]


def _fits(row: Line, where: list[tuple[int, set[Any], bool]]) -> bool:
    return all(
        not values.isdisjoint(row[at]) if is_label else row[at] in values
        for at, values, is_label in where
    )


def _bucketed(
    period: Period, every: Every | None, *, standing: bool
) -> Callable[[date], tuple[date, ...]]:
    if every is None:
        return lambda _: ()
    if standing:
        return lambda day: (every.start(max(day, period.start)),)
    return lambda day: (every.start(day),)


def _keys(key: Line, label: int | None, labels: set[Any] | None) -> Iterator[Line]:
    if label is None:
        yield key
        return
    for one in key[label]:
        if labels is None or one in labels:
            yield (*key[:label], one, *key[label + 1 :])


def _order(group: Line) -> list[tuple[bool, Any]]:
    return [(part is None, 0 if part is None else part) for part in group]


def _values(metric: Metric) -> Callable[[list[Line]], Line]:
    match metric.unit:
        case Unit.COUNT:
            return _distinct if metric.distinct else _sum
        case Unit.SHARE:
            return _share
        case Unit.SECONDS:
            return _seconds


def _sum(found: list[Line]) -> Line:
    return (sum(value for (value,) in found),)


def _distinct(found: list[Line]) -> Line:
    return (len({value for (value,) in found} - {None}),)


def _share(found: list[Line]) -> Line:
    n, good = (sum(pair[side] for pair in found) for side in (0, 1))
    return n, good, good / n if n else None


def _seconds(found: list[Line]) -> Line:
    values = sorted(value for (value,) in found if value is not None)
    n = len(values)
    if not n:
        return 0, None, None, None
    return n, sum(values) / MICROSECONDS / n, _quantile(values, 0.5), _quantile(values, 0.9)


def _quantile(values: list[int], part: float) -> float:
    """Between the two nearest values, as DuckDB and Postgres have it."""
    at = (len(values) - 1) * part
    below = int(at)
    if at == below:
        return values[below] / MICROSECONDS
    share = at - below
    return (values[below] * (1.0 - share) + values[below + 1] * share) / MICROSECONDS
