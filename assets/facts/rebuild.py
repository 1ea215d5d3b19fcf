"""Makes facts and marts from raw anew: the repair for whatever went wrong after raw."""

from collections import Counter

from assets.extract.sync import rebuild
from desk.settings import Storage
from warehouse import build, schema
from warehouse.freshness import Snapshot
from warehouse.lake import Lake, not_ready, transaction
from warehouse.models import FACTS, MARTS, SETTINGS
from warehouse.one_writer import OneWriter


def rebuild_facts(storage: Storage, lake: Lake) -> Counter[str]:
    """All facts from raw, and the marts that follow; the rows of each table."""
    with OneWriter(storage, wait=True) as writer:
        connection = lake.cursor()
        state = schema.read_state(connection)
        if state is None:
            raise not_ready()
        rebuild(connection, state)
        writer.note(Snapshot(lake.newest(), state.read_at))
        return count_rows(lake)


def rebuild_marts(storage: Storage, lake: Lake) -> Counter[str]:
    """All marts from facts; the rows of each table."""
    with OneWriter(storage, wait=True) as writer:
        connection = lake.cursor()
        state = schema.read_state(connection)
        if state is None:
            raise not_ready()
        with transaction(connection, "rebuild marts"):
            for model in MARTS:
                connection.execute(f"delete from {model.table}")
            build.rebuild_marts(connection)
        writer.note(Snapshot(lake.newest(), state.read_at))
        return count_rows(lake)


def count_rows(lake: Lake) -> Counter[str]:
    """How many rows each fact and mart holds."""
    counts: Counter[str] = Counter()
    for model in (*SETTINGS, *FACTS, *MARTS):
        ((counts[model.label],),) = lake.rows(f"select count(*) from {model.table}")
    return counts
