"""Labels on contacts."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("alter table contacts add column label_ids bigint[] not null default '{}'")
