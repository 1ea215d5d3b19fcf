"""COPY of frames into tables, with indexes and references set aside meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import polars as pl
import psycopg
from psycopg import sql

TABLES = (
    "contacts",
    "contact_inboxes",
    "conversations",
    "messages",
    "attachments",
    "csat_surveys",
    "events",
)
"""The tables that grow large."""

_INDEXES = """
select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index i join pg_class c on c.oid = i.indexrelid
where i.indrelid = any(%s::regclass[])
  and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
order by i.indrelid, c.relname"""

_REFERENCES = """
select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as definition
from pg_constraint where contype = 'f' and conrelid = any(%s::regclass[])"""


def copy_in(connection: psycopg.Connection[Any], table: str, frame: pl.DataFrame) -> None:
    """Append the frame's rows to the table's columns of the same names."""
    buffer = BytesIO()
    frame.write_csv(buffer, include_header=False, datetime_format="%Y-%m-%d %H:%M:%S%.6f+00")
    statement = sql.SQL("copy {} ({}) from stdin (format csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, frame.columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(buffer.getbuffer())


@contextmanager
def without_indexes(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Inside, the large tables have neither indexes nor references; both are made anew after.

    Building an index over rows that are there is several times cheaper than growing it, and a
    reference over a whole table is one join. All of it is one transaction with the rows.
    """
    tables = [list(TABLES)]
    indexes = connection.execute(_INDEXES, tables).fetchall()
    references = connection.execute(_REFERENCES, tables).fetchall()
    for of, name, _ in references:
        connection.execute(
            sql.SQL("alter table {} drop constraint {}").format(
                sql.Identifier(of), sql.Identifier(name)
            )
        )
    for name, _ in indexes:
        connection.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
    yield
    for _, definition in indexes:
        connection.execute(_trusted(definition))
    for of, name, definition in references:
        connection.execute(
            sql.SQL("alter table {} add constraint {} ").format(
                sql.Identifier(of), sql.Identifier(name)
            )
            + _trusted(definition)
        )


def _trusted(definition: str) -> sql.SQL:
    """What Postgres itself said a moment ago."""
    return sql.SQL(definition)
