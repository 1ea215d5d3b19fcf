"""After a restore: `python -m desk.migrations.restored` makes the rows be of the cluster they are in.

Rows carry the transaction that wrote them, which is how the lake finds what changed. In another
cluster these numbers lie ahead of its own, and mean nothing.
"""

import os
import sys
import time

import psycopg
from psycopg import sql

_MARKED = """
select c.relname from pg_attribute a
join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
where a.attname = 'lc_xid' and not a.attisdropped order by 1"""


def adopt(database_url: str) -> dict[str, int]:
    """Mark every row as written now; the answer is how many of each table."""
    adopted: dict[str, int] = {}
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("truncate lake_tombstones")
        # Nothing but the mark changes: no trigger has anything to say about it.
        for (table,) in connection.execute(_MARKED.encode()).fetchall():
            statement = sql.SQL("update {} set lc_xid = pg_current_xact_id()")
            adopted[table] = connection.execute(statement.format(sql.Identifier(table))).rowcount
    return adopted


def main() -> None:
    database_url = os.environ.get("DATABASE_URL", "")
    if not database_url:
        sys.exit(
            "DATABASE_URL is not set. Give it a value such as postgresql://user:password@host/database."
        )
    began = time.monotonic()
    adopted = adopt(database_url)
    sys.stdout.write(
        f"{sum(adopted.values())} rows of {len(adopted)} tables are of this cluster now, "
        f"after {time.monotonic() - began:.1f} s. The lake is loaded anew by the next sync.\n"
    )


if __name__ == "__main__":
    main()
