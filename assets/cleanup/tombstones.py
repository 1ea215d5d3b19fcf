"""Forgets the desk's tombstones that the lake has long obeyed."""

import psycopg

from desk.settings import Storage
from warehouse import schema
from warehouse.lake import Lake


def forget_tombstones(storage: Storage, lake: Lake) -> int:
    """Delete those below the horizon: only after a reconciliation that found no difference."""
    state = schema.read_state(lake.cursor())
    if state is None:
        return 0
    with psycopg.connect(storage.database_url) as connection:
        return connection.execute(
            "delete from lake_tombstones where xid < %s::text::xid8", [state.horizon]
        ).rowcount
