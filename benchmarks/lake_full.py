"""The whole desk into an empty lake, against Postgres handing over the same rows to nobody."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from msgspec import structs
from psycopg import sql

from assets.extract import full_load
from assets.extract.source import attach_desk, snapshot
from benchmarks.a_large_desk import large_desk
from benchmarks.copying import copy_all, peak_megabytes
from benchmarks.result import Result, compare
from benchmarks.spent import Spent, spent
from benchmarks.stage import Stage
from desk.settings import Settings, Storage
from warehouse import schema
from warehouse.lake import Lake
from warehouse.one_writer import OneWriter

SCALE = "one"
ROUNDS = 3


def run() -> Result:
    """Raw tables and COPY in turn, the median of three rounds of each."""
    with large_desk(SCALE) as house:
        storage = Settings.from_environment(house.environment).storage
        rows = 0
        ours: list[Spent] = []
        bare: list[Spent] = []
        for _ in range(ROUNDS):
            with spent(house) as copying:
                copy_all(storage.database_url)
            bare.append(copying)
            with _lake_of_its_own(house, storage) as (lake, own):
                with spent(house) as loading:
                    rows = _load_raw(own, lake)
                ours.append(loading)
        seconds, reference = _median(ours), _median(bare)
        return compare(
            "lake_full",
            f"load {rows:,} rows of a desk into the lake's raw tables; the reference is COPY of "
            "the same columns in binary format to nobody",
            "s",
            ours=seconds.wall,
            reference=reference.wall,
            goal="<= 1.25",
            details={
                "rows_per_second": rows / seconds.wall,
                "cpu_seconds": seconds.cpu,
                "cpu_seconds_in_postgres": seconds.postgres,
                "reference_cpu_seconds": reference.cpu,
                "cpu_ratio": seconds.cpu / reference.cpu,
                "cpu_ratio_spread_over_two_cores": seconds.cpu / reference.cpu / 2,
                "machine_load": os.getloadavg()[0],
                "peak_megabytes_of_the_process": peak_megabytes(),
            },
        )


@contextmanager
def _lake_of_its_own(house: Stage, storage: Storage) -> Iterator[tuple[Lake, Storage]]:
    """An empty lake beside the desk's, gone afterwards."""
    own = structs.replace(
        storage,
        lake_catalog_url=f"{storage.lake_catalog_url}_bench",
        lake_path=f"{storage.lake_path}-bench",
    )
    name = sql.Identifier(own.lake_catalog_url.rpartition("/")[2])
    lake = Lake.writer(own)
    try:
        yield lake, own
    finally:
        lake.close()
        house.database.execute(sql.SQL("drop database if exists {} with (force)").format(name))
        shutil.rmtree(own.lake_path, ignore_errors=True)


def _load_raw(storage: Storage, lake: Lake) -> int:
    """What a first sync does before it makes facts."""
    with OneWriter(storage, wait=True):
        connection = lake.cursor()
        attach_desk(connection, storage)
        with snapshot(connection):
            schema.make_raw_tables(connection)
            return full_load.load_all(connection).total()


def _median(rounds: list[Spent]) -> Spent:
    return Spent(
        median(one.wall for one in rounds),
        median(one.own for one in rounds),
        median(one.postgres for one in rounds),
    )
