"""How a stream process begins and ends: settings, logs, a fast loop, and no lingering."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable

import structlog
import uvloop

from desk.heartbeat import beat_for_ever
from desk.settings import Settings, SettingsError
from desk.watching.begin import begin
from desk.watching.watch import end_watching

log = structlog.get_logger()


def run_process(name: str, work: Callable[[Settings, asyncio.Event], Awaitable[int]]) -> None:
    """Run until the work returns its exit code; the event is set by SIGTERM and SIGINT."""
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    begin(name, settings)
    try:
        code = asyncio.Runner(loop_factory=uvloop.new_event_loop).run(
            _until_told(name, settings, work)
        )
    except Exception:
        log.critical("process_failed", exc_info=True)
        code = 1
    else:
        if code:
            log.critical("process_failed", code=code)
        log.info("left", code=code)
    sys.stdout.flush()
    end_watching()
    # A library's thread or task may still wait for a broker that is gone; nothing is lost with it.
    os._exit(code)


async def _until_told(
    name: str, settings: Settings, work: Callable[[Settings, asyncio.Event], Awaitable[int]]
) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    beating = asyncio.create_task(beat_for_ever(settings.home, name))
    try:
        return await work(settings, stop)
    finally:
        beating.cancel()
