"""Made-up worlds in a lake, fed bit by bit, with what the slow reference knows of them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import psycopg

from assets.extract.sync import sync_lake
from desk.settings import Storage
from tests.builders.diary import append
from tests.builders.own_lake import own_storage
from tests.warehouse.made_up_world import MadeUpWorld
from tests.warehouse.slow_reference import Told, World
from warehouse.lake import Lake

PORTIONS = 4
ZONES = ("America/New_York", "Europe/Oslo", "Australia/Lord_Howe")


class Fed(NamedTuple):
    """Histories in the lake, and the same histories as the slow reference reads them."""

    storage: Storage
    lake: Lake
    worlds: dict[int, World]


def feed(services: Mapping[str, str], folder: Path) -> Iterator[Fed]:
    """Three accounts, 105 histories, written in four portions with a sync after each."""
    with own_storage(services, folder) as storage:
        lake = Lake.writer(storage)
        with psycopg.connect(storage.database_url, autocommit=True) as connection:
            made = [
                MadeUpWorld(connection, seed, zone, 35) for seed, zone in enumerate(ZONES, start=11)
            ]
            portions = [world.portions(PORTIONS) for world in made]
            told: dict[int, list[Told]] = {world.account: [] for world in made}
            for number in range(PORTIONS):
                for world, cut in zip(made, portions, strict=True):
                    entries = cut[number]
                    told[world.account] += map(Told, append(connection, entries), entries)
                sync_lake(storage, lake)
        worlds = {world.account: World(world.zone, told[world.account]) for world in made}
        yield Fed(storage, lake, worlds)
        lake.close()
