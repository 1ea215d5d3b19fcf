"""Brings a database to the newest schema: `python -m desk.migrations.run`, safe to repeat."""

import os
import sys
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

APP_ROLE = "streamdesk_app"
"""Sees the rows of the account named in `app.account_id`, and no other."""
SYSTEM_ROLE = "streamdesk_system"
"""Works across accounts: relay, streams, jobs, sync."""

_MIGRATION_LOCK = 7_316_021


def alembic_config(database_url: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = make_url(database_url).set(drivername="postgresql+psycopg")
    return config


def make_roles(connection: psycopg.Connection[Any]) -> None:
    """Create the two roles that the desk steps into, unless they are there."""
    for role in (APP_ROLE, SYSTEM_ROLE):
        connection.execute(
            f"""do $$ begin
                create role {role} nologin;
            exception when duplicate_object or unique_violation then null; end $$"""
        )
        connection.execute(f"grant {role} to current_user")


def upgrade(database_url: str) -> None:
    """Create the roles and run what is missing; one runner at a time."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        make_roles(connection)
        command.upgrade(alembic_config(database_url), "head")


def main() -> None:
    database_url = os.environ.get("DATABASE_URL", "")
    if not database_url:
        sys.exit(
            "DATABASE_URL is not set. Give it a value such as postgresql://user:password@host/database."
        )
    upgrade(database_url)


if __name__ == "__main__":
    main()
