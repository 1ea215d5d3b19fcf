"""Alembic's environment: the URL comes from `desk.migrations.run`, never from a file."""

from alembic import context
from sqlalchemy import create_engine, pool

from desk.tables import Base

config = context.config


def migrate() -> None:
    engine = create_engine(config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("set lock_timeout = '10s'")
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


migrate()
