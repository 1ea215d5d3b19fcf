"""Made-up worlds in a lake, fed bit by bit, with what the slow reference knows of them."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from assets.extract.sync import sync_lake
from desk.events.messages import MessageCreated
from desk.settings import Storage
from tests.builders.diary import Entry, append
from tests.builders.own_lake import own_storage
from tests.warehouse.made_up_world import MadeUpWorld
from tests.warehouse.slow_reference import World
from tests.warehouse.told import Told
from warehouse.lake import Lake

HISTORIES = int(os.environ.get("STREAMDESK_HISTORIES", "60"))
"""Each in an account of its own: one sync serves them all."""
PORTIONS = 4
ZONES = (
    "America/New_York",
    "Europe/Oslo",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/St_Johns",
    "UTC",
)


class Fed(NamedTuple):
    """Histories in the lake, and the same histories as the slow reference reads them."""

    storage: Storage
    lake: Lake
    worlds: dict[int, World]
    late: int
    """How many facts were committed only after the lake had moved on past them."""


def _may_be_late(entry: Entry) -> bool:
    """Whatever changes a conversation waits for who changed it before; a message may be late."""
    return isinstance(entry.fact, MessageCreated)


def _agents_leave(connection: psycopg.Connection[Any], made: list[MadeUpWorld]) -> None:
    """One of each second world, whose past has to stay."""
    for world in made[::2]:
        connection.execute(
            "delete from account_users where account_id = %s and user_id = %s",
            [world.account, world.agents[0]],
        )


def feed(services: Mapping[str, str], folder: Path) -> Iterator[Fed]:
    """Histories written in four portions with a sync after each."""
    with own_storage(services, folder) as storage:
        lake = Lake.writer(storage)
        with psycopg.connect(storage.database_url, autocommit=True) as connection:
            made = [
                MadeUpWorld(connection, seed, ZONES[seed % len(ZONES)], 1 + seed % 4)
                for seed in range(HISTORIES)
            ]
            portions = [world.portions(PORTIONS) for world in made]
            told: dict[int, list[Told]] = {world.account: [] for world in made}
            were_late = 0
            for number in range(PORTIONS):
                entries = [entry for cut in portions for entry in cut[number]]
                late = [] if number == PORTIONS - 1 else [*filter(_may_be_late, entries[::9])]
                known = {*map(id, late)}
                early = [entry for entry in entries if id(entry) not in known]
                # Committed when the lake has moved on.
                with psycopg.connect(storage.database_url) as slow:
                    for writer, written in ((connection, early), (slow, late)):
                        for one in map(Told, append(writer, written), written):
                            told[one.entry.account_id].append(one)
                    sync_lake(storage, lake)
                were_late += len(late)
                if number == 1:
                    _agents_leave(connection, made)
        worlds = {world.account: World(world.zone, told[world.account]) for world in made}
        yield Fed(storage, lake, worlds, were_late)
        lake.close()
