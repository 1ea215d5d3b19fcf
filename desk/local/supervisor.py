"""Starts the processes of a home in order, keeps them running, and stops them in order."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec
import psutil

from desk.local.belonging import Record
from desk.local.child import Child
from desk.local.home import Home, write_json
from desk.local.processes import Process, Wave
from desk.local.refusal import Refusal
from desk.watching.watch import current_watch

MOST_FAILED_STARTS = 5
"""Deaths before it was ever ready after which a process is given up, and the start with it."""

STOP_PATIENCE = {Wave.REPORTS: 4.0, Wave.DESK: 5.0, Wave.SERVICES: 6.0}
"""Seconds a wave has to stop in order; with the guardian's sweep less than the promised twenty."""

MEMORY_LOOK_EVERY = 30.0


class Reporter(Protocol):
    """Whoever tells the user what happens."""

    def started(self, name: str) -> None: ...
    def ready(self, name: str, seconds: float) -> None: ...
    def ended(self, name: str, how: str, delay: float) -> None: ...
    def back(self, name: str, pid: int) -> None: ...
    def too_big(self, name: str, megabytes: int) -> None: ...


class Supervisor:
    """All children of one run."""

    def __init__(
        self,
        table: Sequence[Process],
        environment: Mapping[str, str],
        home: Home,
        reporter: Reporter,
        changed: Callable[[], None],
    ) -> None:
        self.home = home
        self.reporter = reporter
        self.run = environment["STREAMDESK_RUN"]
        self.changed = changed
        self.children = {
            process.name: Child(process, environment, home.log_of(process.name), self)
            for process in table
        }
        self._ready = {process.name: asyncio.Event() for process in table}
        self._keeping: dict[str, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Bring every process up, each as soon as what it needs is ready."""
        try:
            async with asyncio.TaskGroup() as group:
                for child in self.children.values():
                    group.create_task(self._bring_up(child))
        except* Refusal as refused:
            raise refused.exceptions[0] from None

    async def wait_for(self, name: str) -> None:
        """Return when that process is ready, or never runs here."""
        if name in self._ready:
            await self._ready[name].wait()

    async def _bring_up(self, child: Child) -> None:
        loop = asyncio.get_running_loop()
        for name in child.process.after:
            await self.wait_for(name)
        began = loop.time()
        self.reporter.started(child.process.name)
        if child.process.once:
            await self._to_its_end(child)
        else:
            keeping = asyncio.create_task(child.keep_running(), name=child.process.name)
            self._keeping[child.process.name] = keeping
            await self._until_ready(child, keeping, began + child.process.patience)
        self._ready[child.process.name].set()
        self.reporter.ready(child.process.name, loop.time() - began)

    async def _to_its_end(self, child: Child) -> None:
        try:
            await asyncio.wait_for(child.run_once(), child.process.patience)
        except TimeoutError:
            raise _too_slow(child) from None

    async def _until_ready(self, child: Child, keeping: asyncio.Task[None], until: float) -> None:
        name = child.process.name
        pause = 0.05
        while not await self._is_ready(child):
            if keeping.done():
                keeping.result()
            if child.failures >= MOST_FAILED_STARTS:
                raise Refusal(
                    "process_failed",
                    f"{name} does not start: it died {child.failures} times.\n{child.last_words()}",
                )
            if asyncio.get_running_loop().time() > until:
                raise _too_slow(child)
            await asyncio.sleep(pause)
            pause = min(pause * 1.3, 0.5)

    async def _is_ready(self, child: Child) -> bool:
        age = asyncio.get_running_loop().time() - child.alive_since
        if child.pid is None or age < child.process.settles:
            return False
        return await child.process.ready(child.environment)

    def started(self, child: Child) -> None:
        """Write the new number down; tell the user if it is a restart."""
        traces = [each.trace for each in self.children.values() if each.trace is not None]
        record = Record(self.run, traces)
        write_json(self.home.record_file, msgspec.to_builtins(record))
        if child.failures and child.pid is not None:
            self.reporter.back(child.process.name, child.pid)
        self.changed()

    def ended(self, child: Child, how: str, delay: float) -> None:
        """Tell the user that a child died and when it comes back."""
        self.reporter.ended(child.process.name, how, delay)
        line = {"name_of_process": child.process.name, "how": how}
        current_watch().tell("process_ended", "error", line)

    async def watch(self) -> None:
        """Start anew what outgrew its limit; raise if a child can no longer be kept running."""
        while True:
            for keeping in self._keeping.values():
                if keeping.done():
                    keeping.result()
            for child in self.children.values():
                self._look_at_memory(child)
            await asyncio.sleep(MEMORY_LOOK_EVERY)

    def _look_at_memory(self, child: Child) -> None:
        limit = child.process.memory_limit
        if limit is None or child.pid is None:
            return
        try:
            used = psutil.Process(child.pid).memory_info().rss
        except psutil.NoSuchProcess:
            return
        if used > limit:
            self.reporter.too_big(child.process.name, used // 1024**2)
            child.ask_to_restart()

    async def stop(self) -> None:
        """Stop everything, the last wave first; whatever does not listen is killed."""
        for wave in sorted(Wave, reverse=True):
            await asyncio.gather(
                *(
                    child.stop(STOP_PATIENCE[wave])
                    for child in self.children.values()
                    if child.process.wave is wave
                )
            )
        if self._keeping:
            await asyncio.wait(self._keeping.values(), timeout=1)


def _too_slow(child: Child) -> Refusal:
    return Refusal(
        "process_slow",
        f"{child.process.name} was not ready after {child.process.patience:.0f} seconds.\n"
        f"{child.last_words()}",
    )
