"""Makes the databases that the desk needs beside its own: `python -m desk.local.databases`."""

import os
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from desk.migrations.run import make_roles
from desk.settings import Settings, SettingsError


def make_missing(database_url: str, wanted: list[str]) -> list[str]:
    """Make those databases of the list that the server lacks; the answer names them."""
    made = []
    with psycopg.connect(database_url, autocommit=True) as connection:
        there = {name for (name,) in connection.execute("select datname from pg_database")}
        for name in wanted:
            if name not in there:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
                made.append(name)
    return made


def main() -> None:
    """Make the lake's and Dagster's databases where they share a server with the desk's."""
    try:
        storage = Settings.from_environment(os.environ).storage
    except SettingsError as error:
        sys.exit(str(error))
    # A dump that is restored before the first migration names them.
    with psycopg.connect(storage.database_url, autocommit=True) as connection:
        make_roles(connection)
    server = urlsplit(storage.database_url).netloc
    for url in (storage.lake_catalog_url, storage.dagster_database_url):
        parts = urlsplit(url)
        if parts.netloc != server:
            continue
        name = parts.path.lstrip("/")
        try:
            for made in make_missing(storage.database_url, [name]):
                print(f"made the database {made}")
        except psycopg.errors.InsufficientPrivilege:
            plain = urlunsplit(parts._replace(netloc=parts.hostname or ""))
            sys.exit(
                f"The database {name} is missing and this user may not make it. "
                f"Make it yourself ({plain}), or name another with LAKE_CATALOG_URL "
                "or DAGSTER_DATABASE_URL."
            )


if __name__ == "__main__":
    main()
