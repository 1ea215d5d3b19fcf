"""The whole desk into an empty lake, against Postgres handing over the same rows to nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

from msgspec import structs

from assets.extract import full_load
from assets.extract.source import attach_desk, snapshot
from assets.extract.sync import sync_lake
from benchmarks.copying import peak_megabytes, seconds_to_copy
from benchmarks.made_up_desk import fill
from benchmarks.result import Result, compare
from benchmarks.stage import Stage, stage
from desk.settings import Settings, Storage
from warehouse import schema
from warehouse.lake import Lake
from warehouse.one_writer import OneWriter

CONVERSATIONS = 100_000
ROUNDS = 3


@contextmanager
def a_large_desk(conversations: int = CONVERSATIONS) -> Iterator[tuple[Stage, Storage]]:
    """A desk with so many conversations of the last 90 days, and no lake yet."""
    with stage() as built:
        built.database.autocommit = False
        fill(built.database, conversations=conversations, days=90)
        built.database.autocommit = True
        yield built, Settings.from_environment(built.environment).storage


def run() -> Result:
    """Raw tables in the median of three rounds; facts and marts beside them."""
    with a_large_desk() as (built, storage):
        rows = sum(
            built.value(f"select count(*) from {table}")
            for table in ("events", "messages", "conversations", "contacts", "csat_surveys")
        )
        ours, reference, everything, facts = [], [], [], 0
        for number in range(ROUNDS):
            reference.append(seconds_to_copy(storage.database_url))
            lake = Lake.writer(_another(storage, number))
            ours.append(_load_raw(_another(storage, number), lake))
            started = perf_counter()
            facts = sync_lake(_another(storage, number), lake, anew=True).facts
            everything.append(perf_counter() - started)
            lake.close()
        return compare(
            "lake_full",
            f"load {rows:,} rows of a desk into the lake's raw tables; the reference is COPY of "
            "the same columns in binary format to nobody",
            "s",
            ours=median(ours),
            reference=median(reference),
            goal="<= 2",
            details={
                "rows_per_second": rows / median(ours),
                "seconds_with_facts_and_marts": median(everything),
                "facts": float(facts),
                "peak_megabytes_of_the_process": peak_megabytes(),
            },
        )


def _another(storage: Storage, number: int) -> Storage:
    """The same desk with a lake of its own."""
    return structs.replace(
        storage,
        lake_catalog_url=f"{storage.lake_catalog_url}_{number}",
        lake_path=f"{storage.lake_path}-{number}",
    )


def _load_raw(storage: Storage, lake: Lake) -> float:
    with OneWriter(storage, wait=True):
        connection = lake.cursor()
        attach_desk(connection, storage)
        started = perf_counter()
        with snapshot(connection):
            schema.make_raw_tables(connection)
            full_load.load_all(connection)
        return perf_counter() - started
