"""What the numbers mean: `python -m warehouse.definitions list`, or `diff NAME V1 V2`."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from desk.settings import Settings, SettingsError
from desk.words.errors import DeskError, NotFound
from desk.words.ids import AccountId
from warehouse.freshness import Snapshot
from warehouse.lake import Lake
from warehouse.literals import literal
from warehouse.metrics.catalogue import EARLIER, METRICS, metric_of
from warehouse.metrics.dimensions import LABEL
from warehouse.metrics.metric import Better, Dimension, Metric, Totals, Unit
from warehouse.report import credited, values_sql

_SHOWN = {
    Unit.COUNT: ("n",),
    Unit.SECONDS: ("n", "median", "p90", "mean"),
    Unit.SHARE: ("n", "share"),
}
_UNITS = {Unit.COUNT: "a count", Unit.SECONDS: "seconds", Unit.SHARE: "a share"}
_BETTER = {
    Better.HIGHER: "higher is better",
    Better.LOWER: "lower is better",
    Better.NEITHER: "neither way is better",
}
_TOTALS = {
    Totals.SUM: "longer periods add up shorter ones",
    Totals.RECOMPUTE: "every period is computed from its own facts",
    Totals.STANDING: "what stands at the end of a period",
}


class Month(NamedTuple):
    """What two definitions make of one month; absent where one of them counts nothing."""

    month: date
    first: dict[str, Any] | None
    second: dict[str, Any] | None
    part: object = None
    """The agent, team or other part it is of, if it was asked by one."""

    @property
    def same(self) -> bool:
        return self.first == self.second


def compare(
    lake: Lake,
    first: Metric,
    second: Metric,
    account: AccountId | None = None,
    *,
    by: Dimension | None = None,
    snapshot: Snapshot | None = None,
) -> list[Month]:
    """Both over all history, month by month, of one account or of all together."""
    snapshot = snapshot or lake.snapshot()
    one, other = (_by_month(lake, metric, account, by, snapshot) for metric in (first, second))
    return [
        Month(month, one.get((month, part)), other.get((month, part)), part)
        for month, part in sorted(one.keys() | other.keys(), key=_in_order)
    ]


def print_metrics(metrics: Sequence[Metric], out: TextIO) -> None:
    """Every metric with what it counts, in the words its readers see."""
    console = Console(file=out, highlight=False)
    for metric in metrics:
        console.print(Text.assemble((metric.name, "bold"), f"  {metric.definition}"))
        console.print(_indented(metric.counts))
        by = ", ".join(dimension.name for dimension in metric.by)
        for line in (
            f"{_UNITS[metric.unit]}, {_BETTER[metric.better]}; dated by {metric.at}; "
            f"{_TOTALS[metric.totals]}",
            f"by {by}",
        ):
            console.print(_indented(line, "dim"))
        console.print()


def print_difference(
    months: Sequence[Month],
    first: Metric,
    second: Metric,
    out: TextIO,
    *,
    by: Dimension | None = None,
) -> None:
    """What both say, and a row a month with a mark where they are not the same."""
    console = Console(file=out, highlight=False)
    what = f", {_UNITS[first.unit]}, dated by {first.at}"
    console.print(Text.assemble((first.title, "bold"), what))
    for metric in [first] if first == second else [first, second]:
        console.print(_indented(f"v{metric.version}: {metric.counts}"))
    if not months:
        console.print(Text("Neither counts anything there.", "dim"))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("month")
    if by is not None:
        table.add_column(by.name, justify="right")
    for metric in (first, second):
        for name in _SHOWN[metric.unit]:
            table.add_column(f"v{metric.version} {name}", justify="right", no_wrap=True)
    table.add_column("")
    for month in months:
        cells = [
            _cell((values or {}).get(name), name)
            for metric, values in ((first, month.first), (second, month.second))
            for name in _SHOWN[metric.unit]
        ]
        of = [] if by is None else [_cell(month.part, "")]
        table.add_row(f"{month.month:%Y-%m}", *of, *cells, "" if month.same else "≠")
    console.print(table)
    differ = sum(not month.same for month in months)
    rows = "months" if by is None else "rows"
    console.print(Text(f"{differ} of {len(months)} {rows} differ", "dim"))


def dimension_of(metric: Metric, name: str) -> Dimension:
    """One of the metric's dimensions by its name; raises NotFound."""
    for dimension in metric.by:
        if dimension.name == name:
            return dimension
    there_are = ", ".join(dimension.name for dimension in metric.by)
    raise NotFound(
        "dimension_not_found", f"{metric.name} is not told by {name}, but by {there_are}."
    )


