"""The ids of everything that is about to be written, drawn from the desk's own sequences."""

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import psycopg

from desk.local.scale.sizes import Scale

Ints = npt.NDArray[np.int64]


class Numbers(msgspec.Struct, frozen=True):
    """The first ids of each kind; those of account `a` begin at their entry `a`."""

    accounts: Ints
    users: Ints
    inboxes: Ints
    teams: Ints
    labels: Ints
    contacts: Ints


def reserve(connection: psycopg.Connection[Any], table: str, count: int) -> int:
    """Take so many ids of a table at once; the first of them."""
    row = connection.execute(
        "select setval(s, nextval(s) + %s) - %s + 1 from (select pg_get_serial_sequence(%s, 'id') s) q",
        [count, count, table],
    ).fetchone()
    if row is None:
        raise LookupError(f"{table} has no sequence")
    return int(row[0])


def number(connection: psycopg.Connection[Any], scale: Scale) -> Numbers:
    """Ids for everything an account holds before its first conversation."""

    def starts(table: str, counts: list[int]) -> Ints:
        sums = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
        return sums + reserve(connection, table, sum(counts))

    sizes = scale.accounts
    return Numbers(
        accounts=starts("accounts", [1] * len(sizes)),
        users=starts("users", [size.agents for size in sizes]),
        inboxes=starts("inboxes", [size.inboxes for size in sizes]),
        teams=starts("teams", [size.teams for size in sizes]),
        labels=starts("labels", [size.labels for size in sizes]),
        contacts=starts("contacts", [size.contacts for size in sizes]),
    )
