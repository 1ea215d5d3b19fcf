"""A key that belongs to one inbox of the whole installation is recognised by its digest."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("alter table inboxes add column key_digest bytea")
    op.execute("create unique index uq_inboxes_key_digest on inboxes (key_digest)")
