"""The `desk` command: runs a desk on one machine, looks at it, and starts its parts alone."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from desk.local.doctor import Verdict, examine
from desk.local.environment import ROOT, Options, alone
from desk.local.home import Home
from desk.local.inspection import HEALTHY, down, is_healthy, status
from desk.local.processes import PROCESSES, Process
from desk.local.refusal import Refusal
from desk.local.up import up
from desk.version import VERSION

HomeOption = Annotated[
    Path,
    typer.Option("--home", envvar="STREAMDESK_HOME", help="The folder that holds the desk."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DEFAULT_HOME = Path("~/.streamdesk")

NameArgument = Annotated[
    str,
    typer.Argument(envvar="STREAMDESK_PROCESS", help="A process of `desk up`, such as relay."),
]

PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def describe() -> None:
    """Customer support whose inbox is instant and whose numbers can be trusted."""


@cli.command("version")
def print_version() -> None:
    """Print the version."""
    print(VERSION)


@cli.command("up")
def run_up(
    home: HomeOption = DEFAULT_HOME,
    port: Annotated[int, typer.Option(help="The inbox's port; all others are picked.")] = 3000,
    demo: Annotated[bool, typer.Option("--demo", help="With made-up companies at work.")] = False,
    demo_rate: Annotated[float, typer.Option(min=0, help="Live messages per second.")] = 1.0,
    demo_days: Annotated[int, typer.Option(min=0, help="Days of made-up history.")] = 90,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open nothing.")] = False,
) -> None:
    """Start everything and keep it running until Ctrl-C."""
    options = Options(
        home=home,
        port=port,
        demo=demo,
        demo_rate=demo_rate,
        demo_days=demo_days,
        browser=not no_browser,
    )
    up(options, os.environ, Console())


@cli.command("status")
def print_status(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Say what runs and how it is; the exit code is 0 only if all is healthy."""
    run = status(Home(home))
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(run)).decode())
    else:
        table = Table("process", "number", "port", "health", box=None)
        for process in run["processes"]:
            colour = "green" if process["health"] == HEALTHY else "red"
            table.add_row(
                process["name"],
                str(process["pid"] or ""),
                str(process["port"] or ""),
                f"[{colour}]{process['health']}[/]",
            )
        Console().print(table)
    if not is_healthy(run):
        raise typer.Exit(1)


@cli.command("down")
def run_down(home: HomeOption = DEFAULT_HOME) -> None:
    """Stop the desk that runs in this home."""
    down(Home(home))
    print("Stopped.")


@cli.command("doctor")
def print_findings(
    home: HomeOption = DEFAULT_HOME,
    port: Annotated[int, typer.Option(help="The port wanted for the inbox.")] = 3000,
) -> None:
    """Say what this machine has, what it lacks, and what to set instead."""
    marks = {Verdict.GOOD: "[green]✓[/]", Verdict.MISSING: "[yellow]–[/]", Verdict.BAD: "[red]✗[/]"}
    findings = examine(Home(home), port, os.environ)
    table = Table(box=None, show_header=False)
    for finding in findings:
        table.add_row(marks[finding.verdict], finding.what, finding.sentence)
    Console().print(table)
    if any(finding.verdict is Verdict.BAD for finding in findings):
        raise typer.Exit(1)


