"""`desk up`: one desk, complete, until it is told to stop."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Mapping, Sequence

from rich.console import Console

from desk.clock import SystemClock
from desk.local.belonging import MARK
from desk.local.console import ConsoleReporter
from desk.local.environment import ROOT, Options, compose, table_for
from desk.local.home import Home, write_json
from desk.local.leftovers import clear_leftovers
from desk.local.ports import insist_on
from desk.local.processes import PROCESSES, Process
from desk.local.refusal import Refusal
from desk.local.run_file import RunFile, demo_parts, urls
from desk.local.supervisor import Supervisor
from desk.settings import SettingsError, Watching
from desk.version import VERSION
from desk.watching.watch import begin_watching, end_watching

LEFTOVER_PATIENCE = 4.0
DEMO_LOOK_EVERY = 1.0
GUARDIAN_PATIENCE = 10.0


def up(
    options: Options,
    surroundings: Mapping[str, str],
    console: Console,
    table: Sequence[Process] = PROCESSES,
) -> None:
    """Run the home until SIGINT or SIGTERM; raises Refusal when it cannot."""
    home = Home(options.home)
    watching = _watching(surroundings)
    with home.claimed(VERSION):
        home.run_file.unlink(missing_ok=True)
        home.lay_out(VERSION)
        for name in clear_leftovers(home.folder, LEFTOVER_PATIENCE):
            console.print(f"ended {name}, left over from an earlier run", highlight=False)
        insist_on(options.port)
        processes = table_for(table, surroundings, demo=options.demo)
        environment = compose(home, options, processes, surroundings)
        environment[MARK] = secrets.token_hex(8)
        write_json(home.environment_file, _worth_keeping(environment, surroundings))
        _turn_logs(home, processes)
        guardian = _start_guardian(home, environment[MARK])
        begin_watching("desk_up", watching)
        try:
            asyncio.run(_Run(options, home, processes, environment, console).until_stopped())
        finally:
            home.run_file.unlink(missing_ok=True)
            end_watching()
            _dismiss(guardian)
        console.print("Stopped.")


def _watching(surroundings: Mapping[str, str]) -> Watching:
    try:
        return Watching.from_environment(surroundings)
    except SettingsError as error:
        raise Refusal("unusable_setting", str(error)) from None


class _Run:
    """The life between start and stop."""

    def __init__(
        self,
        options: Options,
        home: Home,
        table: Sequence[Process],
        environment: Mapping[str, str],
        console: Console,
    ) -> None:
        self.options = options
        self.home = home
        self.environment = environment
        self.reporter = ConsoleReporter(console, [process.name for process in table])
        self.run_file = RunFile(home, VERSION, os.getpid(), environment)
        self.supervisor = Supervisor(table, environment, home, self.reporter, self._changed)
        self.stopping = asyncio.Event()

    def _changed(self) -> None:
        self.run_file.write(self.supervisor.children)

    async def until_stopped(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stopping.set)
        life = asyncio.create_task(self._live())
        stop = asyncio.create_task(self.stopping.wait())
        await asyncio.wait({life, stop}, return_when=asyncio.FIRST_COMPLETED)
        for task in (life, stop):
            task.cancel()
        await asyncio.wait({life, stop})
        self.run_file.withdraw()
        if self.stopping.is_set():
            self.reporter.say("Stopping …")
        await self.supervisor.stop()
        if not life.cancelled():
            life.result()

    async def _live(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.supervisor.watch())
                group.create_task(self._follow_the_demo())
                group.create_task(self._announce_the_inbox())
                await self._start()
        except* Refusal as refused:
            raise refused.exceptions[0] from None

    async def _start(self) -> None:
        with self.reporter:
            await self.supervisor.start()
        self.run_file.ready(SystemClock().now(), self.supervisor.children)
        accounts = demo_parts(self.home).get("accounts", [])
        self.reporter.addresses(urls(self.environment), accounts)
        self.reporter.say(f"Logs are in {self.home.logs}. Ctrl-C stops everything.")

    async def _announce_the_inbox(self) -> None:
        """As soon as somebody can work in it; the reports may still be starting."""
        await self.supervisor.wait_for("inbox_service")
        await self.supervisor.wait_for("demo")
        inbox = self.environment["STREAMDESK_PUBLIC_URL"]
        self.reporter.say(f"The inbox is at {inbox}")
        if self.options.browser and _has_display(self.environment):
            await asyncio.to_thread(webbrowser.open, inbox)

    async def _follow_the_demo(self) -> None:
        while True:
            await asyncio.sleep(DEMO_LOOK_EVERY)
            if self.run_file.demo_changed():
                self._changed()


def _has_display(environment: Mapping[str, str]) -> bool:
    return sys.platform == "darwin" or any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def _worth_keeping(
    environment: Mapping[str, str], surroundings: Mapping[str, str]
) -> dict[str, str]:
    """What other commands need to reach this home: ours, and the settings taken from outside."""
    ours = ("STREAMDESK_", "DATABASE_", "REDIS_", "KAFKA_", "LAKE_", "FILES_", "DAGSTER_", "DESK_")
    return {
        name: value
        for name, value in environment.items()
        if surroundings.get(name) != value or name.startswith(ours)
    }


def _turn_logs(home: Home, table: Sequence[Process]) -> None:
    """Keep the logs of the last run beside the new ones, and those of no earlier run."""
    for process in table:
        log = home.log_of(process.name)
        if log.exists():
            log.replace(log.with_name(f"{log.name}.1"))


def _start_guardian(home: Home, run: str) -> "subprocess.Popen[bytes]":
    with home.log_of("guardian").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "desk.local.guardian", str(home.folder), run],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=ROOT,
            start_new_session=True,
        )


def _dismiss(guardian: "subprocess.Popen[bytes]") -> None:
    """Let the guardian look once more that nothing is left, and go."""
    if guardian.stdin is not None:
        guardian.stdin.close()
    try:
        guardian.wait(GUARDIAN_PATIENCE)
    except subprocess.TimeoutExpired:
        guardian.kill()
        guardian.wait()
