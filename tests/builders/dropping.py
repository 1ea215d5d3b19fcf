"""Away with a test's own database."""

import time

import psycopg

PATIENCE = 30


def drop_database(server: "psycopg.Connection[object]", name: str) -> None:
    """Drop it, whoever is still connected."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            server.execute(f'drop database if exists "{name}" with (force)'.encode())
            return
        except psycopg.errors.InsufficientPrivilege:
            # Postgres itself is tidying up in it, and only its superuser may interrupt that.
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