@cli.command("sql")
def run_sql(
    query: Annotated[str, typer.Argument(help="One statement that reads.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Read the lake."""
    _run_module("warehouse.sql", [*(["--json"] if as_json else []), query], home)


@cli.command("metrics", context_settings=PASS_ON)
def run_metrics(context: typer.Context, home: HomeOption = DEFAULT_HOME) -> None:
    """What the numbers mean: `list`, or `diff NAME V1 V2` for two definitions of one."""
    _run_module("warehouse.definitions", context.args, home)


@cli.command("sync")
def run_sync(home: HomeOption = DEFAULT_HOME) -> None:
    """Bring the lake up to date with the database now."""
    _run_module("assets.sync", [], home)


@cli.command("cleanup")
def run_cleanup(
    home: HomeOption = DEFAULT_HOME,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would go.")] = False,
) -> None:
    """Delete now what the retention settings no longer keep; Dagster does it every night."""
    _run_module("assets.cleanup.now", ["--dry-run"] if dry_run else [], home)


@cli.command("seed")
def run_seed(
    scale: Annotated[str, typer.Option("--scale", help="one, one-small or tenants.")],
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Fill a desk with as much as a large company or a host of many has; starts its Postgres."""
    at_rest = Home(home).holder() is None and not os.environ.get("DATABASE_URL")
    environment = (
        {**os.environ, "STREAMDESK_HOME": str(home)} if at_rest else _environment_of(Home(home))
    )
    line = [sys.executable, "-m", "desk.local.scale.main", scale]
    raise typer.Exit(subprocess.run(line, cwd=ROOT, env=environment, check=False).returncode)


@cli.command("platform-app")
def run_platform_app(
    name: Annotated[str, typer.Argument(help="What the program is called.")],
    home: HomeOption = DEFAULT_HOME,
    renew: Annotated[bool, typer.Option("--renew", help="Another token for one there is.")] = False,
) -> None:
    """Let a program use the platform API, and print its token."""
    _run_module("desk.local.platform_app", [name, *(["--renew"] if renew else [])], home)


@cli.command("restored")
def run_restored(home: HomeOption = DEFAULT_HOME) -> None:
    """Tell a database that was restored from a dump that it lives in another cluster now."""
    _run_module("desk.migrations.restored", [], home)


@cli.command("parked", context_settings=PASS_ON)
def run_parked(context: typer.Context, home: HomeOption = DEFAULT_HOME) -> None:
    """Deal with what could not be processed: list, show ID, replay ID, drop ID."""
    _run_module("streams.parked", context.args, home)


@cli.command("worker")
def run_worker(
    name: NameArgument,
    home: Annotated[Path | None, typer.Option(help="Join the desk that runs in this home.")] = None,
) -> None:
    """Be one process of the desk, with the settings of the environment: the way of production."""
    process = _process(name)
    environment = alone(os.environ) if home is None else _environment_of(Home(home))
    if process.prepare is not None:
        process.prepare(environment)
    line = process.command(environment)
    os.chdir(ROOT)
    os.execve(line[0], line, environment)


@cli.command("health")
def look_at_worker(name: NameArgument) -> None:
    """Say whether the process started alone on this machine works; the exit code is 0 if so."""
    process = _process(name)

    async def look() -> bool:
        return await (process.health or process.ready)(alone(os.environ))

    well = asyncio.run(look())
    print(f"{name} is {HEALTHY if well else 'not well'}")
    if not well:
        raise typer.Exit(1)


def _process(name: str) -> Process:
    table = {process.name: process for process in PROCESSES if not process.embedded}
    process = table.get(name)
    if process is None:
        raise Refusal("unknown_worker", f"There is no {name}. There are: {', '.join(table)}.")
    return process


def _environment_of(home: Home) -> dict[str, str]:
    """The environment of the desk that runs in this home, or what the surroundings say."""
    if home.holder() is not None:
        return {**os.environ, **home.last_environment()}
    if not os.environ.get("DATABASE_URL"):
        raise Refusal(
            "not_running",
            f"No desk runs in {home.folder}. Start it with: desk up --home {home.folder}, "
            "or set DATABASE_URL.",
        )
    return alone(os.environ)


def _run_module(name: str, arguments: list[str], home: Path) -> NoReturn:
    environment: Mapping[str, str] = _environment_of(Home(home))
    done = subprocess.run(
        [sys.executable, "-m", name, *arguments], cwd=ROOT, env=environment, check=False
    )
    raise typer.Exit(done.returncode)


def main() -> None:
    """The entry point: errors are sentences."""
    try:
        cli()
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
