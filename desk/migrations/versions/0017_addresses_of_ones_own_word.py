"""Which people said themselves what their e-mail address is, and nobody else has."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute("alter table users add column email_is_own_word boolean not null default false")
