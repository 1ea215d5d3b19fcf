"""What each fault cost, carried from the tests to the end of the run and printed there."""

from dataclasses import asdict, dataclass
from typing import Any

import pytest

PROPERTY = "kafka_fault"
UNTESTED = "APACHE KAFKA IS NOT TESTED HERE"


@dataclass(frozen=True)
class Cost:
    """One fault while customers wrote."""

    fault: str
    times: int
    messages: int
    lost: int
    twice: int
    longest_wait: float
    """Seconds, of the message that waited longest from being accepted to being stored."""


def note(request: pytest.FixtureRequest, cost: Cost) -> None:
    """Keep it for the table; it travels with the test's report, from whichever process."""
    request.node.user_properties.append((PROPERTY, asdict(cost)))


def tell(terminal: pytest.TerminalReporter) -> None:
    """Print the table, or the one loud line that there is none."""
    reports = [report for found in terminal.stats.values() for report in found]
    costs = [
        Cost(**value)
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == PROPERTY
    ]
    if costs:
        terminal.write_sep("=", "faults on Apache Kafka, two workers at work")
        terminal.write_line(_row("fault", "times", "events in", "lost", "twice", "longest pause"))
        for cost in costs:
            numbers = (cost.times, cost.messages, cost.lost, cost.twice)
            terminal.write_line(_row(cost.fault, *numbers, f"{cost.longest_wait:.1f} s"))
    reason = next((line for report in reports if (line := _untested(report))), None)
    if reason is not None:
        terminal.write_sep("!", reason, red=True, bold=True)


def _row(fault: str, *cells: object) -> str:
    return f"{fault:<48}" + "".join(f"{cell!s:>14}" for cell in cells)


def _untested(report: Any) -> str | None:
    where = getattr(report, "longrepr", None)
    if getattr(report, "skipped", False) and isinstance(where, tuple) and UNTESTED in where[2]:
        return str(where[2]).removeprefix("Skipped: ")
    return None
