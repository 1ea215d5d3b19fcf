"""A Faust worker with the one agent that a measurement is about."""

import asyncio
import os
import signal

import uvloop

from desk.logs import configure_logs
from desk.settings import Settings
from streams.topology import AGENTS
from streams.worker import work


async def _main() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = Settings.from_environment(os.environ)
    configure_logs("receive", settings.log_level)
    await work(settings, stop, agents=[agent for agent in AGENTS if agent.name == "receive"])


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_main())
    os._exit(0)
