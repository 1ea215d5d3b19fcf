"""`desk doctor`: what this machine has, lacks, and what to set instead."""

import importlib.util
import platform
import shutil
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec

from desk.local import broker, postgres, valkey
from desk.local.home import LEAST_FREE_BYTES, Home
from desk.local.ports import is_free
from desk.local.refusal import Refusal


class Verdict(StrEnum):
    """How a finding bears on `desk up`."""

    GOOD = "good"
    MISSING = "missing"
    """Not needed for running."""
    BAD = "bad"


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at."""

    what: str
    verdict: Verdict
    sentence: str


def examine(home: Home, port: int, surroundings: Mapping[str, str]) -> list[Finding]:
    """Look at everything that decides whether `desk up` works here."""
    return [
        _platform(),
        _python(),
        _service("PostgreSQL", "DATABASE_URL", surroundings, lambda: postgres.binary("postgres")),
        _service("Valkey", "REDIS_URL", surroundings, valkey.binary),
        _service("Kafka", "KAFKA_URL", surroundings, broker.binary),
        *(_extension(name) for name in ("ducklake", "postgres_scanner", "httpfs")),
        _disk(home),
        _port(home, port),
        _tool("Node", ("node",), "make install then takes the one from PyPI"),
        _tool(
            "Chromium",
            ("chromium", "chromium-browser", "google-chrome"),
            "the browser tests skip; make test fetches it where it may",
        ),
    ]


def _platform() -> Finding:
    where = f"{platform.system()} {platform.machine()}"
    if platform.system() == "Windows":
        return Finding("platform", Verdict.BAD, f"{where}: run the desk in WSL 2 or a container.")
    return Finding("platform", Verdict.GOOD, where)


def _python() -> Finding:
    version = platform.python_version()
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        return Finding("Python", Verdict.BAD, f"{version}: 3.11, 3.12 or 3.13 is needed.")
    return Finding("Python", Verdict.GOOD, f"{version} ({sys.executable})")


def _service(
    what: str, variable: str, surroundings: Mapping[str, str], binary: Callable[[], object]
) -> Finding:
    if surroundings.get(variable):
        return Finding(what, Verdict.GOOD, f"taken from {variable}")
    try:
        return Finding(what, Verdict.GOOD, f"embedded: {binary()}")
    except Refusal as refusal:
        return Finding(what, Verdict.BAD, refusal.sentence)


def _extension(name: str) -> Finding:
    what = f"DuckDB {name}"
    if importlib.util.find_spec(f"duckdb_extension_{name}") is not None:
        return Finding(what, Verdict.GOOD, "from its wheel")
    return Finding(
        what,
        Verdict.BAD,
        "There is no wheel of it for this platform. Put the extension into a folder of DuckDB's "
        "layout and name it with DUCKDB_EXTENSION_DIRECTORY.",
    )


def _disk(home: Home) -> Finding:
    folder = home.folder
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    sentence = f"{free // 1024**3} GB free for {home.folder}"
    enough = free >= LEAST_FREE_BYTES
    return Finding("disk", Verdict.GOOD if enough else Verdict.BAD, sentence)


def _port(home: Home, port: int) -> Finding:
    if is_free(port):
        return Finding("port", Verdict.GOOD, f"{port} is free")
    if home.holder() is not None:
        return Finding("port", Verdict.GOOD, f"{port} is taken, and a desk runs in {home.folder}")
    return Finding("port", Verdict.BAD, f"{port} is in use; choose another with --port.")


def _tool(what: str, names: tuple[str, ...], without: str) -> Finding:
    for name in names:
        found = shutil.which(name)
        if found is not None:
            return Finding(what, Verdict.GOOD, found)
    return Finding(what, Verdict.MISSING, f"not found; {without}.")
