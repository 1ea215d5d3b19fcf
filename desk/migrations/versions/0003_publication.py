"""How the two logs are published: an order of publication, and what has not travelled yet."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("create sequence event_positions")
    op.execute("grant usage on sequence event_positions to streamdesk_system")
    # Imported history is done when it is written: it neither travels nor is shown.
    op.execute("drop index ix_events_unpublished")
    op.execute("update events set done_at = at where quiet and done_at is null")
    op.execute("create index ix_events_unfed on events (id) where position is null and not quiet")
    for table in ("events", "inbound"):
        op.execute(
            f"create index ix_{table}_unpublished on {table} (id) "
            "where epoch is null and done_at is null"
        )
