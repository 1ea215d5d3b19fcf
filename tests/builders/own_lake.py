"""A desk's database and a lake of its own for one test."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from msgspec import structs

from desk.migrations.run import upgrade
from desk.settings import Settings, Storage

TEMPLATE = "numbers_template"


def make_template(services: Mapping[str, str]) -> str:
    """A migrated, empty database to copy from; its name."""
    with _server(services) as server:
        server.execute(f"create database {TEMPLATE}".encode())
    upgrade(_url(services, TEMPLATE))
    return TEMPLATE


@contextmanager
def own_storage(services: Mapping[str, str], folder: Path) -> Iterator[Storage]:
    """Storage whose database, catalogue and files nobody else touches."""
    name = f"numbers_{secrets.token_hex(6)}"
    with _server(services) as server:
        server.execute(f"create database {name} template {TEMPLATE}".encode())
    yield structs.replace(
        Settings.from_environment(services).storage,
        database_url=_url(services, name),
        lake_catalog_url=_url(services, f"{name}_lake"),
        lake_path=str(folder / "lake"),
    )
    with _server(services) as server:
        for database in (name, f"{name}_lake"):
            server.execute(f"drop database if exists {database} with (force)".encode())


def _server(services: Mapping[str, str]) -> psycopg.Connection[object]:
    return psycopg.connect(services["DATABASE_URL"], autocommit=True)


def _url(services: Mapping[str, str], database: str) -> str:
    return urlunsplit(urlsplit(services["DATABASE_URL"])._replace(path=f"/{database}"))
