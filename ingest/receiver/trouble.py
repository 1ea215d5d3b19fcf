"""Which errors of the database pass by themselves."""

import psycopg
import sqlalchemy.exc

DATABASE_TROUBLE = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.TimeoutError,
    OSError,
)
"""Lost or refused connections, restarts, full disks, an exhausted pool: worth another try."""
