"""What `desk up` says: progress while starting, then the addresses, then whatever happens."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table

WAITING, STARTING, READY = "waiting", "starting", "ready"


class ConsoleReporter:
    """Tells a person at a terminal with a moving table, and a log file in plain lines."""

    def __init__(self, console: Console, names: list[str]) -> None:
        self.console = console
        self.states = dict.fromkeys(names, WAITING)
        self.seconds: dict[str, float] = {}
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if self.console.is_terminal:
            self._live = Live(
                console=self.console,
                get_renderable=self._progress,
                refresh_per_second=8,
                transient=True,
            )
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def say(self, sentence: str) -> None:
        """One line, as it is."""
        self.console.print(sentence, markup=False, highlight=False, soft_wrap=True)

    def started(self, name: str) -> None:
        self.states[name] = STARTING

    def ready(self, name: str, seconds: float) -> None:
        self.states[name] = READY
        self.seconds[name] = seconds
        if self._live is None:
            self.say(f"{name} is ready after {seconds:.1f} s")

    def ended(self, name: str, how: str, delay: float) -> None:
        self.say(f"{name} {how}; it is started again in {delay:.1f} s")

    def back(self, name: str, pid: int) -> None:
        self.say(f"{name} runs again as process {pid}")

    def too_big(self, name: str, megabytes: int) -> None:
        self.say(f"{name} has grown to {megabytes} MB and is started anew")

    def addresses(self, urls: Mapping[str, str | None], accounts: list[dict[str, Any]]) -> None:
        """Where to go, and as whom."""
        table = Table(show_header=False, box=None, padding=(0, 3, 0, 0))
        for name, url in urls.items():
            if url:
                table.add_row(name, url)
        self.console.print(table)
        people = [account["administrator"] for account in accounts if "administrator" in account]
        if people:
            self.say(f"Sign in as {people[0]['email']} with the password {people[0]['password']}")

    def _progress(self) -> Table:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for name, state in self.states.items():
            if state == STARTING:
                table.add_row(Spinner("dots"), name, "starting")
            elif state == READY:
                table.add_row("[green]✓[/]", name, f"[dim]{self.seconds[name]:.1f} s[/]")
            else:
                table.add_row("", f"[dim]{name}[/]", "")
        return table
