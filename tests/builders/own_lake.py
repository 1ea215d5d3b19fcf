"""A desk's database and a lake of its own for one test, both copied from empty ones."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from msgspec import structs

from assets.extract.source import attach_desk, snapshot
from assets.extract.sync import sync_lake
from desk.migrations.run import upgrade
from desk.settings import Settings, Storage
from tests.builders.dropping import drop_database
from warehouse import schema
from warehouse.lake import Lake, transaction

TEMPLATE = "numbers_template"


def make_templates(services: Mapping[str, str]) -> str:
    """A migrated, empty database and the lake of it, to copy from: made once for all folders."""
    with _server(services) as server:
        try:
            server.execute(f"create database {TEMPLATE}".encode())
        except psycopg.errors.DuplicateDatabase:
            return TEMPLATE
    storage = _storage(services, TEMPLATE, Path(services["STREAMDESK_HOME"]) / TEMPLATE)
    upgrade(storage.database_url)
    lake = Lake.writer(storage)
    sync_lake(storage, lake)
    lake.close()
    return TEMPLATE


@contextmanager
def own_storage(
    services: Mapping[str, str], folder: Path, *, with_lake: bool = True
) -> Iterator[Storage]:
    """Storage whose database, catalogue and files nobody else touches."""
    name = f"numbers_{secrets.token_hex(6)}"
    storage = _storage(services, name, folder)
    suffixes = ("", "_lake")
    with _server(services) as server:
        for suffix in suffixes if with_lake else suffixes[:1]:
            server.execute(f"create database {name}{suffix} template {TEMPLATE}{suffix}".encode())
    if with_lake:
        _follow(storage)
    yield storage
    with _server(services) as server:
        for suffix in suffixes:
            drop_database(server, f"{name}{suffix}")


def _follow(storage: Storage) -> None:
    """Let the copied lake believe that it always followed the copied desk."""
    lake = Lake.writer(storage)
    cursor = lake.cursor()
    attach_desk(cursor, storage)
    with snapshot(cursor) as now:
        pass
    state = schema.read_state(cursor)
    assert state is not None
    with transaction(cursor, "test"):
        schema.write_state(cursor, structs.replace(state, source=now.source))
    lake.close()


def _storage(services: Mapping[str, str], name: str, folder: Path) -> Storage:
    return structs.replace(
        Settings.from_environment(services).storage,
        database_url=_url(services, name),
        lake_catalog_url=_url(services, f"{name}_lake"),
        lake_path=str(folder / "lake"),
    )


def _server(services: Mapping[str, str]) -> psycopg.Connection[object]:
    return psycopg.connect(services["DATABASE_URL"], autocommit=True)


def _url(services: Mapping[str, str], database: str) -> str:
    return urlunsplit(urlsplit(services["DATABASE_URL"])._replace(path=f"/{database}"))
