"""Which errors say that Postgres or Redis is not there just now."""

import psycopg
import redis.exceptions
import sqlalchemy.exc

UNREACHABLE = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.TimeoutError,
    redis.exceptions.ConnectionError,
    redis.exceptions.TimeoutError,
    OSError,
    TimeoutError,
)
"""Lost or refused connections, restarts, an exhausted pool: worth another try."""

NEVER_THERE = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
"""Of those the ones about files of our own: another try finds the same."""
