"""Compares two definitions of a metric: `python -m warehouse.definitions diff NAME V1 V2`."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TextIO

from rich.console import Console
from rich.table import Table

from desk.settings import Settings, SettingsError
from desk.words.errors import DeskError
from desk.words.ids import AccountId
from warehouse.lake import Lake
from warehouse.literals import literal
from warehouse.metrics.catalogue import METRICS, metric_of
from warehouse.metrics.metric import Metric, Totals, Unit
from warehouse.report import values_sql

_SHOWN = {Unit.COUNT: ("n",), Unit.SECONDS: ("n", "median", "mean"), Unit.SHARE: ("n", "share")}


class Month(NamedTuple):
    """What two definitions make of one month; absent where one of them counts nothing."""

    month: date
    first: dict[str, Any] | None
    second: dict[str, Any] | None

    @property
    def same(self) -> bool:
        return self.first == self.second


def compare(
    lake: Lake, first: Metric, second: Metric, account: AccountId | None = None
) -> list[Month]:
    """Both over all history, month by month, of one account or of all together."""
    one, other = (_by_month(lake, metric, account) for metric in (first, second))
    return [
        Month(month, one.get(month), other.get(month))
        for month in sorted(one.keys() | other.keys())
    ]


def print_metrics(out: TextIO) -> None:
    """Every metric with what it counts, in the words its readers see."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("name", "version", "unit", "dated by", "totals", "counts"):
        table.add_column(column)
    for metric in METRICS:
        table.add_row(
            metric.name,
            str(metric.version),
            metric.unit,
            metric.at,
            metric.totals,
            metric.counts,
        )
    Console(file=out).print(table)


def print_difference(months: Sequence[Month], first: Metric, second: Metric, out: TextIO) -> None:
    """A row a month, with a mark where the two are not the same."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("month")
    for metric in (first, second):
        for name in _SHOWN[metric.unit]:
            table.add_column(f"v{metric.version} {name}", justify="right")
    table.add_column("")
    for month in months:
        cells = [
            _cell((values or {}).get(name))
            for metric, values in ((first, month.first), (second, month.second))
            for name in _SHOWN[metric.unit]
        ]
        table.add_row(f"{month.month:%Y-%m}", *cells, "" if month.same else "≠")
    console = Console(file=out)
    console.print(table)
    differ = sum(not month.same for month in months)
    console.print(f"[dim]{differ} of {len(months)} months differ[/dim]", highlight=False)


def _by_month(lake: Lake, metric: Metric, account: AccountId | None) -> dict[date, dict[str, Any]]:
    snapshot = lake.snapshot()
    whose = "true" if account is None else f"account_id = {literal(int(account))}"
    keep = metric.keep.format(as_of=literal(snapshot.read_at))
    found = lake.result(
        f"""select date_trunc('month', day)::date as month, {values_sql(metric, business=False)}
            from lake.facts.{metric.fact} at (version => {snapshot.id})
            where {whose} and ({keep}) group by month order by month"""
    )
    names = [name for name, _ in found.columns]
    months = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in found.rows}
    if metric.totals is Totals.STANDING:
        standing = 0
        for values in months.values():
            standing += values["n"]
            values["n"] = standing
    return months


def _cell(value: object) -> str:
    if value is None:
        return "—"
    return f"{value:,.3f}" if isinstance(value, float) else f"{value:,}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="desk metrics", description="What the numbers mean.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="every metric and its definition")
    diff = commands.add_parser("diff", help="two definitions of a metric over all history")
    diff.add_argument("name")
    diff.add_argument("first", type=int)
    diff.add_argument("second", type=int)
    diff.add_argument("--account", type=int, help="one account's only")
    arguments = parser.parse_args()
    if arguments.command == "list":
        print_metrics(sys.stdout)
        return
    try:
        first = metric_of(arguments.name, arguments.first)
        second = metric_of(arguments.name, arguments.second)
        settings = Settings.from_environment(os.environ)
        account = None if arguments.account is None else AccountId(arguments.account)
        months = compare(Lake.reader(settings.storage), first, second, account)
    except SettingsError as error:
        sys.exit(str(error))
    except DeskError as error:
        sys.exit(error.sentence)
    print_difference(months, first, second, sys.stdout)


if __name__ == "__main__":
    main()
