"""Reads the lake from the command line: `python -m warehouse.sql [--json] "select …"`."""

import argparse
import os
import sys
from typing import TextIO

import duckdb
import msgspec
from rich.console import Console
from rich.table import Table

from desk.settings import Settings, SettingsError
from desk.words.errors import DeskError, Invalid
from warehouse.lake import Lake, Result

_READING = {
    duckdb.StatementType.SELECT,
    duckdb.StatementType.EXPLAIN,
    duckdb.StatementType.RELATION,
}


def query(lake: Lake, sql: str) -> Result:
    """The result of one reading statement; schemas of the lake need no prefix."""
    cursor = lake.cursor()
    try:
        statements = cursor.extract_statements(sql)
    except duckdb.Error as error:
        raise Invalid("not_sql", str(error)) from error
    if len(statements) != 1:
        raise Invalid("not_one_statement", "Give one statement, such as: select 1.")
    if statements[0].type not in _READING:
        raise Invalid(
            "not_reading", "The lake is only read here: give a statement that begins with select."
        )
    cursor.execute("use lake")
    try:
        cursor.execute(statements[0])
    except duckdb.Error as error:
        raise Invalid("query_failed", str(error)) from error
    columns = [(str(column[0]), str(column[1])) for column in cursor.description or ()]
    return Result(columns, cursor.fetchall())


def print_json(result: Result, out: TextIO) -> None:
    """One array of objects."""
    names = [name for name, _ in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    encoder = msgspec.json.Encoder(decimal_format="number")
    out.write(msgspec.json.format(encoder.encode(rows), indent=2).decode() + "\n")


def print_table(result: Result, out: TextIO) -> None:
    """A table that fits the terminal."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, kind in result.columns:
        numeric = kind.partition("(")[0] in {
            "BIGINT",
            "INTEGER",
            "SMALLINT",
            "TINYINT",
            "HUGEINT",
            "DOUBLE",
            "FLOAT",
            "DECIMAL",
            "UBIGINT",
        }
        table.add_column(name, justify="right" if numeric else "left")
    for row in result.rows:
        table.add_row(*("—" if value is None else str(value) for value in row))
    console = Console(file=out)
    console.print(table)
    console.print(f"[dim]{len(result.rows):,} rows[/dim]", highlight=False)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="desk sql", description="Read the lake: schemas raw, facts, marts and meta."
    )
    parser.add_argument("sql", help="one statement, such as: select * from facts.message limit 5")
    parser.add_argument("--json", action="store_true", help="print an array of objects")
    arguments = parser.parse_args()
    try:
        settings = Settings.from_environment(os.environ)
        result = query(Lake.reader(settings.storage), arguments.sql)
    except SettingsError as error:
        sys.exit(str(error))
    except DeskError as error:
        sys.exit(error.sentence)
    (print_json if arguments.json else print_table)(result, sys.stdout)


if __name__ == "__main__":
    main()
