"""A worker whose `receive` has a bug: it must leave without acknowledging anything."""

import asyncio
from collections.abc import Sequence

import msgspec

from desk.settings import Settings
from desk.store.counters import Counters
from desk.store.desk import Desk
from streams.record import Consume, Record
from streams.running import run_process
from streams.topology import AGENTS
from streams.worker import work


def _broken(desk: Desk, counters: Counters) -> Consume:
    async def consume(records: Sequence[Record]) -> None:
        raise AttributeError(f"nobody foresaw these {len(records)} records")

    return consume


async def run(settings: Settings, stop: asyncio.Event) -> int:
    """Work with the broken agent."""
    agents = [
        msgspec.structs.replace(agent, consumer=_broken) if agent.name == "receive" else agent
        for agent in AGENTS
    ]
    return (await work(settings, stop, agents=agents)).exit_code


if __name__ == "__main__":
    run_process("broken", run)