Part = tuple[date, object]


def _in_order(key: Part) -> tuple[object, ...]:
    month, part = key
    return (month, part is not None, str(part).rjust(20))


def _by_month(
    lake: Lake, metric: Metric, account: AccountId | None, by: Dimension | None, snapshot: Snapshot
) -> dict[Part, dict[str, Any]]:
    whose = "true" if account is None else f"account_id = {literal(int(account))}"
    keep = metric.keep.format(as_of=literal(snapshot.read_at))
    source = credited(metric, f"lake.facts.{metric.fact} at (version => {snapshot.id})")
    if by is LABEL:
        source = f"(select *, unnest(label_ids) as {LABEL.name} from {source})"
    found = lake.result(
        f"""select date_trunc('month', day)::date as month, {by.sql if by else "null"} as part,
                   {values_sql(metric, business=False)}
            from {source} where {whose} and ({keep}) group by 1, 2"""
    )
    names = [name for name, _ in found.columns][2:]
    months: dict[Part, dict[str, Any]] = {
        (row[0], row[1]): dict(zip(names, row[2:], strict=True)) for row in found.rows
    }
    return _standing(months) if metric.totals is Totals.STANDING and months else months


def _standing(changes: dict[Part, dict[str, Any]]) -> dict[Part, dict[str, Any]]:
    """What stands at the end of each month, from the changes in each."""
    first, last = min(month for month, _ in changes), max(month for month, _ in changes)
    stands: dict[Part, dict[str, Any]] = {}
    for part in {part for _, part in changes}:
        n, month = 0, first
        while month <= last:
            n += changes.get((month, part), {"n": 0})["n"]
            stands[month, part] = {"n": n}
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return stands


def _indented(line: str, style: str = "") -> Padding:
    return Padding(Text(line, style), (0, 0, 0, 2))


def _cell(value: object, name: str) -> str:
    if value is None:
        return "—"
    if isinstance(value, float):
        return f"{value:.2%}" if name == "share" else f"{value:,.1f}"
    return f"{value:,}" if name and isinstance(value, int) else str(value)


def main() -> None:
    parser = argparse.ArgumentParser(prog="desk metrics", description="What the numbers mean.")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="every metric and its definition")
    listing.add_argument("name", nargs="*", help="these metrics only, with earlier versions")
    diff = commands.add_parser("diff", help="two definitions of a metric over all history")
    diff.add_argument("name")
    diff.add_argument("first", type=version, help="a version: 1 or v1")
    diff.add_argument("second", type=version, help="another")
    diff.add_argument("--account", type=int, help="one account's only")
    diff.add_argument("--by", help="apart by agent_id, team_id, inbox_id, channel or another")
    arguments = parser.parse_args()
    try:
        if arguments.command == "list":
            print_metrics(_named(arguments.name), sys.stdout)
        else:
            _print_diff(arguments)
    except SettingsError as error:
        sys.exit(str(error))
    except DeskError as error:
        sys.exit(error.sentence)


def _named(names: Sequence[str]) -> list[Metric]:
    if not names:
        return [*METRICS]
    return [
        one
        for name in names
        for one in (metric_of(name), *(old for old in EARLIER if old.name == name))
    ]


def _print_diff(arguments: argparse.Namespace) -> None:
    first = metric_of(arguments.name, arguments.first)
    second = metric_of(arguments.name, arguments.second)
    by = dimension_of(first, arguments.by) if arguments.by else None
    settings = Settings.from_environment(os.environ)
    account = None if arguments.account is None else AccountId(arguments.account)
    months = compare(Lake.reader(settings.storage), first, second, account, by=by)
    print_difference(months, first, second, sys.stdout, by=by)


def version(word: str) -> int:
    return int(word.removeprefix("v"))


if __name__ == "__main__":
    main()
