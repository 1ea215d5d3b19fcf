"""Long statements that each reading connection learns once and then runs by name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from psycopg import AsyncConnection

Value = int | datetime | Sequence[int]


class Prepared(msgspec.Struct, frozen=True):
    """A statement with `$1`, `$2`… in it.

    The driver searches a statement's text for its parameters every time it runs it, which for the
    shapes of a page is a third of the request's work; what is run by name is short.
    """

    name: str
    types: tuple[str, ...]
    sql: str

    def learn(self) -> bytes:
        """The statement that makes it known to a connection."""
        return f"prepare {self.name} ({', '.join(self.types)}) as {self.sql}".encode()

    def run(self, values: Sequence[Value]) -> bytes:
        """The statement that runs it; numbers and instants only, so nothing to be escaped."""
        return f"execute {self.name} ({', '.join(map(_literal, values))})".encode()

    def positional(self, values: Sequence[Value]) -> tuple[str, dict[str, Any]]:
        """The same for a connection that does not learn: named parameters for the driver."""
        sql = self.sql.replace("%", "%%")
        for place in range(len(values), 0, -1):
            sql = sql.replace(f"${place}", f"%(p{place})s::{self.types[place - 1]}")
        return sql, {f"p{place}": value for place, value in enumerate(values, 1)}


async def run(
    connection: AsyncConnection[Any],
    known: set[str],
    statement: Prepared,
    values: Sequence[Value],
    opening: bytes = b"",
) -> tuple[Any, ...] | None:
    """The first row of the statement; `opening` travels before it, in the same journey."""
    if statement.name not in known:
        await connection.execute(statement.learn(), prepare=False)
        known.add(statement.name)
    cursor = await connection.execute(opening + statement.run(values), prepare=False)
    while cursor.nextset():
        pass
    return await cursor.fetchone()


def _literal(value: Value) -> str:
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, datetime):
        return f"'{value.isoformat()}'"
    return f"'{{{','.join(str(int(one)) for one in value)}}}'"
