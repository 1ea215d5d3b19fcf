"""A Faust worker with the one agent that a measurement is about."""

import asyncio

from desk.settings import Settings
from streams.running import run_process
from streams.topology import AGENTS
from streams.worker import work


async def run(settings: Settings, stop: asyncio.Event) -> int:
    """Work with `receive` alone."""
    receive = [agent for agent in AGENTS if agent.name == "receive"]
    return (await work(settings, stop, agents=receive)).exit_code


if __name__ == "__main__":
    run_process("receive", run)
